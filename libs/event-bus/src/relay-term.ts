import { setTimeout as sleep } from 'node:timers/promises';
import type { EventSource } from '@provident/event-store/event-source';
import { type Clock, DomainError, type RecordedEvent } from '@provident/kernel';
import { BackOff, hasEnded, pause } from './back-off.js';
import type { KafkaBus } from './kafka-bus.js';
import { LIMITS } from './limits.js';
import { checkAgainstEnds, readLogEnds } from './log-ends.js';
import type { RelayCheckpoint } from './relay-checkpoint.js';
import { EventTooLarge, RelayedEventsLost, RelayOutlet } from './relay-outlet.js';
import type { OnTrouble } from './status.js';

export interface RelayTermOptions {
  readonly bus: KafkaBus;
  readonly source: EventSource;
  readonly clock: Clock;
  readonly onTrouble: OnTrouble;
  /** Told how far the relay is, and which events the brokers have just confirmed. */
  readonly onProgress: (position: bigint, confirmed: readonly RecordedEvent[]) => void;
}

/** What the relay starts from when nobody has sent anything yet. */
const NOTHING_SENT: RelayCheckpoint = { position: -1n, offsets: {} };

/**
 * One time of leadership: sends the log on from where the last relay got to, until the signal ends it. Brokers or a store
 * that are away are waited for. Throws what waiting does not mend.
 */
export class RelayTerm {
  private readonly backOff = new BackOff();
  private inHand: RecordedEvent | undefined;
  private unconfirmedEvents = 0;
  /** What was told of the brokers' contents is no longer true, and must be taken back before anything is sent. */
  private retracts = false;

  constructor(
    private readonly options: RelayTermOptions,
    private from: RelayCheckpoint = NOTHING_SENT,
  ) {}

  /** Events read from the log and not yet confirmed by the brokers. */
  get unconfirmed(): number {
    return this.unconfirmedEvents;
  }

  /** Age of the oldest of them, in seconds. */
  get lagSeconds(): number {
    if (this.inHand === undefined) return 0;
    return Math.max(0, (this.options.clock.now().getTime() - this.inHand.recordedAt.getTime()) / 1_000);
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.attempt(signal);
      } catch (error) {
        if (error instanceof EventTooLarge || error instanceof DomainError) throw error;
        // What fails while we are told to end is the next one's to deal with.
        if (hasEnded(signal)) return;
        // Repeats are harmless, gaps are not: what the brokers lost is sent again together with everything before it.
        if (error instanceof RelayedEventsLost) {
          this.from = NOTHING_SENT;
          this.retracts = true;
        }
        const waitMs = this.backOff.next();
        this.options.onTrouble(error, waitMs);
        await pause(waitMs, signal);
      } finally {
        this.inHand = undefined;
        this.unconfirmedEvents = 0;
      }
    }
  }

  /** Goes on with a producer of its own, as far as it comes. */
  private async attempt(signal: AbortSignal): Promise<void> {
    const { bus, source, onProgress } = this.options;
    const ends = await readLogEnds(bus);
    checkAgainstEnds(bus, this.from, ends);
    const { position } = this.from;
    // What is there may be more than the checkpoint tells; everything up to it lies below the ends all the same.
    const outlet = new RelayOutlet(bus, position, ends);
    const reading = new AbortController();
    const stop = AbortSignal.any([signal, reading.signal]);
    try {
      await outlet.connect();
      if (this.retracts) await outlet.writeCheckpoint();
      this.retracts = false;
      onProgress(position, []);
      const after = position >= 0n ? { after: position } : {};
      const batches = source.batches({ ...after, live: true, maxBatch: LIMITS.relayBatchEvents, signal: stop });
      await this.forward(batches[Symbol.asyncIterator](), outlet, signal);
      if (outlet.sentUpTo > position) await outlet.writeCheckpoint();
    } catch (error) {
      if (error instanceof EventTooLarge) await outlet.writeCheckpoint();
      throw error;
    } finally {
      reading.abort(); // Frees a reader that still waits for its next event.
      if (outlet.sentUpTo > position) this.from = { position: outlet.sentUpTo, offsets: Object.fromEntries(ends) };
      await outlet.close();
    }
  }

  /** Sends batch after batch. A busy relay tells how far it is now and then, an idle one at once. */
  private async forward(
    batches: AsyncIterator<readonly RecordedEvent[]>,
    outlet: RelayOutlet,
    signal: AbortSignal,
  ): Promise<void> {
    let told = outlet.sentUpTo;
    let toldAt = Number.NEGATIVE_INFINITY;
    let next: Promise<IteratorResult<readonly RecordedEvent[], unknown>> | undefined;
    while (!signal.aborted) {
      next ??= batches.next();
      next.catch(() => undefined); // Awaited below.
      const isBehind = outlet.sentUpTo > told;
      const dueMs = Math.max(0, toldAt + LIMITS.relayCheckpointMs - performance.now());
      const result = isBehind ? await Promise.race([next, sleep(dueMs, undefined)]) : await next;
      if (result !== undefined) {
        next = undefined;
        if (result.done === true) return;
        await this.sendBatch(result.value, outlet, signal);
      }
      if (outlet.sentUpTo > told && performance.now() - toldAt >= LIMITS.relayCheckpointMs) {
        const position = outlet.sentUpTo;
        await outlet.writeCheckpoint();
        told = position;
        toldAt = performance.now();
      }
    }
  }

  private async sendBatch(events: readonly RecordedEvent[], outlet: RelayOutlet, signal: AbortSignal): Promise<void> {
    this.inHand = events[0];
    this.unconfirmedEvents = events.length;
    let sent = 0;
    await outlet.send(events, signal, (count) => {
      sent += count;
      this.inHand = events[sent];
      this.unconfirmedEvents -= count;
      this.backOff.succeeded();
      this.options.onProgress(outlet.sentUpTo, events.slice(sent - count, sent));
    });
  }
}
