import { type AppendExpectedRevision, type EventData, EventStoreDBClient } from '@eventstore/db-client';
import type { RecordedEvent } from '@provident/kernel';
import { LIMITS } from './limits.js';
import { Appender } from './wire/append-call.js';
import { prepareAppend } from './wire/append-request.js';
import { Connection } from './wire/connection.js';
import { AppendTooLarge, StoreUnavailable } from './wire/errors.js';
import { FollowCall, type FollowListener } from './wire/follow-call.js';
import { readEvents } from './wire/read-call.js';
import { encodeFollow, encodeLogTail, encodeStreamPage, type PageOptions } from './wire/read-request.js';

/**
 * The way to the event store. The official client looks after the connection; appends, page reads and the log, of which
 * there are millions, go over its channel with an encoding of our own (`wire/`), which costs a fraction of the official
 * one. Each call has a deadline that is enforced here (a frozen server is otherwise not noticed), and one that failed
 * because the connection was lost is made once more, with the same event ids.
 */
export class StoreClient {
  /** The official client, for everything that is not done often. */
  readonly raw: EventStoreDBClient;
  private readonly connection: Connection;
  private readonly appender: Appender;
  private disposed = false;

  constructor(readonly connectionString: string) {
    this.raw = EventStoreDBClient.connectionString(connectionString);
    this.connection = new Connection(this.raw);
    this.appender = new Appender(this.connection);
  }

  /**
   * Appends all or nothing and answers with the last event's log position.
   * @throws StreamConflict, StreamDeleted, AccessDenied, AppendTooLarge: nothing was written; StoreUnavailable: unknown
   */
  async append(stream: string, events: EventData[], expectedRevision: AppendExpectedRevision): Promise<bigint> {
    const request = prepareAppend(stream, events, expectedRevision);
    if (request.countedBytes > LIMITS.appendBytes) {
      throw new AppendTooLarge(
        `The append to ${stream} holds ${request.countedBytes} bytes; one append may hold ${LIMITS.appendBytes}. Split it.`,
      );
    }
    return this.retried(() => this.appender.send(request));
  }

  /** A run of a stream's events, in the direction asked for; empty when the stream does not exist. */
  async readPage(stream: string, options: PageOptions): Promise<RecordedEvent[]> {
    const request = encodeStreamPage(stream, options);
    return this.retried(() => readEvents(this.connection, request, `The read of ${stream}`));
  }

  /** Position of the last of Provident's own events, or `undefined` while there is none. */
  async head(): Promise<bigint | undefined> {
    for (let before: bigint | undefined; ; ) {
      const request = encodeLogTail(before, LIMITS.headPage);
      const events = await this.retried(() => readEvents(this.connection, request, "The read of the log's end"));
      const own = events.find((event) => !event.type.startsWith('$'));
      if (own !== undefined) return own.position;
      const oldest = events.at(-1);
      if (oldest === undefined) return undefined;
      before = oldest.position;
    }
  }

  /** Follows the log after a position: Provident's own events, or only those of the types named. */
  follow(after: bigint | undefined, types: readonly string[] | undefined, listener: FollowListener): FollowCall {
    return new FollowCall(this.connection, encodeFollow(after, types), listener);
  }

  /** True after `dispose`: what failed then was ended by us. */
  get isDisposed(): boolean {
    return this.disposed;
  }

  /** Ends every open call. */
  async dispose(): Promise<void> {
    this.disposed = true;
    this.connection.cancelAll();
    await this.raw.dispose();
  }

  private async retried<T>(call: () => Promise<T>): Promise<T> {
    for (let retriesLeft: number = LIMITS.retries; ; retriesLeft -= 1) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || retriesLeft === 0 || this.disposed) throw error;
      }
    }
  }
}
