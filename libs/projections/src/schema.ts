import { DomainError } from '@provident/kernel';
import type { Pool, PoolClient } from 'pg';
import { DEAD_LETTER_TABLE } from './dead-letter.js';
import { KAFKA_PARTITION_TABLE } from './partition-progress.js';
import { type Projection, fingerprint, needsLogOrder } from './projection.js';
import { RELAY_CHECKPOINT_TABLE } from './relay-progress.js';
import { createStatements, indexStatements, makeDurable } from './table.js';
import { inTransaction } from './transaction.js';

/** How the tables that are there compare with the projections of this program. */
export type SchemaState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'current' }
  | { readonly kind: 'outdated'; readonly projections: readonly string[] };

const PROJECTION_TABLE = `create table projection (
  name text collate "C" primary key,
  version integer not null,
  fingerprint text not null
)`;

/** `checkpoint` has one row: how far the log is applied. */
const CHECKPOINT_TABLE = [
  `create table checkpoint (
     id smallint primary key default 1 check (id = 1),
     position bigint not null,
     events bigint not null
   )`,
  `insert into checkpoint (position, events) values (-1, 0)`,
];

/** The engine's own tables. What feeds the tables is told by them: only one fed by Kafka has `kafka_partition`. */
function engineTables(projections: readonly Projection[], feed: Feed): readonly string[] {
  if (feed === 'log') return [PROJECTION_TABLE, ...CHECKPOINT_TABLE];
  const ordered = projections.some(needsLogOrder) ? CHECKPOINT_TABLE : [];
  return [PROJECTION_TABLE, KAFKA_PARTITION_TABLE, RELAY_CHECKPOINT_TABLE, DEAD_LETTER_TABLE, ...ordered];
}

/** What brings events to the tables: the log, read by one process in its order, or the partitions of Kafka. */
export type Feed = 'log' | 'kafka';

/** Creates the schema with every table of the projections, empty: ready for use, or for a bulk load. */
export async function createSchema(
  pool: Pool,
  schema: string,
  projections: readonly Projection[],
  purpose: 'for-use' | 'for-bulk-load',
  feed: Feed = 'log',
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(`create schema ${schema}`);
    await client.query(`set local search_path = ${schema}`);
    for (const statement of engineTables(projections, feed)) await client.query(statement);
    for (const projection of projections) {
      await client.query('insert into projection values ($1, $2, $3)', [
        projection.name,
        projection.version,
        fingerprint(projection),
      ]);
      for (const table of projection.tables) {
        const statements =
          purpose === 'for-use'
            ? [...createStatements(table), ...indexStatements(table)]
            : createStatements(table, 'unlogged');
        for (const statement of statements) await client.query(statement);
      }
      for (const view of projection.views ?? []) await client.query(view);
    }
  });
}

/** Tables that are finished at the same time after a bulk load; each takes a processor of the server. */
const FINISHED_AT_ONCE = 2;

/** Makes a schema ready for use after its bulk load: durable, with its indexes. */
export async function finishBulkLoad(pool: Pool, schema: string, projections: readonly Projection[]): Promise<void> {
  const waiting = projections.flatMap((each) => each.tables);
  const finish = async (): Promise<void> => {
    for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) {
      const statements = [makeDurable(table), ...indexStatements(table)];
      await inTransaction(pool, async (client) => {
        await client.query(`set local search_path = ${schema}`);
        for (const statement of statements) await client.query(statement);
      });
    }
  };
  await Promise.all(Array.from({ length: FINISHED_AT_ONCE }, finish));
}

export async function inspectSchema(
  pool: Pool,
  schema: string,
  projections: readonly Projection[],
  expected: Feed = 'log',
): Promise<SchemaState> {
  if (!(await expectFeed(pool, schema, expected))) return { kind: 'absent' };
  const stored = await pool.query<{ name: string; fingerprint: string }>(
    `select name, fingerprint from ${schema}.projection`,
  );
  const known = new Map(stored.rows.map((row) => [row.name, row.fingerprint]));
  const changed = projections.filter((each) => known.get(each.name) !== fingerprint(each)).map((each) => each.name);
  const wanted = new Set(projections.map((each) => each.name));
  const superfluous = [...known.keys()].filter((name) => !wanted.has(name));
  const differing = [...changed, ...superfluous].sort();
  return differing.length === 0 ? { kind: 'current' } : { kind: 'outdated', projections: differing };
}

/**
 * Makes the tables where there are none. Throws `rebuild-required` when they were made by other versions of the
 * projections, `read-side-feed` when something else feeds them.
 */
export async function prepareSchema(
  pool: Pool,
  schema: string,
  projections: readonly Projection[],
  feed: Feed = 'log',
): Promise<void> {
  const found = await inspectSchema(pool, schema, projections, feed);
  if (found.kind === 'outdated') throw rebuildRequired(found.projections, feed);
  if (found.kind === 'current') return;
  await createSchema(pool, schema, projections, 'for-use', feed).catch((error: unknown) => {
    // Another process has just made it; its transaction is complete, or ours would still wait for it.
    if (!['42P06', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  });
}

/** What feeds the tables of a schema; `undefined` where there are none. */
export async function feedOf(database: Pool | PoolClient, schema: string): Promise<Feed | undefined> {
  const { rows } = await database.query<{ made: boolean; kafka: boolean }>(
    'select to_regclass($1) is not null as made, to_regclass($2) is not null as kafka',
    [`${schema}.projection`, `${schema}.kafka_partition`],
  );
  if (rows[0]?.made !== true) return undefined;
  return rows[0].kafka ? 'kafka' : 'log';
}

/** Whether the tables are there. Throws `read-side-feed` when something else feeds them. */
export async function expectFeed(pool: Pool, schema: string, expected: Feed): Promise<boolean> {
  const feed = await feedOf(pool, schema);
  if (feed !== undefined && feed !== expected) throw fedOtherwise(schema, feed, expected);
  return feed !== undefined;
}

function fedOtherwise(schema: string, found: Feed, expected: Feed): DomainError {
  const names = { log: 'the event store itself', kafka: 'Kafka' };
  return new DomainError(
    'read-side-feed',
    `The tables of the schema ${schema} are fed by ${names[found]}; this program would feed them from ${names[expected]}.`,
    'A read side has one way in: two would each know only half of what is applied.',
    `Run the program that belongs to it, or give each its own database (DATABASE_URL). To change over, drop the schema ${schema}; it is built again from the log.`,
    { schema, found, expected },
  );
}

/** The tables were made by other versions of these projections. */
export function rebuildRequired(projections: readonly string[], feed: Feed = 'log'): DomainError {
  return new DomainError(
    'rebuild-required',
    `The read side was built by another version of: ${projections.join(', ')}.`,
    'Tables are never altered in place; a changed projection is rebuilt from the log beside the live one.',
    feed === 'log'
      ? 'Run the rebuild, then start again.'
      : 'Stop the projectors of the other version, rebuild from Kafka, then start again.',
    { projections: projections.join(',') },
  );
}
