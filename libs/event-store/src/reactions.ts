import { setTimeout as delay } from 'node:timers/promises';
import type { AllStreamResolvedEvent, PersistentSubscriptionToAll } from '@eventstore/db-client';
import { DomainError, type EventMetadata, type RecordedEvent } from '@provident/kernel';
import type { EventSource } from './event-source.js';
import { LIMITS } from './limits.js';
import { ReactionGroup } from './reaction-group.js';
import type { StoreClient } from './store-client.js';
import { StreamQueue } from './stream-queue.js';

/** What one context does when another's event happens. Must be safe to repeat: its commands derive their ids from the event. */
export interface Reaction {
  /** The event type that it waits for. */
  readonly on: string;
  react(event: RecordedEvent): Promise<void>;
}

/**
 * Carries events from one write context to the commands of another, over a persistent subscription. Events of one stream
 * are handled in order, those of different streams side by side. An event is acknowledged when its reactions are done, so
 * that a crash repeats at most what was under way, and repeating changes nothing.
 */
export class ReactionRunner {
  private readonly stopping = new AbortController();
  private readonly byType: ReadonlyMap<string, readonly Reaction[]>;
  private readonly group: ReactionGroup;
  private readonly queue = new StreamQueue();
  private readonly underWay = new Set<Promise<void>>();
  private running: Promise<void> | undefined;
  private failure: Error | undefined;
  /** Positions of what this process has handled lately, which the group's own checkpoint may not say yet. */
  private readonly handled = new Set<bigint>();
  /** Up to here nothing waits for a reaction: the last look at the log found everything handled. */
  private settledUpTo: bigint | undefined;

  constructor(
    name: string,
    private readonly client: StoreClient,
    private readonly source: EventSource,
    reactions: readonly Reaction[],
    private readonly onFailure: (error: Error) => void,
  ) {
    this.byType = Map.groupBy(reactions, (reaction) => reaction.on);
    this.group = new ReactionGroup(client, name, [...this.byType.keys()]);
  }

  async start(): Promise<void> {
    await this.group.ensure();
    this.running = this.run();
  }

  /** Takes no more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Events taken and not yet reacted to. */
  get backlog(): number {
    return this.underWay.size;
  }

  /**
   * Waits until nothing in the log waits for a reaction, including what reactions themselves set off. Throws what stopped
   * the runner, if something did.
   */
  async idle(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await Promise.all(this.underWay);
      if (this.failure !== undefined) throw this.failure;
      if (await this.isSettled()) return;
      await delay(LIMITS.idlePollMs);
    }
  }

  /** Keeps one subscription open until the runner is stopped or a reaction fails. */
  private async run(): Promise<void> {
    for (let waitMs: number = LIMITS.resubscribeMs; !this.isEnding(); ) {
      if (await this.consume()) waitMs = LIMITS.resubscribeMs;
      await delay(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      waitMs = Math.min(waitMs * 2, LIMITS.resubscribeMaxMs);
    }
  }

  private isEnding(): boolean {
    return this.stopping.signal.aborted || this.failure !== undefined || this.client.isDisposed;
  }

  /**
   * One subscription, until it breaks or the runner ends. What it had not acknowledged then is delivered again. Answers
   * whether it brought anything.
   */
  private async consume(): Promise<boolean> {
    const subscription = this.group.join();
    let broughtEvents = false;
    const ended = new Promise<void>((resolve) => {
      subscription.once('error', () => resolve()).once('close', () => resolve());
      this.stopping.signal.addEventListener('abort', () => resolve(), { once: true });
      subscription.on('data', (delivered: AllStreamResolvedEvent) => {
        if (this.isEnding()) return;
        broughtEvents = true;
        const work: Promise<void> = this.queue
          .run(delivered.event?.streamId ?? '', () => this.handleDelivered(delivered, subscription))
          .catch((error: unknown) => {
            this.fail(error);
            resolve();
          })
          .finally(() => this.underWay.delete(work));
        this.underWay.add(work);
      });
    });
    await ended;
    await Promise.all(this.underWay);
    subscription.removeAllListeners().on('error', () => undefined);
    await subscription.unsubscribe().catch(() => undefined);
    return broughtEvents;
  }

  private async handleDelivered(
    delivered: AllStreamResolvedEvent,
    subscription: PersistentSubscriptionToAll,
  ): Promise<void> {
    // What waited behind an event of its stream while the runner was told to end stays for the next one.
    if (this.isEnding()) return;
    const event = recorded(delivered);
    if (event !== undefined) await this.handle(event);
    // An answer that is lost with its connection brings the event once more.
    await subscription.ack(delivered).catch(() => undefined);
    if (event !== undefined) this.remember(event.position);
  }

  private remember(position: bigint): void {
    this.handled.add(position);
    const [oldest] = this.handled;
    if (this.handled.size > LIMITS.rememberedReactions && oldest !== undefined) this.handled.delete(oldest);
  }

  /** Looks through the log for an event that waits, from where the last look ended. */
  private async isSettled(): Promise<boolean> {
    this.settledUpTo ??= await this.group.checkpoint();
    const head = await this.client.head();
    const source = this.source.batches({
      ...(this.settledUpTo === undefined ? {} : { after: this.settledUpTo }),
      types: [...this.byType.keys()],
      live: false,
      maxBatch: LIMITS.reactionReadBatch,
    });
    for await (const batch of source) {
      const unknown = batch.filter(({ position }) => !this.handled.has(position));
      const last = unknown.at(-1);
      // Handled by another process, or before this one was started: the group's checkpoint says so, a moment later.
      if (last !== undefined && last.position > ((await this.group.checkpoint()) ?? -1n)) return false;
    }
    this.settledUpTo = head;
    return true;
  }

  private fail(error: unknown): void {
    if (this.failure !== undefined) return;
    this.failure = error instanceof Error ? error : new Error(String(error));
    this.onFailure(this.failure);
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

/** The event as the log's own reader gives it; `undefined` for a link whose event is gone. */
function recorded({ event, commitPosition }: AllStreamResolvedEvent): RecordedEvent | undefined {
  if (event === undefined) return undefined;
  return {
    id: event.id,
    stream: event.streamId,
    revision: event.revision,
    position: commitPosition ?? event.position.commit,
    recordedAt: event.created,
    type: event.type,
    data: event.data as Readonly<object>,
    metadata: event.metadata as unknown as EventMetadata,
  };
}
