import type { Dice } from '@provident/embedded-event-store/testing/dice';
import { deterministicId, type EventMetadata, type RecordedEvent } from '@provident/kernel';

/** A log that is not the one that was sealed, and where. */
export interface ChangedLog {
  readonly what: string;
  readonly events: readonly RecordedEvent[];
  /** Place of the first event that is another, moved, gone, or that was put in. */
  readonly place: number;
  /** The event itself, where one can be pointed at. */
  readonly position: bigint | undefined;
}

const FIELDS: readonly ((event: RecordedEvent, dice: Dice) => Partial<RecordedEvent>)[] = [
  ({ data }) => ({ data: { ...data, amount: `${(data as { amount: string }).amount}1` } }),
  ({ data }) => ({ data: { ...data, name: '李四' } }),
  ({ data }) => ({ data: { ...data, further: null } }),
  ({ data: { ...data } }) => {
    Reflect.deleteProperty(data, 'lines');
    return { data };
  },
  ({ metadata }) => ({ metadata: { ...metadata, actor: 'clerk:nobody' } }),
  ({ metadata }) => ({ metadata: { ...metadata, effectiveDate: '2025-04-01' } as EventMetadata }),
  ({ metadata }) => ({ metadata: { ...metadata, approver: 'chief:invented' } }),
  ({ recordedAt }) => ({ recordedAt: new Date(recordedAt.getTime() + 1) }),
  ({ revision }) => ({ revision: revision + 1n }),
  (_, dice) => ({ id: deterministicId('forged', String(dice.below(1e9))) }),
  () => ({ stream: 'account-forged' }),
  () => ({ type: 'ContributionCreditReversed' }),
];

/** Changes one thing about a log: `from` is the first place that may be touched, `to` the one behind the last. */
export function changeLog(events: readonly RecordedEvent[], dice: Dice, from: number, to: number): ChangedLog {
  const place = from + dice.below(to - from);
  const event = events[place] as RecordedEvent;
  switch (dice.below(6)) {
    case 0:
      return { what: `drop event ${place}`, events: events.toSpliced(place, 1), place, position: undefined };
    case 1: {
      const forged = edited(event, dice, event.position - 1n);
      const made = { ...forged, id: deterministicId('inserted', String(dice.below(1e9))) };
      return {
        what: `insert before ${place}`,
        events: events.toSpliced(place, 0, made),
        place,
        position: made.position,
      };
    }
    case 2: {
      const next = events[place + 1];
      if (next === undefined) break;
      // Each takes the other's place in the log, so that positions go on growing.
      const turned = [
        { ...next, position: event.position },
        { ...event, position: next.position },
      ];
      return {
        what: `swap ${place} and its next`,
        events: events.toSpliced(place, 2, ...turned),
        place,
        position: undefined,
      };
    }
    case 3:
      return { what: `cut from ${place}`, events: events.slice(0, Math.max(1, place)), place, position: undefined };
    default:
      break;
  }
  const changed = edited(event, dice, event.position);
  return { what: `edit event ${place}`, events: events.with(place, changed), place, position: event.position };
}

function edited(event: RecordedEvent, dice: Dice, position: bigint): RecordedEvent {
  return { ...event, ...dice.one(FIELDS)(event, dice), position };
}
