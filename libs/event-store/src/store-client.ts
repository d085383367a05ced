import {
  type AllStreamSubscription,
  type AppendExpectedRevision,
  BACKWARDS,
  CancelledError,
  END,
  type EventData,
  EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  FORWARDS,
  type Position,
  START,
  StreamNotFoundError,
  TimeoutError,
  UnavailableError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import type { RecordedEvent } from '@provident/kernel';
import { fromStored } from './codec.js';
import { LIMITS } from './limits.js';

/** The store did not answer in time or cannot be reached; nothing is known of what it did. Trying again is safe. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Somebody else appended to the stream first. */
export class StreamConflict extends Error {
  override readonly name = 'StreamConflict';
}

/**
 * The official client with its known faults handled once: an own deadline (a frozen server is otherwise not noticed),
 * and one retry, with the same event ids, of a call that failed because the connection was lost.
 */
export class StoreClient {
  readonly raw: EventStoreDBClient;

  constructor(readonly connectionString: string) {
    this.raw = EventStoreDBClient.connectionString(connectionString);
  }

  /** Appends all or nothing and answers with the last event's log position. Throws `StreamConflict`, `StoreUnavailable`. */
  async append(stream: string, events: EventData[], expectedRevision: AppendExpectedRevision): Promise<bigint> {
    for (let retriesLeft: number = LIMITS.appendRetries; ; retriesLeft -= 1) {
      try {
        const result = await withDeadline(
          this.raw.appendToStream(stream, events, { expectedRevision }),
          LIMITS.appendDeadlineMs,
          `append to ${stream}`,
        );
        if (result.position === undefined)
          throw new StoreUnavailable(`The append to ${stream} came back without a position.`);
        return result.position.commit;
      } catch (error) {
        if (error instanceof WrongExpectedVersionError) throw new StreamConflict(error.message);
        if (!isConnectionLoss(error)) throw error;
        if (retriesLeft === 0)
          throw new StoreUnavailable(`The event store did not take an append to ${stream}: ${text(error)}`);
      }
    }
  }

  /** A run of a stream's events, in the direction asked for; empty when the stream does not exist. */
  async readPage(
    stream: string,
    options: { backwards: boolean; from?: bigint; count: number },
  ): Promise<RecordedEvent[]> {
    for (let retriesLeft: number = LIMITS.appendRetries; ; retriesLeft -= 1) {
      try {
        return await withDeadline(this.collect(stream, options), LIMITS.readDeadlineMs, `read of ${stream}`);
      } catch (error) {
        if (error instanceof StreamNotFoundError) return [];
        if (!isConnectionLoss(error)) throw error;
        if (retriesLeft === 0)
          throw new StoreUnavailable(`The event store did not answer a read of ${stream}: ${text(error)}`);
      }
    }
  }

  /** Position of the last of Provident's own events, or `undefined` while there is none. */
  async head(): Promise<bigint | undefined> {
    for (let from: Position | typeof END = END; ; ) {
      let oldest: Position | undefined;
      for await (const resolved of this.raw.readAll({ direction: BACKWARDS, fromPosition: from, maxCount: 256 })) {
        const event = fromStored(resolved);
        if (event === undefined) continue;
        if (!event.type.startsWith('$')) return event.position;
        oldest = { commit: event.position, prepare: event.position };
      }
      if (oldest === undefined) return undefined;
      from = oldest;
    }
  }

  /** Follows the log after a position: Provident's own events, or only those of the types named. */
  subscribe(after: bigint | undefined, types?: readonly string[]): AllStreamSubscription {
    return this.raw.subscribeToAll({
      fromPosition: after === undefined ? START : { commit: after, prepare: after },
      filter: types === undefined ? excludeSystemEvents() : eventTypeFilter({ regex: `^(${types.join('|')})$` }),
    });
  }

  async dispose(): Promise<void> {
    await this.raw.dispose();
  }

  private async collect(
    stream: string,
    options: { backwards: boolean; from?: bigint; count: number },
  ): Promise<RecordedEvent[]> {
    const read = this.raw.readStream(stream, {
      direction: options.backwards ? BACKWARDS : FORWARDS,
      fromRevision: options.from ?? (options.backwards ? END : START),
      maxCount: options.count,
    });
    const events: RecordedEvent[] = [];
    for await (const resolved of read) {
      const event = fromStored(resolved);
      if (event !== undefined) events.push(event);
    }
    return events;
  }
}

function isConnectionLoss(error: unknown): boolean {
  return (
    error instanceof UnavailableError ||
    error instanceof CancelledError ||
    error instanceof TimeoutError ||
    error instanceof StoreUnavailable
  );
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function withDeadline<T>(work: Promise<T>, limitMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreUnavailable(`No answer to the ${what} within ${limitMs} ms.`)), limitMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
