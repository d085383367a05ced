import { hash } from 'node:crypto';
import type { EventSource, ReadAllOptions } from '@provident/event-store/event-source';
import type { RecordedEvent } from '@provident/kernel';
import type { Projection } from '@provident/projections';
import type { Applier } from '@provident/projections/applier';
import { digest, type SchemaDigest } from '@provident/projections/digest';
import { batchesFor, loadInBulk } from '@provident/projections/rebuild';
import type { Pool } from 'pg';
import { isAfter, type LogPoint } from '../archive/log-range.js';

/** Schema of the replay's own database. Production's is another, so even in one database they never meet. */
export const REPLAY_SCHEMA = 'provident_replay';

export interface ReplayOptions {
  readonly source: EventSource;
  readonly projections: readonly Projection[];
  /** The replay's own database, connected to `REPLAY_SCHEMA`. */
  readonly pool: Pool;
  /** Where the replay ends; at the end of the source when absent. */
  readonly to?: LogPoint | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ReplayProgress) => void) | undefined;
}

export interface ReplayProgress {
  readonly phase: 'replay' | 'digest' | 'compare';
  readonly position: bigint;
  readonly events: bigint;
  readonly eventsPerSecond: number;
}

/** What the same log gives on every machine. */
export interface ReplayDigest extends SchemaDigest {
  /** SHA-256 over position, number of events, and name, rows and digest of every table. */
  readonly sha256: string;
}

/** A replay of the log into a database of its own: every figure computed anew from the events. */
export class Replay {
  private applier: Applier | undefined;
  private ms = 0;

  constructor(private readonly options: ReplayOptions) {}

  get position(): bigint {
    return this.applier?.checkpoint.position ?? -1n;
  }

  get events(): bigint {
    return this.applier?.checkpoint.events ?? 0n;
  }

  get eventsPerSecond(): number {
    return this.ms === 0 ? 0 : Math.round((Number(this.events) / this.ms) * 1_000);
  }

  /** Makes the tables and fills them from the source. Throws what the source or the database throws. */
  async run(): Promise<void> {
    const { projections, pool, source, to, signal } = this.options;
    const bounded = new BoundedSource(source, to, signal);
    const startedAt = performance.now();
    const load = { pool, projections, source: bounded, schema: REPLAY_SCHEMA, upTo: undefined };
    this.applier = await loadInBulk(load, ({ position, events }) => {
      this.ms = performance.now() - startedAt;
      this.report('replay', position, events);
    });
    this.ms = performance.now() - startedAt;
    signal?.throwIfAborted();
  }

  /** Goes on, out of another source of the same log, up to a position. The number of events that came in. */
  async continueTo(source: EventSource, upTo: bigint): Promise<bigint> {
    if (this.applier === undefined || this.position >= upTo) return 0n;
    const before = this.events;
    const rest = new BoundedSource(source, undefined, this.options.signal);
    await this.applier.run(batchesFor({ source: rest }, this.applier.checkpoint, upTo));
    return this.events - before;
  }

  async digest(): Promise<ReplayDigest> {
    this.report('digest', this.position, this.events);
    const { pool, projections } = this.options;
    return withTotal(await digest(pool, projections, { schema: REPLAY_SCHEMA }));
  }

  report(phase: ReplayProgress['phase'], position = this.position, events = this.events): void {
    this.options.onProgress?.({ phase, position, events, eventsPerSecond: this.eventsPerSecond });
  }
}

export function withTotal(found: SchemaDigest): ReplayDigest {
  const { position, events, tables } = found;
  const lines = tables.map(({ table, rows, sha256 }) => `${table} ${rows} ${sha256}\n`);
  return { ...found, sha256: hash('sha256', `${position} ${events}\n${lines.join('')}`) };
}

/** A log that ends after a point, and when it is told to stop. */
class BoundedSource implements EventSource {
  constructor(
    private readonly source: EventSource,
    private readonly to: LogPoint | undefined,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async *batches(options: ReadAllOptions): AsyncGenerator<readonly RecordedEvent[]> {
    const signal = this.signal === undefined ? {} : { signal: this.signal };
    for await (const batch of this.source.batches({ ...options, ...signal })) {
      this.signal?.throwIfAborted();
      const end = batch.findIndex((event) => isAfter(event, this.to));
      if (end < 0) yield batch;
      else {
        if (end > 0) yield batch.slice(0, end);
        return;
      }
    }
  }
}
