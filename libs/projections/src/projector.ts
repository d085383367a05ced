import { setTimeout as sleep } from 'node:timers/promises';
import type { EventSource } from '@provident/event-store/event-source';
import { invariant } from '@provident/kernel';
import type { Pool } from 'pg';
import { Applier, ProjectionFailed } from './applier.js';
import { type Checkpoint, CheckpointMoved } from './checkpoint.js';
import { LIVE_SCHEMA } from './database.js';
import type { Projection } from './projection.js';
import { prepareSchema } from './schema.js';

/**
 * Most events in one transaction: enough to make each write set-based, few enough to bound memory and latency, and to be
 * done with before the collector takes them for long-lived ones.
 */
export const MAX_BATCH = 1_000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

export interface ProjectorOptions {
  readonly pool: Pool;
  readonly source: EventSource;
  readonly projections: readonly Projection[];
  readonly schema?: string;
  readonly maxBatch?: number;
  /** `given`: somebody else has made the tables, and they are known to fit. */
  readonly tables?: 'made here' | 'given';
  readonly onAdvance?: (checkpoint: Checkpoint) => void;
  /** Told of every trouble: one that is retried, and the one that stops the projector. */
  readonly onTrouble?: (error: unknown, retriedInMs: number | undefined) => void;
}

export type ProjectorState = 'idle' | 'running' | 'stopped' | 'failed';

/**
 * Keeps the tables in step with the log. A database or log that is away is waited for; an event that a projection cannot
 * take stops it at that event, for good: nothing is skipped.
 */
export class Projector {
  private state: ProjectorState = 'idle';
  private error: unknown;
  private running: Promise<void> = Promise.resolve();
  private stopping = new AbortController();
  private readonly applier: Applier;
  private readonly schema: string;

  constructor(private readonly options: ProjectorOptions) {
    this.schema = options.schema ?? LIVE_SCHEMA;
    this.applier = new Applier(options.pool, this.schema, options.projections, options.onAdvance);
  }

  /** State, how far it is, and the latest trouble (`undefined` once over it). */
  get status(): { state: ProjectorState; checkpoint: Checkpoint; error: unknown } {
    return { state: this.state, checkpoint: this.applier.checkpoint, error: this.error };
  }

  /**
   * Makes the tables where there are none, and starts following the log. Throws `rebuild-required` when they were made by
   * other versions of the projections.
   */
  async start(): Promise<void> {
    invariant(this.state !== 'running', 'the projector is already running');
    await this.prepare();
    this.stopping = new AbortController();
    this.state = 'running';
    this.running = this.follow(this.stopping.signal);
  }

  /** Applies what the log holds now, then returns. For tools that run once. Throws what stopped it. */
  async catchUp(signal?: AbortSignal): Promise<Checkpoint> {
    invariant(this.state !== 'running', 'the projector is already running');
    await this.prepare();
    await this.applier.run(this.read(false, signal));
    return this.applier.checkpoint;
  }

  /** Finishes the batch that is being written and stops. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    if (this.state === 'running') this.state = 'stopped';
  }

  private async prepare(): Promise<void> {
    const { pool, projections, tables = 'made here' } = this.options;
    if (tables === 'made here') await prepareSchema(pool, this.schema, projections);
    const checkpoint = await this.applier.load();
    this.options.onAdvance?.(checkpoint);
  }

  private async follow(signal: AbortSignal): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (!signal.aborted) {
      const before = this.applier.checkpoint.position;
      const attempt = new AbortController();
      try {
        await this.applier.load();
        this.error = undefined;
        await this.applier.run(this.read(true, AbortSignal.any([signal, attempt.signal])));
      } catch (error) {
        if (error instanceof CheckpointMoved) continue;
        this.error = error;
        if (error instanceof ProjectionFailed) {
          this.state = 'failed';
          this.options.onTrouble?.(error, undefined);
          return;
        }
        if (this.applier.checkpoint.position > before) retryMs = FIRST_RETRY_MS;
        this.options.onTrouble?.(error, retryMs);
        await sleep(retryMs, undefined, { signal }).catch(() => undefined);
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      } finally {
        attempt.abort(); // Frees a reader that still waits for its next event.
      }
    }
  }

  private read(live: boolean, signal: AbortSignal | undefined): ReturnType<EventSource['batches']> {
    const { position } = this.applier.checkpoint;
    return this.options.source.batches({
      ...(position >= 0n ? { after: position } : {}),
      ...(signal === undefined ? {} : { signal }),
      live,
      maxBatch: this.options.maxBatch ?? MAX_BATCH,
    });
  }
}
