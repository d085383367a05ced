import type { Pool, PoolClient } from 'pg';
import type { Checkpoint } from './checkpoint.js';

/**
 * What a relay says of itself: every event up to `position` lies below these offsets. `offsets` holds, for each topic, the
 * next offset of each of its partitions.
 */
export interface RelayCheckpoint {
  readonly position: bigint;
  readonly offsets: Readonly<Record<string, readonly bigint[]>>;
}

export const RELAY_CHECKPOINT_TABLE = `create table relay_checkpoint (
  position bigint primary key,
  offsets jsonb not null
)`;

/** Checkpoints kept that are not reached yet. Any of them may be missing: the newest says most, the others say it earlier. */
const KEPT_AHEAD = 256;

/** Notes a relay's checkpoint, inside the transaction of whoever follows them; drops what it makes superfluous. */
export async function insertRelayCheckpoint(
  client: PoolClient,
  schema: string,
  { position, offsets }: RelayCheckpoint,
): Promise<void> {
  const texts = Object.fromEntries(Object.entries(offsets).map(([topic, each]) => [topic, each.map(String)]));
  // Of two checkpoints for one position both are true; the one that is there may be reached already.
  await client.query(`insert into ${schema}.relay_checkpoint values ($1, $2) on conflict do nothing`, [
    ...[position, JSON.stringify(texts)],
  ]);
  await client.query(`delete from ${schema}.relay_checkpoint where position < ($1)`, [
    (await reached(client, schema)) ?? -1n,
  ]);
  await client.query(
    `delete from ${schema}.relay_checkpoint where position in (
       select position from (
         select position, row_number() over (order by position) as place, count(*) over () as total
         from ${schema}.relay_checkpoint
       ) as kept
       where total > ${KEPT_AHEAD} and place % 2 = 0 and place < total)`,
  );
}

/**
 * The greatest relay checkpoint all of whose events are applied. A partition has them all when it is applied up to the
 * offset named, or when it holds an event of that position or a later one: positions only grow along a partition.
 */
async function reached(database: Pool | PoolClient, schema: string): Promise<bigint | undefined> {
  const { rows } = await database.query<{ position: bigint }>(
    `select position from ${schema}.relay_checkpoint as relayed
     where not exists (
       select 1 from jsonb_each(relayed.offsets) as topics (topic, list)
       cross join jsonb_array_elements_text(topics.list) with ordinality as wanted (next_offset, place)
       left join ${schema}.kafka_partition as applied
         on applied.topic = topics.topic and applied.partition = wanted.place - 1
       where wanted.next_offset::bigint > 0
         and coalesce(applied.next_offset < wanted.next_offset::bigint and applied.last_position < relayed.position, true))
     order by position desc limit 1`,
  );
  return rows[0]?.position;
}

/** How far a read side over Kafka shows the log without a gap: what `atLeast=` waits for. */
export async function readPartitionedCheckpoint(database: Pool | PoolClient, schema: string): Promise<Checkpoint> {
  const { rows } = await database.query<{ events: bigint }>(
    `select coalesce(sum(events), 0)::bigint as events from ${schema}.kafka_partition`,
  );
  return { position: (await reached(database, schema)) ?? -1n, events: rows[0]?.events ?? 0n };
}
