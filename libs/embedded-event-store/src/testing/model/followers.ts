import { deepStrictEqual as same } from 'node:assert';
import {
  type AllStreamSubscription,
  END,
  type EventStoreDBClient,
  START,
  streamNameFilter,
  type StreamSubscription,
} from '@eventstore/db-client';
import { waitFor } from '../wait-for.js';
import { labelOf, type LogModel } from './log-model.js';
import { type Entry, TOMBSTONE_REVISION } from './stream-model.js';

/** A catch-up subscription that is kept for the rest of a history, over restarts, and what it should have said. */
export abstract class Follower {
  protected readonly received: string[] = [];
  protected readonly expected: string[] = [];
  private subscription: StreamSubscription | AllStreamSubscription | undefined;
  private ending = 'open';
  /** No more comes: the stream was deleted for good. */
  protected isOver = false;

  /** Notes what the last step adds. */
  protected abstract expect(): void;
  protected abstract subscribe(client: EventStoreDBClient): StreamSubscription | AllStreamSubscription;
  protected abstract show(stream: string, revision: number): string | undefined;

  async open(client: EventStoreDBClient): Promise<void> {
    this.ending = 'open';
    const subscription = this.subscribe(client);
    this.subscription = subscription;
    let isConfirmed = false;
    subscription.on('confirmation', () => (isConfirmed = true));
    subscription.on('error', (error) => {
      this.ending = (error as { type?: string }).type ?? error.message;
      if (this.ending === 'stream-deleted') this.received.push(this.ending);
    });
    subscription.on('data', ({ event }: { event?: { streamId: string; revision: bigint } }) => {
      if (!event) throw new Error('An event came without itself.');
      const revision = event.revision > 2n ** 62n ? TOMBSTONE_REVISION : Number(event.revision);
      const text = this.show(event.streamId, revision);
      if (text !== undefined) this.received.push(text);
    });
    await waitFor('a subscription is confirmed or refused', () => isConfirmed || this.ending !== 'open');
  }

  async settle(): Promise<void> {
    if (!this.isOver) this.expect();
    await waitFor(
      `a subscription says ${this.expected.join(', ')}; it said ${this.received.join(', ')} and is ${this.ending}`,
      () => this.received.length >= this.expected.length,
    );
    same(this.received, this.expected);
  }

  /** The server went in good order: who was subscribed is told so. */
  async stopped(): Promise<void> {
    await waitFor('a subscription is ended by the stop', () => this.ending !== 'open');
    same(this.ending, this.isOver ? 'stream-deleted' : 'cancelled');
  }

  async reopen(client: EventStoreDBClient): Promise<void> {
    if (!this.isOver) await this.open(client);
  }

  async close(): Promise<void> {
    await this.settle();
    if (this.ending === 'open') await this.subscription?.unsubscribe();
    same(this.received, this.expected);
  }
}

export class StreamFollower extends Follower {
  constructor(
    private readonly log: LogModel,
    private readonly stream: string,
    private next: number,
  ) {
    super();
  }

  protected expect(): void {
    const stream = this.log.stream(this.stream);
    if (stream.isTombstoned) {
      // One who was there sees the tombstone itself, then the error; one who comes later the error only.
      if (this.isThere) this.expected.push(labelOf(this.stream, TOMBSTONE_REVISION));
      this.expected.push('stream-deleted');
      this.isOver = true;
      return;
    }
    this.isThere = true;
    for (const revision of stream.shownFrom(this.next)) this.expected.push(labelOf(this.stream, revision));
    this.next = Math.max(this.next, stream.last + 1);
  }

  private isThere = false;

  protected subscribe(client: EventStoreDBClient): StreamSubscription {
    const fromRevision = this.next === 0 ? START : BigInt(this.next - 1);
    return client.subscribeToStream(this.stream, { fromRevision });
  }

  protected show(stream: string, revision: number): string {
    return labelOf(stream, revision);
  }
}

/** Follows the whole log; of what it gets unfiltered, only the events of the model's streams count. */
export class AllFollower extends Follower {
  constructor(
    private readonly log: LogModel,
    private readonly isFiltered: boolean,
    private next: number,
  ) {
    super();
  }

  protected expect(): void {
    for (; this.next < this.log.entries.length; this.next += 1) {
      const entry = this.log.entries[this.next] as Entry;
      if (this.isShown(entry.stream)) this.expected.push(labelOf(entry.stream, entry.revision));
    }
  }

  protected subscribe(client: EventStoreDBClient): AllStreamSubscription {
    const position = this.log.entries[this.next - 1]?.position;
    const isAtEnd = this.next === this.log.entries.length && this.next > 0;
    if (position === undefined && !isAtEnd && this.next > 0) throw new Error('A position should be known by now.');
    const fromPosition =
      this.next === 0 ? START : position === undefined ? END : { commit: position, prepare: position };
    return client.subscribeToAll({
      fromPosition,
      ...(this.isFiltered ? { filter: streamNameFilter({ prefixes: ['account-'], checkpointInterval: 3 }) } : {}),
    });
  }

  protected show(stream: string, revision: number): string | undefined {
    return this.isShown(stream) ? labelOf(stream, revision) : undefined;
  }

  private isShown(stream: string): boolean {
    return this.isFiltered ? stream.startsWith('account-') : this.log.streams.has(stream.replace(/^\$\$/, ''));
  }
}
