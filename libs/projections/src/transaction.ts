import type { Pool, PoolClient } from 'pg';

/** Runs the work in one transaction: all of it or nothing. A connection that cannot even roll back is thrown away. */
export async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  begin = 'begin',
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: unknown) => (broken = failure as Error));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** One consistent view over several queries: all of them see the same checkpoint. */
export const SNAPSHOT = 'begin isolation level repeatable read read only';

/** Whether the failure is the database's condition (gone, full, restarting) rather than a fault of what was asked. */
export function isPassing(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  if (code !== undefined) {
    // SQLSTATE classes: 08 connection, 40 rollback, 53 resources, 57P intervention; and the socket's own errors.
    return /^(08|40|53|57P)/.test(code) || /^E(CONN|PIPE|NOENT|HOST|TIMEDOUT|AI_)/.test(code);
  }
  // The driver's own errors have no code: a connection that broke under a query, or had broken before it.
  return /connection terminated|not queryable|timeout exceeded when trying to connect/i.test(message ?? '');
}
