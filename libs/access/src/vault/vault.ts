import { BrokenInvariant } from '@provident/kernel';
import { createPool } from '@provident/projections/database';
import { inTransaction } from '@provident/projections/transaction';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { LIMITS } from '../limits.js';
import { MIGRATIONS } from './migrations.js';

/** Schema of what must outlive every rebuild of the read side: keys, sign-in, and the record of who read what. */
export const VAULT_SCHEMA = 'vault';

/** The durable store of secrets: PostgreSQL, in a schema of its own that no rebuild touches. */
export class Vault {
  private constructor(private readonly pool: Pool) {}

  /** Opens the vault and brings its tables to the present form. `url` is a `postgres://` address. */
  static async open(url: string, connections: number = LIMITS.vaultConnections): Promise<Vault> {
    const pool = createPool(url, VAULT_SCHEMA, connections);
    try {
      await migrate(pool);
    } catch (error) {
      await pool.end();
      throw error;
    }
    return new Vault(pool);
  }

  async rows<Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(sql, [...values])).rows;
  }

  /** The row that a statement gives, or `undefined`. */
  async row<Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<Row | undefined> {
    return (await this.rows<Row>(sql, values))[0];
  }

  /** Carries out a statement; answers how many rows it touched. */
  async run(sql: string, values: readonly unknown[] = []): Promise<number> {
    return (await this.pool.query(sql, [...values])).rowCount ?? 0;
  }

  transaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    return inTransaction(this.pool, work);
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}

/** Several processes may start at once: one migrates, the others wait for it. */
async function migrate(pool: Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtextextended('provident.vault', 0))`);
    await client.query(`create schema if not exists ${VAULT_SCHEMA}`);
    await client.query(`create table if not exists migration (
      number integer primary key, name text not null, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<{ number: number }>('select number from migration');
    const applied = new Set(rows.map(({ number }) => number));
    const newest = Math.max(...MIGRATIONS.map(({ number }) => number));
    const unknown = [...applied].find((number) => number > newest);
    if (unknown !== undefined) {
      throw new BrokenInvariant(`The vault has migration ${unknown}; this program knows up to ${newest}. Upgrade it.`);
    }
    for (const { number, name, statements } of MIGRATIONS) {
      if (applied.has(number)) continue;
      for (const statement of statements) await client.query(statement);
      await client.query('insert into migration (number, name) values ($1, $2)', [number, name]);
    }
  });
}
