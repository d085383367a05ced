import { TOMBSTONE } from '../protocol/event-frame.js';
import { createdMsOf } from '../protocol/created-time.js';
import type { StreamReader } from './stream-reader.js';

/** The revisions of a stream that reads show, both included; empty when `first` is above `last`. */
export interface VisibleRange {
  readonly first: number;
  readonly last: number;
}

/** What $maxCount, $tb and $maxAge leave of a stream that exists. They hide events from reads of the stream, not from $all. */
export function visibleRange(streams: StreamReader, name: string, nowMs: number): VisibleRange {
  const last = streams.lastOf(name);
  if (last < 0) return { first: 0, last: -1 };
  const { maxCount, maxAgeSeconds, truncateBefore } = streams.catalog.metadataOf(name);
  let first = truncateBefore ?? 0;
  if (maxCount !== undefined && last !== TOMBSTONE) first = Math.max(first, last - maxCount + 1);
  if (maxAgeSeconds !== undefined && last !== TOMBSTONE) {
    first = firstYoungerThan(streams, name, first, last, nowMs - maxAgeSeconds * 1_000);
  }
  // Nothing hides a tombstone, not even an earlier soft delete: who follows the stream must see its end.
  return { first: Math.min(first, TOMBSTONE), last };
}

/** Events are written in the order of their times, so the first young one is found by halving. */
function firstYoungerThan(streams: StreamReader, name: string, first: number, last: number, oldestMs: number): number {
  let low = first;
  let high = last + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const event = streams.eventAt(name, middle);
    if (event && createdMsOf(event.frame) > oldestMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
