import { setTimeout as delay } from 'node:timers/promises';
import type { AllStreamResolvedEvent, AllStreamSubscription } from '@eventstore/db-client';
import type { RecordedEvent } from '@provident/kernel';
import { fromStored } from './codec.js';
import type { EventSource, ReadAllOptions } from './event-source.js';
import { LIMITS } from './limits.js';
import type { StoreClient } from './store-client.js';

/**
 * Reads the log of an event store: a catch-up subscription to $all with a filter, opened again where it broke. A read that
 * is to end relies on the server's word that it has caught up (EventStoreDB 23.10 and later).
 */
export class LogReader implements EventSource {
  constructor(private readonly client: StoreClient) {}

  async *batches(options: ReadAllOptions): AsyncGenerator<readonly RecordedEvent[]> {
    let after = options.after;
    for (let waitMs: number = LIMITS.resubscribeMs; !aborted(options); ) {
      const feed = new Feed(this.client.subscribe(after, options.types), options);
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
        await delay(waitMs, undefined, { ...(options.signal && { signal: options.signal }) }).catch(() => undefined);
        waitMs = Math.min(waitMs * 2, LIMITS.resubscribeMaxMs);
      } finally {
        await feed.close();
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
  private failure: Error | undefined;
  private caughtUp = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly subscription: AllStreamSubscription,
    private readonly options: ReadAllOptions,
  ) {
    const nudge = (): void => this.wake();
    subscription.on('data', (resolved: AllStreamResolvedEvent) => {
      const event = fromStored(resolved);
      if (event === undefined) return;
      this.buffer.push(event);
      if (this.buffer.length >= LIMITS.subscriptionBuffer) subscription.pause();
      nudge();
    });
    subscription.on('caughtUp', () => {
      this.caughtUp = true;
      nudge();
    });
    subscription.on('error', (error: Error) => {
      this.failure = error;
      nudge();
    });
    subscription.on('end', () => {
      this.failure ??= new Error('The subscription to the log ended.');
      nudge();
    });
    options.signal?.addEventListener('abort', nudge, { once: true });
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

  async close(): Promise<void> {
    this.subscription.on('error', () => undefined);
    await this.subscription.unsubscribe().catch(() => undefined);
  }
}
