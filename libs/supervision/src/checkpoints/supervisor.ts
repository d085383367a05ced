import { setTimeout as sleep } from 'node:timers/promises';
import type { EventSource } from '@provident/event-store';
import { type Clock, dateInChina, DomainError, invariant, type RecordedEvent, today } from '@provident/kernel';
import type { Attestor } from '../attestation/attestor.js';
import { LIMITS } from '../limits.js';
import { TreeFollower } from '../tree/tree-follower.js';
import type { TreeProgress, TreeStore } from '../tree/tree-store.js';
import { checkpoints } from './checkpoint.js';
import type { CheckpointDesk } from './checkpoint-desk.js';
import type { CheckpointFiles } from './checkpoint-files.js';
import type { CheckpointReader } from './checkpoint-reader.js';
import { dueAttestation, dueCheckpoint, PERIOD_CLOSES } from './schedule.js';

export interface SupervisorOptions {
  readonly store: TreeStore;
  readonly source: EventSource;
  readonly desk: CheckpointDesk;
  readonly reader: CheckpointReader;
  readonly attestor: Attestor;
  readonly files?: CheckpointFiles;
  readonly clock: Clock;
  readonly everyMs: number;
  readonly onTrouble?: (error: unknown, retriedInMs: number | undefined) => void;
}

export interface SupervisorStatus {
  readonly state: 'idle' | 'standing-by' | 'leading' | 'failed' | 'stopped';
  readonly leaves: number;
  readonly error: Error | undefined;
}

/**
 * Keeps the tree in step with the log and signs what is due. Any number may run on one database; one leads, the others stand
 * by. Where no key is given nothing is signed, and the tree is kept all the same.
 */
export class Supervisor {
  private state: SupervisorStatus['state'] = 'idle';
  private error: Error | undefined;
  private leaves = 0;
  private leadingSinceMs = 0;
  private lastClosingMs = 0;
  /** Whether the log has said something about checkpoints that the files do not say yet. */
  private filesBehind = true;
  private follower: TreeFollower | undefined;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: SupervisorOptions) {}

  get status(): SupervisorStatus {
    return { state: this.state, leaves: this.leaves, error: this.error };
  }

  /** Starts, and returns at once: `status` and `onTrouble` tell how it goes. */
  start(): void {
    invariant(this.state === 'idle', 'a supervisor starts once');
    this.state = 'standing-by';
    this.running = this.run(this.stopping.signal);
  }

  /** Finishes the batch that is being written and leaves the lead to others. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    if (this.state !== 'failed') this.state = 'stopped';
  }

  /** Signs what is due at this moment. The leader asks every second. */
  async tick(): Promise<void> {
    const { store, reader, desk, clock, everyMs, files } = this.options;
    if (files !== undefined && this.filesBehind) {
      this.filesBehind = false;
      await files.write().catch((error: unknown) => {
        this.filesBehind = true;
        throw error;
      });
    }
    const progress = await store.progress();
    if (progress.size < this.leaves) {
      this.leaves = progress.size;
      this.follower?.reload();
    }
    if (!desk.signs) return;
    const published = await reader.checkpoints();
    const last = published.at(-1);
    const reason = dueCheckpoint({
      ...{ nowMs: clock.now().getTime(), everyMs, settlesMs: LIMITS.closingSettlesMs },
      progress,
      lastSize: last?.size ?? 0,
      lastSignedMs: last?.signedAt.getTime() ?? this.leadingSinceMs,
      lastClosingMs: this.lastClosingMs,
    });
    if (reason !== undefined) await desk.sign(reason);
    const attested = (await reader.attestations()).at(-1)?.day;
    const first = published[0] === undefined ? undefined : dateInChina(published[0].signedAt);
    const day = dueAttestation(today(clock), first, attested as Parameters<typeof dueAttestation>[2]);
    if (day !== undefined) await this.options.attestor.attest(day);
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const term = new AbortController();
        const lead = await this.options.store.tryLead(() => term.abort());
        if (lead !== undefined) {
          await this.lead(AbortSignal.any([signal, term.signal])).finally(() => lead.release());
        }
      } catch (error) {
        if (error instanceof DomainError) {
          this.error = error;
          this.state = 'failed';
          return;
        }
        this.trouble(error, LIMITS.standByMs);
      }
      await pause(LIMITS.standByMs, signal);
    }
  }

  private async lead(signal: AbortSignal): Promise<void> {
    const { store, source, desk, clock } = this.options;
    this.leadingSinceMs = clock.now().getTime();
    this.lastClosingMs = this.leadingSinceMs;
    await desk.introduceKey();
    const follower = (this.follower = new TreeFollower({
      ...{ store, source },
      isOwn: ({ stream }) => isOwn(stream),
      isClosing: ({ type }) => PERIOD_CLOSES.has(type),
      onLeaves: (events, progress) => this.seen(events, progress),
      onTrouble: (error, retriedInMs) => this.trouble(error, retriedInMs),
    }));
    this.state = 'leading';
    const ended = new AbortController();
    const both = AbortSignal.any([signal, ended.signal]);
    const ticking = this.keepTicking(both);
    try {
      await follower.follow(signal);
    } finally {
      ended.abort();
      await ticking;
      this.state = 'standing-by';
    }
  }

  private async keepTicking(signal: AbortSignal): Promise<void> {
    while (await passes(LIMITS.tickMs, signal)) {
      try {
        await this.tick();
        this.error = undefined;
      } catch (error) {
        // What the rules refuse is told again and again: nothing is signed until somebody has looked.
        this.trouble(error, LIMITS.tickMs);
      }
    }
  }

  private seen(events: readonly RecordedEvent[], { size }: TreeProgress): void {
    this.leaves = size;
    for (const { type, stream } of events) {
      if (PERIOD_CLOSES.has(type)) this.lastClosingMs = this.options.clock.now().getTime();
      if (isOwn(stream)) this.filesBehind = true;
    }
  }

  private trouble(error: unknown, retriedInMs: number | undefined): void {
    const told = error instanceof Error ? error : new Error(String(error));
    const isNew = told.message !== this.error?.message;
    this.error = told;
    if (isNew) this.options.onTrouble?.(error, retriedInMs);
  }
}

function isOwn(stream: string): boolean {
  return stream.startsWith(`${checkpoints.category}-`);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** False when the signal came first. */
async function passes(ms: number, signal: AbortSignal): Promise<boolean> {
  await pause(ms, signal);
  return !signal.aborted;
}
