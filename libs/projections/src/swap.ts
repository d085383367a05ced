import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError, type PoolClient } from 'pg';

/** How often the swap tries to find the live tables without a reader, and how long it waits in between. */
const ATTEMPTS = 500;
const WAIT_MS = 10;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Puts the fresh schema in the place of the live one, which is retired. A statement that has found one of its tables and
 * not yet the next would meet both sides of the swap: so every live table is taken first, and whoever comes then finds its
 * names anew, all on the other side. A reader who holds a table for more than five seconds holds the swap up no longer.
 */
export async function swap(client: PoolClient, schema: string, fresh: string): Promise<void> {
  const found = await client.query('select 1 from pg_namespace where nspname = $1', [schema]);
  if (found.rowCount === 0) {
    await client.query(`alter schema ${fresh} rename to ${schema}`);
    return;
  }
  await beginWithoutReaders(client, schema);
  await client.query(
    `alter schema ${schema} rename to ${schema}_retired; alter schema ${fresh} rename to ${schema}; commit`,
  );
}

/** Begins a transaction that holds every table. It takes all at once or none: it waits for nobody who waits for it. */
async function beginWithoutReaders(client: PoolClient, schema: string): Promise<void> {
  const { rows } = await client.query<{ tables: string | null }>(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables from pg_tables where schemaname = $1`,
    [schema],
  );
  const tables = rows[0]?.tables ?? null;
  for (let attempt = 1; ; attempt += 1) {
    await client.query('begin');
    if (tables === null || attempt > ATTEMPTS) return;
    try {
      await client.query(`lock table ${tables} in access exclusive mode nowait`);
      return;
    } catch (error) {
      await client.query('rollback');
      if (!(error instanceof DatabaseError) || error.code !== LOCK_NOT_AVAILABLE) throw error;
    }
    await sleep(WAIT_MS);
  }
}
