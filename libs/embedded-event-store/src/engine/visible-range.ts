import { TOMBSTONE } from '../protocol/event-frame.js';
import type { EventLog } from '../storage/event-log.js';
import { createdMsOf } from './event-writer.js';
import type { StreamCatalog } from './stream-catalog.js';

/** The revisions of a stream that reads show, both included; empty when `first` is above `last`. */
export interface VisibleRange {
  readonly first: number;
  readonly last: number;
}

/** What $maxCount, $tb and $maxAge leave of a stream that exists. They hide events from reads of the stream, not from $all. */
export function visibleRange(log: EventLog, catalog: StreamCatalog, name: string, nowMs: number): VisibleRange {
  const { id, last } = catalog.stateOf(name);
  if (id === undefined || last < 0) return { first: 0, last: -1 };
  const { maxCount, maxAgeSeconds, truncateBefore } = catalog.metadataOf(name);
  let first = truncateBefore ?? 0;
  if (maxCount !== undefined && last !== TOMBSTONE) first = Math.max(first, last - maxCount + 1);
  if (maxAgeSeconds !== undefined && last !== TOMBSTONE) {
    first = firstYoungerThan(log, id, first, last, nowMs - maxAgeSeconds * 1_000);
  }
  // Nothing hides a tombstone, not even an earlier soft delete: who follows the stream must see its end.
  return { first: Math.min(first, TOMBSTONE), last };
}

/** Events are written in the order of their times, so the first young one is found by halving. */
function firstYoungerThan(log: EventLog, stream: number, first: number, last: number, oldestMs: number): number {
  let low = first;
  let high = last + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const event = log.eventAt(stream, middle);
    if (event && createdMsOf(event.frame) > oldestMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
