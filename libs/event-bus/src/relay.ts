import type { EventSource } from '@provident/event-store/event-source';
import { type Clock, DomainError, invariant, type RecordedEvent } from '@provident/kernel';
import { aborted, BackOff, pause } from './back-off.js';
import type { KafkaBus } from './kafka-bus.js';
import type { RelayCheckpoint } from './relay-checkpoint.js';
import { RelayLeadership } from './relay-leadership.js';
import { RelayTerm } from './relay-term.js';
import type { OnTrouble, RelayStatus } from './status.js';

export interface RelayOptions {
  readonly bus: KafkaBus;
  /** The log: every event of it goes to Kafka, in its order. */
  readonly source: EventSource;
  readonly clock: Clock;
  readonly onTrouble?: OnTrouble;
  /** Told when this relay begins to lead, and when it stands down. */
  readonly onLeading?: (leading: boolean) => void;
  /** Told of events that the brokers have just confirmed. */
  readonly onSent?: (events: readonly RecordedEvent[]) => void;
}

/**
 * Carries the log to Kafka, each event once or more often, in an order that lets readers tell repeats. Any number may
 * run; one leads, the others stand by. Kafka or the event store being away is waited for.
 */
export class Relay {
  private state: 'idle' | 'running' | 'stopped' | 'failed' = 'idle';
  private error: unknown;
  private position = -1n;
  private sent = 0;
  private term: RelayTerm | undefined;
  private termEnd = new AbortController();
  private terms: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: RelayOptions) {}

  get status(): RelayStatus {
    const { position, sent, error, term } = this;
    const state = this.state !== 'running' ? this.state : term === undefined ? 'standing-by' : 'leading';
    return { state, position, sent, unconfirmed: term?.unconfirmed ?? 0, lagSeconds: term?.lagSeconds ?? 0, error };
  }

  /** Starts, and returns at once: `status` and the hooks tell how it goes. A relay starts once. */
  start(): void {
    invariant(this.state === 'idle', 'a relay starts once');
    this.state = 'running';
    this.running = this.run(this.stopping.signal);
  }

  /** Finishes what is being sent, and leaves the lead to others. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    if (this.state === 'running') this.state = 'stopped';
  }

  private async run(signal: AbortSignal): Promise<void> {
    if (!(await this.prepareTopics(signal))) return;
    const leadership = new RelayLeadership(
      this.options.bus,
      (error, retriedInMs) => this.trouble(error, retriedInMs),
      (from) => this.lead(from),
      () => this.standDown(),
    );
    leadership.start();
    await aborted(signal);
    // First the sending, then the group: whoever leads next starts behind what was confirmed.
    this.standDown();
    await this.terms;
    await leadership.stop();
    await this.terms;
  }

  /** False when the relay cannot work, or need not any more. */
  private async prepareTopics(signal: AbortSignal): Promise<boolean> {
    const backOff = new BackOff();
    while (!signal.aborted) {
      try {
        await this.options.bus.prepare();
        return true;
      } catch (error) {
        if (error instanceof DomainError) {
          this.fail(error);
          return false;
        }
        const waitMs = backOff.next();
        this.trouble(error, waitMs);
        await pause(waitMs, signal);
      }
    }
    return false;
  }

  private lead(from: RelayCheckpoint | undefined): void {
    if (this.stopping.signal.aborted || this.state === 'failed') return;
    this.termEnd = new AbortController();
    const { signal } = this.termEnd;
    const before = this.terms;
    this.terms = this.serve(before, from, signal);
  }

  private async serve(before: Promise<void>, from: RelayCheckpoint | undefined, signal: AbortSignal): Promise<void> {
    await before;
    if (signal.aborted) return;
    const { bus, source, clock, onLeading } = this.options;
    const term = new RelayTerm(
      {
        ...{ bus, source, clock },
        onTrouble: (error, retriedInMs) => this.trouble(error, retriedInMs),
        onProgress: (position, confirmed) => {
          this.position = position;
          this.sent += confirmed.length;
          this.error = undefined;
          if (confirmed.length > 0) this.options.onSent?.(confirmed);
        },
      },
      from,
    );
    this.term = term;
    onLeading?.(true);
    try {
      await term.run(signal);
    } catch (error) {
      this.fail(error);
    } finally {
      this.term = undefined;
      onLeading?.(false);
    }
  }

  private standDown(): void {
    this.termEnd.abort();
  }

  private trouble(error: unknown, retriedInMs: number | undefined): void {
    this.error = error;
    this.options.onTrouble?.(error, retriedInMs);
  }

  private fail(error: unknown): void {
    this.state = 'failed';
    this.trouble(error, undefined);
    // Another relay may be set up otherwise; it shall have the lead.
    this.stopping.abort();
  }
}
