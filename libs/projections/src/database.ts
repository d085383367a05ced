import { Kysely, PostgresDialect } from 'kysely';
import { Pool, type PoolConfig, types } from 'pg';
import { startEmbeddedPostgres } from './embedded-postgres.js';

/** Schema that holds the read side's tables; a rebuild works in its neighbours and swaps. */
export const LIVE_SCHEMA = 'provident';

export interface DatabaseOptions {
  /** A PostgreSQL server of your own; the embedded one when absent. */
  readonly url?: string | undefined;
  /** Where the embedded server keeps its data. */
  readonly folder: string;
  /** Most connections of this process; 10 when absent. */
  readonly connections?: number;
}

/** The read side's database: its address, and how to close what was opened for it. */
export interface ReadDatabase {
  readonly url: string;
  readonly embedded: boolean;
  readonly pool: Pool;
  close(): Promise<void>;
}

/** Opens the configured database, starting the embedded server where no address is given. */
export async function openReadDatabase(options: DatabaseOptions): Promise<ReadDatabase> {
  const server = options.url === undefined ? await startEmbeddedPostgres(options.folder) : undefined;
  const url = options.url ?? server?.url ?? '';
  const pool = createPool(url, LIVE_SCHEMA, options.connections ?? 10);
  return {
    url,
    embedded: server !== undefined,
    pool,
    async close() {
      await pool.end();
      await server?.stop();
    },
  };
}

/** Connections whose unqualified table names mean this schema. */
export function createPool(url: string, schema: string, max: number): Pool {
  return poolWith(url, max, `-c search_path=${schema}`);
}

/** The same for who must change nothing: the server refuses every write. Nothing but the right to read is needed. */
export function createReadOnlyPool(url: string, schema: string, max: number): Pool {
  return poolWith(url, max, `-c search_path=${schema} -c default_transaction_read_only=on`);
}

function poolWith(url: string, max: number, settings: string): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    types: typeParsers,
    options: `${settings} -c timezone=UTC -c datestyle=ISO,YMD`,
  });
  // A broken connection shows at its next use; without listeners, for idle and for lent ones, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A typed query builder over a pool. Closing the pool is the pool owner's business, not Kysely's. */
export function queryBuilder<Database>(pool: Pool): Kysely<Database> {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

type TypeId = Parameters<typeof types.getTypeParser>[0];
type Parser = (text: string) => unknown;

/** bigint (fen, positions) as BigInt, dates as texts; everything else as pg reads it. */
const PARSERS = new Map<TypeId, Parser>([
  [types.builtins.INT8, BigInt],
  [types.builtins.DATE, (text) => text],
]);

const typeParsers: NonNullable<PoolConfig['types']> = {
  getTypeParser: (oid: TypeId, format?: 'text' | 'binary'): Parser =>
    (format === 'binary' ? undefined : PARSERS.get(oid)) ?? (types.getTypeParser(oid, format) as Parser),
};
