import type { RecordedEvent } from '@provident/kernel';
import type { Pool } from 'pg';
import { BatchWriter } from './batch-writer.js';
import { type Checkpoint, CheckpointMoved, readCheckpoint, writeBatch } from './checkpoint.js';
import { Merges } from './merges.js';
import type { Projection } from './projection.js';
import { isPassing } from './transaction.js';
import { writeBehind } from './write-behind.js';

/** A projection could not take an event. Everything before it is applied, nothing after it. */
export class ProjectionFailed extends Error {
  override readonly name = 'ProjectionFailed';

  constructor(
    readonly position: bigint,
    readonly eventType: string,
    readonly stream: string,
    override readonly cause: unknown,
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The projection stopped at position ${position}, ${eventType} of ${stream}: ${reason}`);
  }
}

/** Keys that a bulk load gathers for merge tables before it writes them: some hundred bytes each. */
const GATHERED_KEYS = 200_000;

/**
 * `following`: every batch stands in the tables with its checkpoint. `bulk`: for a schema that nobody reads and that is
 * thrown away if the load fails; rows for merge tables gather over many batches and are complete when the run ends.
 */
export type ApplierMode = 'following' | 'bulk';

/**
 * Applies batches of the log to one schema's tables. While the database writes one batch, the next is read and folded.
 * Events at or below the checkpoint are passed over, so a batch that comes twice changes nothing.
 */
export class Applier {
  private written: Checkpoint = { position: -1n, events: 0n };
  private readonly gathered = new Merges();

  constructor(
    private readonly pool: Pool,
    private readonly schema: string,
    private readonly projections: readonly Projection[],
    private readonly onAdvance: (checkpoint: Checkpoint) => void = () => undefined,
    private readonly mode: ApplierMode = 'following',
  ) {}

  get checkpoint(): Checkpoint {
    return this.written;
  }

  /** Takes up the checkpoint that stands in the tables. */
  async load(): Promise<Checkpoint> {
    this.written = await readCheckpoint(this.pool, this.schema);
    return this.written;
  }

  /** Applies batches until they end. Throws `ProjectionFailed`, `CheckpointMoved`, or the database's or source's error. */
  async run(batches: AsyncIterable<readonly RecordedEvent[]>): Promise<void> {
    let folded = this.written;
    await writeBehind(batches, async (batch) => {
      const fresh = batch.filter((event) => event.position > folded.position);
      if (fresh.length === 0) return undefined;
      const from = folded;
      folded = after(from, fresh);
      const writer = await this.fold(fresh).catch((error: unknown) => ({ error }));
      return () => (writer instanceof BatchWriter ? this.write(writer, from, fresh) : this.narrow(fresh, writer.error));
    });
    if (this.mode === 'bulk') await this.writeGathered();
  }

  private async fold(batch: readonly RecordedEvent[]): Promise<BatchWriter> {
    const merges = this.mode === 'bulk' ? this.gathered : new Merges();
    const writer = new BatchWriter(merges);
    for (const projection of this.projections) await projection.apply(batch, writer);
    if (this.mode === 'following' || merges.size > GATHERED_KEYS) writer.takeMerges();
    return writer;
  }

  private async writeGathered(): Promise<void> {
    const writer = new BatchWriter(this.gathered);
    writer.takeMerges();
    const step = { from: this.written, to: this.written };
    await writeBatch(this.pool, this.schema, step, (client) => writer.flush(client));
  }

  private async write(writer: BatchWriter, from: Checkpoint, batch: readonly RecordedEvent[]): Promise<void> {
    const to = after(from, batch);
    try {
      await writeBatch(this.pool, this.schema, { from, to }, (client) => writer.flush(client));
    } catch (error) {
      if (error instanceof CheckpointMoved || isPassing(error)) throw error;
      return this.narrow(batch, error);
    }
    this.written = to;
    this.onAdvance(to);
  }

  /** Halves a batch that failed until the event at fault is alone, so that it can be named and what precedes it counts. */
  private async narrow(batch: readonly RecordedEvent[], error: unknown): Promise<void> {
    const first = batch[0] as RecordedEvent;
    // A bulk load ends here: half of what it gathered belongs to this batch. It is named by its first event.
    if (batch.length === 1 || this.mode === 'bulk') {
      throw new ProjectionFailed(first.position, first.type, first.stream, error);
    }
    const middle = batch.length >> 1;
    for (const half of [batch.slice(0, middle), batch.slice(middle)]) {
      const writer = await this.fold(half).catch((cause: unknown) => ({ cause }));
      if (writer instanceof BatchWriter) await this.write(writer, this.written, half);
      else await this.narrow(half, writer.cause);
    }
  }
}

function after(from: Checkpoint, batch: readonly RecordedEvent[]): Checkpoint {
  return {
    position: (batch.at(-1) as RecordedEvent).position,
    events: from.events + BigInt(batch.length),
  };
}
