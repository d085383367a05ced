import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedEvent } from '@provident/kernel';
import type { EventSource, ReadAllOptions } from './event-source.js';
import { LIMITS } from './limits.js';
import type { StoreClient } from './store-client.js';
import type { FollowCall } from './wire/follow-call.js';

/**
 * Reads the log of an event store: a catch-up subscription to $all with a filter, opened again where it broke. A read that
 * is to end relies on the server's word that it has caught up (EventStoreDB 23.10 and later).
 */
export class LogReader implements EventSource {
  constructor(private readonly client: StoreClient) {}

  async *batches(options: ReadAllOptions): AsyncGenerator<readonly RecordedEvent[]> {
    let after = options.after;
    for (let waitMs: number = LIMITS.resubscribeMs; !aborted(options); ) {
      const feed = new Feed(this.client, after, options);
      try {
        for await (const batch of feed.batches()) {
          waitMs = LIMITS.resubscribeMs;
          after = batch.at(-1)?.position ?? after;
          yield batch;
        }
        if (!options.live) return;
      } catch (error) {
        if (aborted(options)) return;
        if (!options.live) throw error;
        if (this.client.isDisposed) return;
        await delay(waitMs, undefined, { ...(options.signal && { signal: options.signal }) }).catch(() => undefined);
        waitMs = Math.min(waitMs * 2, LIMITS.resubscribeMaxMs);
      } finally {
        feed.close();
      }
    }
  }
}

function aborted(options: ReadAllOptions): boolean {
  return options.signal?.aborted ?? false;
}

/** One open subscription: events collect in a bounded buffer while the reader works, and leave it as one batch. */
class Feed {
  private readonly buffer: RecordedEvent[] = [];
  private readonly subscription: FollowCall;
  private failure: Error | undefined;
  private caughtUp = false;
  private wake: () => void = () => undefined;
  private readonly nudge = (): void => this.wake();

  constructor(
    client: StoreClient,
    after: bigint | undefined,
    private readonly options: ReadAllOptions,
  ) {
    this.subscription = client.follow(after, options.types, {
      event: (event) => {
        this.buffer.push(event);
        if (this.buffer.length >= LIMITS.subscriptionBuffer) this.subscription.pause();
        this.wake();
      },
      caughtUp: () => {
        this.caughtUp = true;
        this.wake();
      },
      failed: (error) => {
        this.failure = error;
        this.wake();
      },
    });
    options.signal?.addEventListener('abort', this.nudge, { once: true });
  }

  async *batches(): AsyncGenerator<RecordedEvent[]> {
    for (;;) {
      if (aborted(this.options)) return;
      if (this.buffer.length > 0) {
        const batch = this.buffer.splice(0, this.options.maxBatch);
        if (this.buffer.length < LIMITS.subscriptionBuffer / 2) this.subscription.resume();
        yield batch;
        continue;
      }
      if (this.failure !== undefined) throw this.failure;
      if (this.caughtUp && !this.options.live) return;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      // Let what is already in the socket arrive, so that a busy log comes in few large batches.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  close(): void {
    this.options.signal?.removeEventListener('abort', this.nudge);
    this.subscription.close();
  }
}
