import { createHash } from 'node:crypto';
import { invariant } from '@provident/kernel';
import type { Pool, PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type Checkpoint, readCheckpoint } from './checkpoint.js';
import { LIVE_SCHEMA } from './database.js';
import type { Projection } from './projection.js';
import { feedOf } from './schema.js';
import type { TableDefinition } from './table.js';
import { SNAPSHOT, inTransaction } from './transaction.js';

/** SHA-256 of a table's rows in key order, in the text format of COPY: the same wherever the same rows are. */
export interface TableDigest {
  readonly table: string;
  readonly rows: number;
  readonly sha256: string;
}

/** The digests of all tables, and the place in the log that they belong to. */
export interface SchemaDigest extends Checkpoint {
  readonly tables: readonly TableDigest[];
}

/** Digests of a schema, from one consistent view. The rows stream through: memory does not grow with the tables. */
export function digest(
  pool: Pool,
  projections: readonly Projection[],
  options: { readonly schema?: string; readonly onTable?: (table: TableDigest) => void } = {},
): Promise<SchemaDigest> {
  const { schema = LIVE_SCHEMA, onTable } = options;
  return inTransaction(pool, (client) => digestWithin(client, projections, schema, onTable), SNAPSHOT);
}

/** The same inside a transaction of the caller's, which should be a snapshot. */
export async function digestWithin(
  client: PoolClient,
  projections: readonly Projection[],
  schema: string,
  onTable: (table: TableDigest) => void = () => undefined,
): Promise<SchemaDigest> {
  const checkpoint = await checkpointOf(client, schema);
  const tables: TableDigest[] = [];
  for (const table of projections.flatMap((each) => each.tables)) {
    const digested = await digestTable(client, schema, table);
    tables.push(digested);
    onTable(digested);
  }
  return { ...checkpoint, tables };
}

/**
 * Where the tables stand. Those fed by Kafka stand at one place of the log only while nothing is under way: then it is
 * that of the last event.
 */
async function checkpointOf(client: PoolClient, schema: string): Promise<Checkpoint> {
  if ((await feedOf(client, schema)) !== 'kafka') return readCheckpoint(client, schema);
  const { rows } = await client.query<Checkpoint>(
    `select coalesce(max(last_position), -1) as position, coalesce(sum(events), 0)::bigint as events
     from ${schema}.kafka_partition`,
  );
  return rows[0] as Checkpoint;
}

/** Tables whose rows differ, by name; empty when both read sides are the same. Both must stand at the same position. */
export function compare(live: SchemaDigest, rebuilt: SchemaDigest): string[] {
  invariant(
    live.position === rebuilt.position,
    `digests of positions ${live.position} and ${rebuilt.position} cannot be compared`,
  );
  const other = new Map(rebuilt.tables.map((table) => [table.table, table.sha256]));
  const differing = live.tables.filter((table) => other.get(table.table) !== table.sha256).map((table) => table.table);
  if (live.events !== rebuilt.events) differing.push('checkpoint');
  return differing;
}

async function digestTable(client: PoolClient, schema: string, table: TableDefinition): Promise<TableDigest> {
  const columns = Object.keys(table.columns).join(', ');
  const rows = client.query(
    copyTo(`copy (select ${columns} from ${schema}.${table.name} order by ${table.key.join(', ')}) to stdout`),
  );
  const hash = createHash('sha256');
  let count = 0;
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    hash.update(chunk);
    // A line break inside a value is escaped, so every one ends a row.
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count += 1;
  }
  return { table: table.name, rows: count, sha256: hash.digest('hex') };
}
