import { randomUUID } from 'node:crypto';
import { EventFilter } from '../engine/event-filter.js';
import type { EventStore } from '../engine/event-store.js';
import { allPage, isShownInAll } from '../engine/pages.js';
import { Doorbell, Wakeups } from '../engine/wakeups.js';
import type { StoredEvent } from '../storage/event-log.js';
import { Presenter } from './presenter.js';
import { readAnswers } from './read-answers.js';
import type { ReadFilter, ReadRequest } from './read-request.js';
import type { ResponseStream } from './response-stream.js';

/** Sends the whole log from behind a position on, for as long as the client stays; see `subscribeToStream` for the pace. */
export async function subscribeToAll(store: EventStore, request: ReadRequest, response: ResponseStream): Promise<void> {
  await store.commits.settled();
  const presenter = new Presenter(store.links, request.resolveLinks, request.structuredIds);
  const sender = request.filter
    ? new FilteredSender(request.filter, presenter, response)
    : new PlainSender(presenter, response);
  const bell = new Doorbell();
  store.wakeups.attach(Wakeups.wholeLog, bell);
  response.onClose(() => {
    store.wakeups.detach(Wakeups.wholeLog, bell);
    bell.ring();
  });
  response.send(readAnswers.confirmation(randomUUID()));
  const { from } = request;
  let next = from === 'start' ? 0 : from === 'end' ? store.end() : from + 1;
  let isCaughtUp = false;
  while (!response.isClosed) {
    await store.commits.settled();
    const page = allPage(store, 'forwards', next, Infinity);
    sender.send(page);
    const newest = page.at(-1);
    if (newest) {
      next = newest.position + 1;
      await response.flowing();
      continue;
    }
    if (!isCaughtUp) {
      isCaughtUp = true;
      sender.sendCaughtUp(store);
    }
    await bell.wait();
  }
}

class PlainSender {
  constructor(
    private readonly presenter: Presenter,
    private readonly response: ResponseStream,
  ) {}

  send(page: readonly StoredEvent[]): void {
    for (const event of page) {
      if (isShownInAll(event)) this.response.send(this.presenter.frameOf(event));
    }
  }

  sendCaughtUp(): void {
    this.response.send(readAnswers.caughtUp());
  }
}

/** Sends what passes the filter, and checkpoints so that a client can go on behind what did not. */
class FilteredSender {
  private readonly filter: EventFilter;
  private considered = 0;

  constructor(
    private readonly options: ReadFilter,
    private readonly presenter: Presenter,
    private readonly response: ResponseStream,
  ) {
    this.filter = new EventFilter(options.rule);
  }

  send(page: readonly StoredEvent[]): void {
    const passes = this.filter.select(page);
    for (const [index, event] of page.entries()) {
      if (passes[index] === true && isShownInAll(event)) this.response.send(this.presenter.frameOf(event));
      this.considered += 1;
      if (this.considered % this.options.checkpointEvery === 0) {
        this.response.send(readAnswers.checkpoint(event.position));
      }
    }
  }

  /** The checkpoint before it says that everything so far was considered. */
  sendCaughtUp(store: EventStore): void {
    const [newest] = store.log.allPage('backwards', store.end(), 1, 1);
    if (newest) this.response.send(readAnswers.checkpoint(newest.position));
    this.response.send(readAnswers.caughtUp());
  }
}
