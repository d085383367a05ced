import type { EventSource } from '@provident/event-store/event-source';
import type { RecordedEvent } from '@provident/kernel';
import type { Pool, PoolClient } from 'pg';
import { Applier } from './applier.js';
import { type Checkpoint, readCheckpoint, writerLock } from './checkpoint.js';
import { LIVE_SCHEMA } from './database.js';
import { type SchemaDigest, digestWithin } from './digest.js';
import type { Projection } from './projection.js';
import { MAX_BATCH } from './projector.js';
import { finishBulkLoad, createSchema, expectFeed, inspectSchema, rebuildRequired } from './schema.js';
import { swap } from './swap.js';
import { SNAPSHOT } from './transaction.js';

export interface RebuildOptions {
  readonly pool: Pool;
  readonly source: EventSource;
  readonly projections: readonly Projection[];
  readonly schema?: string;
  readonly maxBatch?: number;
  readonly onProgress?: (progress: RebuildProgress) => void;
}

export interface RebuildProgress extends Checkpoint {
  readonly phase: 'replay' | 'index' | 'catch-up' | 'swap' | 'digest';
}

/** What a rebuild did, and how long each of its parts took, in milliseconds. */
export interface RebuildReport extends Checkpoint {
  readonly replayMs: number;
  readonly indexMs: number;
  /** From the moment the live tables stood still to the swap. */
  readonly pauseMs: number;
}

/**
 * Builds all tables anew from the start of the log, in a schema beside the live one, and puts them in its place. Readers
 * go on reading the old tables until the swap, and read the new ones from then on. A live projector waits for the moment
 * of the swap and goes on behind it. Cut short at any point, the live tables are as they were, and the next rebuild
 * clears the rest away.
 */
export async function rebuild(options: RebuildOptions): Promise<RebuildReport> {
  const { pool, schema = LIVE_SCHEMA } = options;
  const fresh = `${schema}_rebuild`;
  await expectFeed(pool, schema, 'log');
  return onlyOne(pool, schema, async () => {
    await dropSchema(pool, `${schema}_retired`);
    const { applier, replayMs, indexMs } = await replay(options, fresh, undefined);
    const pausedAt = performance.now();
    await holdingWriters(pool, schema, async (client) => {
      // The live tables may hold events that came after the replay's end: none of them may be missing behind the swap.
      await applier.run(batchesFor(options, applier.checkpoint, undefined));
      report(options, 'swap', applier.checkpoint);
      await swap(client, schema, fresh);
    });
    const pauseMs = performance.now() - pausedAt;
    await dropSchema(pool, `${schema}_retired`);
    return { ...applier.checkpoint, replayMs, indexMs, pauseMs };
  });
}

/**
 * Rebuilds up to where the live tables stand, takes the digests of both from one view, and drops what was rebuilt. The
 * live tables are only read. Throws `rebuild-required` when they belong to other versions of the projections.
 */
export async function digestsLiveAndRebuilt(
  options: RebuildOptions,
): Promise<{ live: SchemaDigest; rebuilt: SchemaDigest }> {
  const { pool, projections, schema = LIVE_SCHEMA } = options;
  const fresh = `${schema}_rebuild`;
  const state = await inspectSchema(pool, schema, projections);
  if (state.kind !== 'current') throw rebuildRequired(projections.map((each) => each.name));
  return onlyOne(pool, schema, async () => {
    const { applier } = await replay(options, fresh, (await readCheckpoint(pool, schema)).position);
    const client = await pool.connect();
    try {
      await holdingWriters(pool, schema, async () => {
        const { position } = await readCheckpoint(pool, schema);
        await applier.run(batchesFor(options, applier.checkpoint, position));
        await client.query(SNAPSHOT);
        await readCheckpoint(client, schema); // The first read fixes the view; the live projector may then go on.
      });
      report(options, 'digest', applier.checkpoint);
      const live = await digestWithin(client, projections, schema);
      const rebuilt = await digestWithin(client, projections, fresh);
      await client.query('commit');
      return { live, rebuilt };
    } finally {
      client.release(true);
      await dropSchema(pool, fresh);
    }
  });
}

/**
 * Puts a schema that something else fills into the live one's place. `complete` is awaited while nobody can write to the
 * live tables, and returns when nothing of theirs is missing in the others and nobody writes to those any more.
 */
export async function putInPlace(
  pool: Pool,
  schema: string,
  fresh: string,
  complete: () => Promise<void>,
): Promise<void> {
  await dropSchema(pool, `${schema}_retired`);
  await holdingWriters(pool, schema, async (client) => {
    await complete();
    await swap(client, schema, fresh);
  });
  await dropSchema(pool, `${schema}_retired`);
}

/** Fills a new schema without indexes, then makes them: much faster than keeping them through the load. */
async function replay(options: RebuildOptions, fresh: string, upTo: bigint | undefined) {
  const { pool, projections } = options;
  let phase: RebuildProgress['phase'] = 'replay';
  const startedAt = performance.now();
  const applier = await loadInBulk({ ...options, schema: fresh, upTo }, (checkpoint) =>
    report(options, phase, checkpoint),
  );
  const replayedAt = performance.now();
  report(options, 'index', applier.checkpoint);
  await finishBulkLoad(pool, fresh, projections);
  const indexedAt = performance.now();
  phase = 'catch-up';
  await applier.run(batchesFor(options, applier.checkpoint, upTo));
  return { applier, replayMs: replayedAt - startedAt, indexMs: indexedAt - replayedAt };
}

export interface BulkLoad {
  readonly pool: Pool;
  readonly source: EventSource;
  readonly projections: readonly Projection[];
  /** Made anew; what was there is dropped. */
  readonly schema: string;
  readonly upTo: bigint | undefined;
  readonly maxBatch?: number;
}

/** Makes the tables of a schema and fills them from the log, without indexes. The applier can go on behind that. */
export async function loadInBulk(options: BulkLoad, onAdvance?: (checkpoint: Checkpoint) => void): Promise<Applier> {
  const { pool, projections, schema, upTo } = options;
  await dropSchema(pool, schema);
  await createSchema(pool, schema, projections, 'for-bulk-load');
  const applier = new Applier(pool, schema, projections, onAdvance, 'bulk');
  await applier.load();
  await applier.run(batchesFor(options, applier.checkpoint, upTo));
  return applier;
}

function report(options: RebuildOptions, phase: RebuildProgress['phase'], checkpoint: Checkpoint): void {
  options.onProgress?.({ phase, ...checkpoint });
}

/** The log after a checkpoint, as far as it goes now or up to a position. */
export async function* batchesFor(
  options: { readonly source: EventSource; readonly maxBatch?: number },
  after: Checkpoint,
  upTo: bigint | undefined,
): AsyncGenerator<readonly RecordedEvent[]> {
  if (upTo !== undefined && after.position >= upTo) return;
  const batches = options.source.batches({
    ...(after.position >= 0n ? { after: after.position } : {}),
    live: false,
    maxBatch: options.maxBatch ?? MAX_BATCH,
  });
  for await (const batch of batches) {
    const last = batch.at(-1)?.position;
    if (upTo === undefined || last === undefined || last < upTo) yield batch;
    else {
      yield batch.filter((event) => event.position <= upTo);
      return;
    }
  }
}

/** Runs the work while no batch can be written to the schema. The lock falls with its connection, however that ends. */
async function holdingWriters(pool: Pool, schema: string, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`select pg_advisory_lock(${writerLock(schema)})`);
    await work(client);
  } finally {
    client.release(true);
  }
}

/** A second rebuild of the same schema waits for the first. */
export async function onlyOne<Result>(pool: Pool, schema: string, work: () => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtextextended('provident.rebuild.${schema}', 0))`);
    return await work();
  } finally {
    client.release(true);
  }
}

export async function dropSchema(pool: Pool, schema: string): Promise<void> {
  await pool.query(`drop schema if exists ${schema} cascade`);
}
