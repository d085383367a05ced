import { randomUUID } from 'node:crypto';
import type { EventStore } from '../engine/event-store.js';
import { streamPage } from '../engine/pages.js';
import { Doorbell } from '../engine/wakeups.js';
import { TOMBSTONE } from '../protocol/event-frame.js';
import { streamDeleted } from './service-error.js';
import { Presenter } from './presenter.js';
import { readAnswers } from './read-answers.js';
import type { ReadRequest } from './read-request.js';
import type { ResponseStream } from './response-stream.js';

/**
 * Sends a stream's events from behind a revision on, for as long as the client stays. It reads the log at the client's pace and
 * appends only wake it, so there is no buffer that could overflow. A stream that does not exist yet is waited for.
 */
export async function subscribeToStream(
  store: EventStore,
  request: ReadRequest,
  response: ResponseStream,
): Promise<void> {
  const { stream = '', from } = request;
  await store.commits.settled();
  if (store.catalog.isTombstoned(stream)) throw streamDeleted(stream);
  const bell = new Doorbell();
  store.wakeups.attach(stream, bell);
  response.onClose(() => {
    store.wakeups.detach(stream, bell);
    bell.ring();
  });
  const presenter = new Presenter(store.links, request.resolveLinks, request.structuredIds);
  response.send(readAnswers.confirmation(randomUUID()));
  let next = from === 'start' ? 0 : (from === 'end' ? store.streams.lastOf(stream) : from) + 1;
  let isCaughtUp = false;
  while (!response.isClosed) {
    await store.commits.settled();
    const page = streamPage(store, stream, 'forwards', next, Infinity);
    for (const event of page) response.send(presenter.frameOf(event));
    const newest = page.at(-1);
    if (newest) {
      if (newest.revision === TOMBSTONE) throw streamDeleted(stream);
      next = newest.revision + 1;
      await response.flowing();
      continue;
    }
    // What metadata hides stays behind: other metadata must not bring it back to one who has passed it.
    next = Math.max(next, store.streams.lastOf(stream) + 1);
    if (!isCaughtUp) {
      isCaughtUp = true;
      response.send(readAnswers.caughtUp());
    }
    await bell.wait();
  }
}
