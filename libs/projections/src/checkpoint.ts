import type { Pool, PoolClient } from 'pg';
import { inTransaction } from './transaction.js';

/** How far the log is applied: the last position (-1 before the first event) and how many events that were. */
export interface Checkpoint {
  readonly position: bigint;
  readonly events: bigint;
}

/** Another writer advanced or replaced the tables. What was folded for the old state must be folded anew. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
}

export async function readCheckpoint(database: Pool | PoolClient, schema: string): Promise<Checkpoint> {
  const found = await database.query<{ position: bigint; events: bigint }>(
    `select position, events from ${schema}.checkpoint`,
  );
  return found.rows[0] as Checkpoint;
}

/**
 * The lock that every writer of a schema's tables holds. It is taken before any table is touched, by the schema's name,
 * so that a swap (which holds it too) happens between two batches and never inside one.
 */
export function writerLock(schema: string): string {
  return `hashtextextended('provident.writer.${schema}', 0)`;
}

/**
 * Writes one batch and its checkpoint in a transaction of their own. Throws `CheckpointMoved`, having written nothing,
 * when the tables do not stand where the batch was folded for.
 *
 * The commit does not wait for the disk: should the machine die, the last batches are missing together with their
 * checkpoint, and are projected again from the log, which is the truth.
 */
export async function writeBatch(
  pool: Pool,
  schema: string,
  step: { readonly from: Checkpoint; readonly to: Checkpoint },
  flush: (client: PoolClient) => Promise<void>,
): Promise<void> {
  const begin = `begin; set local synchronous_commit = off; set local search_path = ${schema};
    select pg_advisory_xact_lock(${writerLock(schema)})`;
  await inTransaction(
    pool,
    async (client) => {
      const current = await readCheckpoint(client, schema);
      if (current.position !== step.from.position || current.events !== step.from.events) {
        throw new CheckpointMoved(`at ${current.position}, expected ${step.from.position}`);
      }
      await flush(client);
      await client.query('update checkpoint set position = $1, events = $2', [step.to.position, step.to.events]);
    },
    begin,
  );
}
