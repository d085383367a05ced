import type { Pool, PoolClient } from 'pg';
import { type Checkpoint, readCheckpoint } from './checkpoint.js';
import { readPartitionedCheckpoint } from './relay-progress.js';
import { feedOf } from './schema.js';

/**
 * The position up to which the tables show the whole log, whatever feeds them; -1 while there are no tables. This is what
 * `atLeast=` waits for.
 */
export async function appliedUpTo(database: Pool | PoolClient, schema: string): Promise<Checkpoint> {
  const feed = await feedOf(database, schema);
  if (feed === undefined) return { position: -1n, events: 0n };
  if (feed === 'log') return readCheckpoint(database, schema);
  const partitioned = await readPartitionedCheckpoint(database, schema);
  const { rows } = await database.query<{ ordered: boolean }>('select to_regclass($1) is not null as ordered', [
    `${schema}.checkpoint`,
  ]);
  if (rows[0]?.ordered !== true) return partitioned;
  // Projections that rest on the order of the whole log are applied by themselves and may be behind the others.
  const ordered = await readCheckpoint(database, schema);
  return ordered.position < partitioned.position ? { ...partitioned, position: ordered.position } : partitioned;
}
