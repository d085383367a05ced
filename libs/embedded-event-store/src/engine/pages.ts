import { limits } from '../limits.js';
import { namesOf } from '../protocol/event-frame.js';
import type { Direction, StoredEvent } from '../storage/event-log.js';
import type { EventStore } from './event-store.js';
import { isHiddenFromAll } from './system-names.js';
import { visibleRange } from './visible-range.js';

/** The next events of a stream from revision `from` on (itself included) that its metadata leaves visible. */
export function streamPage(
  store: EventStore,
  name: string,
  direction: Direction,
  from: number,
  count: number,
): StoredEvent[] {
  const shown = visibleRange(store.streams, name, store.clock());
  const wanted = Math.min(count, limits.pageEvents);
  if (direction === 'forwards') {
    const first = Math.max(from, shown.first);
    return first > shown.last ? [] : store.streams.page(name, direction, first, wanted);
  }
  if (from < shown.first) return [];
  const events = store.streams.page(name, direction, from, wanted);
  return events.filter((event) => event.revision >= shown.first);
}

/** The next events of the log: forwards from position `from` itself, backwards from before it. */
export function allPage(store: EventStore, direction: Direction, from: number, count: number): StoredEvent[] {
  return store.log.allPage(direction, from, Math.min(count, limits.pageEvents), limits.pageBytes);
}

/** False for the server's own bookkeeping that $all does not show. */
export function isShownInAll(event: StoredEvent): boolean {
  return !isHiddenFromAll(namesOf(event.frame).stream);
}
