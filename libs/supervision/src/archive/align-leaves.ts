import type { FlawKind } from './flaw.js';

/** What became of one event: `index` counts from the first that was compared. */
export interface LeafDifference {
  readonly kind: Extract<FlawKind, 'altered' | 'missing' | 'inserted' | 'moved' | 'tail'>;
  /** Place where it should stand; for an inserted one, the place before which it stands. */
  readonly expected: number;
  /** Place where it does stand; `undefined` for one that is missing. */
  readonly found: number | undefined;
}

/** Finds what was changed, dropped, added or moved between the leaves that were sealed and those that are there. */
export function alignLeaves(sealed: readonly string[], found: readonly string[]): LeafDifference[] {
  const places = new Map(sealed.map((leaf, place) => [leaf, place]));
  const there = new Set(found);
  /** Places of the sealed leaves that were met, in place or elsewhere. */
  const met = new Set<number>();
  const differences: LeafDifference[] = [];
  let expected = 0;
  for (let at = 0; at < found.length; at += 1) {
    while (met.has(expected)) expected += 1;
    const leaf = found[at] as string;
    const place = places.get(leaf);
    if (place !== undefined && !met.has(place)) {
      // Sealed leaves that are nowhere to be found are missing; what stands before its place has been moved.
      while (expected < place && (met.has(expected) || !there.has(sealed[expected] as string))) {
        if (!met.has(expected)) differences.push({ kind: 'missing', expected, found: undefined });
        expected += 1;
      }
      if (place !== expected) differences.push({ kind: 'moved', expected: place, found: at });
      else expected += 1;
      met.add(place);
      continue;
    }
    const wanted = sealed[expected];
    if (place === undefined && wanted !== undefined && !there.has(wanted)) {
      differences.push({ kind: 'altered', expected, found: at });
      expected += 1;
    } else differences.push({ kind: 'inserted', expected, found: at });
  }
  for (; expected < sealed.length; expected += 1) {
    if (!met.has(expected)) differences.push({ kind: 'tail', expected, found: undefined });
  }
  return differences;
}
