import type { EventStore } from '../engine/event-store.js';
import { streamPage } from '../engine/pages.js';
import { visibleRange } from '../engine/visible-range.js';
import { streamDeleted } from './service-error.js';
import { Presenter } from './presenter.js';
import { readAnswers } from './read-answers.js';
import type { ReadRequest } from './read-request.js';
import type { ResponseStream } from './response-stream.js';

/** Sends the events of one stream that exist when the read begins, then ends. A missing stream is an answer, not an error. */
export async function readStream(store: EventStore, request: ReadRequest, response: ResponseStream): Promise<void> {
  const { stream = '', direction, count = 0 } = request;
  await store.commits.settled();
  if (store.catalog.isTombstoned(stream)) throw streamDeleted(stream);
  const last = store.streams.lastOf(stream);
  if (last < 0 || store.catalog.metadataOf(stream).isSoftDeleted) {
    response.send(readAnswers.streamNotFound(stream));
    return;
  }
  const presenter = new Presenter(store.links, request.resolveLinks, request.structuredIds);
  let next = firstRevision(request, last);
  let left = count;
  let sent = 0;
  while (left > 0 && !response.isClosed) {
    const page = streamPage(store, stream, direction, next, left).filter((event) => event.revision <= last);
    for (const event of page) response.send(presenter.frameOf(event));
    const newest = page.at(-1);
    if (!newest) break;
    left -= page.length;
    sent += page.length;
    next = newest.revision + (direction === 'forwards' ? 1 : -1);
    if (next < 0 || next > last) break;
    await response.flowing();
    await store.commits.settled();
  }
  if (request.wantsStreamEnds) sendStreamEnds(store, stream, sent, response);
}

function firstRevision({ from, direction }: ReadRequest, last: number): number {
  if (from === 'start') return 0;
  if (from === 'end') return direction === 'backwards' ? last : last + 1;
  return direction === 'backwards' ? Math.min(from, last) : from;
}

function sendStreamEnds(store: EventStore, stream: string, sent: number, response: ResponseStream): void {
  const { first, last } = visibleRange(store.streams, stream, store.clock());
  if (sent === 0 && first <= last) response.send(readAnswers.firstRevision(first));
  response.send(readAnswers.lastRevision(last));
}
