import { EventFilter } from '../engine/event-filter.js';
import type { EventStore } from '../engine/event-store.js';
import { allPage, isShownInAll } from '../engine/pages.js';
import type { StoredEvent } from '../storage/event-log.js';
import { Presenter } from './presenter.js';
import type { ReadRequest } from './read-request.js';
import type { ResponseStream } from './response-stream.js';

/** Sends the events of the whole log that exist when the read begins, then ends, however many are written meanwhile. */
export async function readAll(store: EventStore, request: ReadRequest, response: ResponseStream): Promise<void> {
  const { direction, count = 0 } = request;
  await store.commits.settled();
  const end = store.end();
  const presenter = new Presenter(store.links, request.resolveLinks, request.structuredIds);
  const filter = request.filter && new EventFilter(request.filter.rule);
  let next = firstPosition(request, end);
  let left = count;
  while (left > 0 && !response.isClosed) {
    const page = allPage(store, direction, next, filter ? Infinity : left).filter((event) => event.position < end);
    const newest = page.at(-1);
    if (!newest) break;
    for (const event of shown(page, filter).slice(0, left)) {
      response.send(presenter.frameOf(event));
      left -= 1;
    }
    next = direction === 'forwards' ? newest.position + 1 : newest.position;
    await response.flowing();
    await store.commits.settled();
  }
}

function firstPosition({ from, direction }: ReadRequest, end: number): number {
  if (from === 'start') return 0;
  if (from === 'end') return end;
  return direction === 'backwards' ? Math.min(from, end) : from;
}

function shown(page: readonly StoredEvent[], filter: EventFilter | undefined): StoredEvent[] {
  const passes = filter?.select(page);
  return page.filter((event, index) => passes?.[index] !== false && isShownInAll(event));
}
