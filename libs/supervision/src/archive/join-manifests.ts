import { type Manifest, sealed } from './manifest.js';

/** The manifest of an archive that goes on where another ends. */
export function joined(first: Manifest, second: Manifest): Manifest {
  return sealed({
    ...second,
    range: {
      ...second.range,
      firstIndex: first.range.firstIndex,
      firstPosition: first.range.firstPosition,
      firstRecordedAt: first.range.firstRecordedAt,
      events: first.range.events + second.range.events,
    },
    tree: { ...second.tree, peaksBefore: first.tree.peaksBefore },
    checkpoints: [...first.checkpoints, ...second.checkpoints],
    segments: [...first.segments, ...second.segments],
    eventTypes: eventTypesOf(first.eventTypes, second.eventTypes),
  });
}

type EventTypes = Manifest['eventTypes'];

function eventTypesOf(first: EventTypes, second: EventTypes): EventTypes {
  const all = new Map(first.map((each) => [`${each.type} ${each.schemaVersion}`, each]));
  for (const each of second) {
    const key = `${each.type} ${each.schemaVersion}`;
    all.set(key, { ...each, events: each.events + (all.get(key)?.events ?? 0) });
  }
  return [...all.values()].sort((one, other) =>
    one.type === other.type ? one.schemaVersion - other.schemaVersion : one.type < other.type ? -1 : 1,
  );
}
