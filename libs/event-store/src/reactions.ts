import { setTimeout as delay } from 'node:timers/promises';
import { ANY, jsonEvent } from '@eventstore/db-client';
import { deterministicId, DomainError, type RecordedEvent } from '@provident/kernel';
import { eachConcurrently } from './each-concurrently.js';
import type { EventSource } from './event-source.js';
import { LIMITS } from './limits.js';
import type { StoreClient } from './store-client.js';

/** What one context does when another's event happens. Must be safe to repeat: its commands derive their ids from the event. */
export interface Reaction {
  /** The event type that it waits for. */
  readonly on: string;
  react(event: RecordedEvent): Promise<void>;
}

/**
 * Carries events from one write context to the commands of another. Events of one stream are handled in order, those of
 * different streams side by side. Where it got to is kept in the event store, so that a crash repeats at most what was
 * under way, and repeating changes nothing.
 */
export class ReactionRunner {
  private readonly stopping = new AbortController();
  private readonly byType: ReadonlyMap<string, readonly Reaction[]>;
  private running: Promise<void> | undefined;
  /** The batch under way; never rejects. */
  private atWork: Promise<void> = Promise.resolve();
  private failure: Error | undefined;
  private processed: bigint | undefined;
  private saved: bigint | undefined;

  constructor(
    private readonly name: string,
    private readonly client: StoreClient,
    private readonly source: EventSource,
    reactions: readonly Reaction[],
    private readonly onFailure: (error: Error) => void,
  ) {
    this.byType = Map.groupBy(reactions, (reaction) => reaction.on);
  }

  async start(): Promise<void> {
    this.processed = await this.readCheckpoint();
    this.saved = this.processed;
    this.running = this.run().catch((error: unknown) => {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.onFailure(this.failure);
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.saveCheckpoint();
  }

  /**
   * Waits until nothing in the log waits for a reaction, including what reactions themselves set off. Throws what stopped
   * the runner, if something did.
   */
  async idle(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.atWork;
      if (this.failure !== undefined) throw this.failure;
      const waiting = await this.countWaiting();
      if (waiting === 0) return;
      await delay(LIMITS.idlePollMs);
    }
  }

  private async run(): Promise<void> {
    const batches = this.source.batches({
      ...(this.processed === undefined ? {} : { after: this.processed }),
      types: [...this.byType.keys()],
      live: true,
      maxBatch: 500,
      signal: this.stopping.signal,
    });
    for await (const batch of batches) {
      const work = this.handleBatch(batch);
      this.atWork = work.catch(() => undefined);
      await work;
    }
  }

  private async handleBatch(batch: readonly RecordedEvent[]): Promise<void> {
    const streams = [...Map.groupBy(batch, (event) => event.stream).values()];
    await eachConcurrently(streams, LIMITS.concurrentReactions, async (events) => {
      for (const event of events) await this.handle(event);
    });
    this.processed = batch.at(-1)?.position ?? this.processed;
    await this.saveCheckpoint();
  }

  private async handle(event: RecordedEvent): Promise<void> {
    for (const reaction of this.byType.get(event.type) ?? []) {
      for (let triesLeft: number = LIMITS.reactionTries - 1; ; triesLeft -= 1) {
        try {
          await reaction.react(event);
          break;
        } catch (error) {
          // A refusal by the rules does not go away by waiting; a store that is down may come back.
          if (error instanceof DomainError || triesLeft === 0) throw new ReactionFailed(event, error);
          await delay(LIMITS.reactionRetryMs);
        }
      }
    }
  }

  private async countWaiting(): Promise<number> {
    // Where another process runs the reactions, its checkpoint says how far they are.
    const processed = this.running === undefined ? await this.readCheckpoint() : this.processed;
    const source = this.source.batches({
      ...(processed === undefined ? {} : { after: processed }),
      types: [...this.byType.keys()],
      live: false,
      maxBatch: 1,
    });
    for await (const batch of source) return batch.length;
    return 0;
  }

  private get checkpointStream(): string {
    return `reactions-${this.name}`;
  }

  private async readCheckpoint(): Promise<bigint | undefined> {
    const [last] = await this.client.readPage(this.checkpointStream, { backwards: true, count: 1 });
    return last === undefined ? undefined : BigInt((last.data as { position: string }).position);
  }

  private async saveCheckpoint(): Promise<void> {
    if (this.processed === undefined || this.processed === this.saved) return;
    const position = this.processed;
    if (this.saved === undefined) await this.client.raw.setStreamMetadata(this.checkpointStream, { maxCount: 1 });
    const id = deterministicId('checkpoint', this.name, position.toString());
    const data = { position: position.toString() };
    // The type starts with $, like the store's own bookkeeping: readers of the log do not see it.
    await this.client.append(this.checkpointStream, [jsonEvent({ id, type: '$reactions-checkpoint', data })], ANY);
    this.saved = position;
  }
}

/** A reaction could not be carried out; the runner stands still at this event until the cause is mended. */
export class ReactionFailed extends Error {
  override readonly name = 'ReactionFailed';

  constructor(event: RecordedEvent, cause: unknown) {
    super(
      `The reaction to ${event.type} at position ${event.position} (stream ${event.stream}) failed: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}
