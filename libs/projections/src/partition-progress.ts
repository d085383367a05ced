import type { Pool, PoolClient } from 'pg';
import type { PartitionPlace } from './partition-message.js';
import { inTransaction } from './transaction.js';
import { writerLock } from './checkpoint.js';

/**
 * How far a partition is applied: the offset of the next message, the greatest log position among the events that were
 * applied or laid aside (-1 before the first), and how many events were applied.
 */
export interface PartitionProgress {
  readonly nextOffset: bigint;
  readonly lastPosition: bigint;
  readonly events: bigint;
}

/** Another process advanced the partition, or the tables were replaced. What was folded for the old state is void. */
export class PartitionMoved extends Error {
  override readonly name = 'PartitionMoved';
}

export const KAFKA_PARTITION_TABLE = `create table kafka_partition (
  topic text collate "C",
  partition integer,
  next_offset bigint not null,
  last_position bigint not null,
  events bigint not null,
  primary key (topic, partition)
)`;

const FROM_THE_START: PartitionProgress = { nextOffset: 0n, lastPosition: -1n, events: 0n };

interface PartitionRow {
  readonly next_offset: bigint;
  readonly last_position: bigint;
  readonly events: bigint;
}

/** Where a partition stands; at the start when it has no row yet. */
export async function readPartition(
  database: Pool | PoolClient,
  schema: string,
  { topic, partition }: PartitionPlace,
  lock: '' | 'for update' = '',
): Promise<PartitionProgress> {
  const { rows } = await database.query<PartitionRow>(
    `select next_offset, last_position, events from ${schema}.kafka_partition where topic = $1 and partition = $2 ${lock}`,
    [topic, partition],
  );
  const row = rows[0];
  if (row === undefined) return FROM_THE_START;
  return { nextOffset: row.next_offset, lastPosition: row.last_position, events: row.events };
}

/** A row for the partition, where there is none: the row is what its writers lock. */
export async function ensurePartition(pool: Pool, schema: string, { topic, partition }: PartitionPlace): Promise<void> {
  await pool.query(`insert into ${schema}.kafka_partition values ($1, $2, 0, -1, 0) on conflict do nothing`, [
    ...[topic, partition],
  ]);
}

/**
 * Runs the work in a transaction that holds the partition: of two processes that were given it, one at most is at work.
 *
 * Partitions are written side by side; only the swap of a rebuild keeps them all waiting. Like a batch of the log, the
 * commit does not wait for the disk: what a dying machine loses, it loses together with the progress.
 */
export function inPartitionTransaction<Result>(
  pool: Pool,
  schema: string,
  place: PartitionPlace,
  work: (client: PoolClient, current: PartitionProgress) => Promise<Result>,
): Promise<Result> {
  const begin = `begin; set local synchronous_commit = off; set local search_path = ${schema};
    select pg_advisory_xact_lock_shared(${writerLock(schema)})`;
  return inTransaction(
    pool,
    async (client) => work(client, await readPartition(client, schema, place, 'for update')),
    begin,
  );
}

/**
 * Writes what some messages of a partition change, and how far the partition is, in one transaction. Throws
 * `PartitionMoved`, having written nothing, when the partition does not stand where the messages were folded for.
 */
export function writePartition(
  pool: Pool,
  schema: string,
  place: PartitionPlace,
  { from, to }: { readonly from: PartitionProgress; readonly to: PartitionProgress },
  flush: (client: PoolClient) => Promise<void>,
): Promise<void> {
  return inPartitionTransaction(pool, schema, place, async (client, current) => {
    const { topic, partition } = place;
    if (!isSame(current, from)) {
      throw new PartitionMoved(`${topic}/${partition} is at ${current.nextOffset}, expected ${from.nextOffset}`);
    }
    await flush(client);
    const { rowCount } = await client.query(
      `update kafka_partition set next_offset = $3, last_position = $4, events = $5 where topic = $1 and partition = $2`,
      [topic, partition, to.nextOffset, to.lastPosition, to.events],
    );
    if (rowCount !== 1) throw new PartitionMoved(`${topic}/${partition} has no row`);
  });
}

/** Counts an event that is applied outside the partition's order, inside the transaction that does it. */
export async function countEvent(
  client: PoolClient,
  schema: string,
  { topic, partition }: PartitionPlace,
): Promise<void> {
  await client.query(`update ${schema}.kafka_partition set events = events + 1 where topic = $1 and partition = $2`, [
    topic,
    partition,
  ]);
}

function isSame(one: PartitionProgress, other: PartitionProgress): boolean {
  return one.nextOffset === other.nextOffset && one.lastPosition === other.lastPosition && one.events === other.events;
}
