import { DomainError } from '@provident/kernel';
import type { Pool } from 'pg';
import { type Projection, fingerprint } from './projection.js';
import { createStatements, indexStatements, makeDurable } from './table.js';
import { inTransaction } from './transaction.js';

/** How the tables that are there compare with the projections of this program. */
export type SchemaState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'current' }
  | { readonly kind: 'outdated'; readonly projections: readonly string[] };

/** The engine's own tables, one pair per schema. `checkpoint` has one row: how far the log is applied. */
const ENGINE_TABLES = [
  `create table checkpoint (
     id smallint primary key default 1 check (id = 1),
     position bigint not null,
     events bigint not null
   )`,
  `insert into checkpoint (position, events) values (-1, 0)`,
  `create table projection (
     name text collate "C" primary key,
     version integer not null,
     fingerprint text not null
   )`,
];

/** Creates the schema with every table of the projections, empty: ready for use, or for a bulk load. */
export async function createSchema(
  pool: Pool,
  schema: string,
  projections: readonly Projection[],
  purpose: 'for-use' | 'for-bulk-load',
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(`create schema ${schema}`);
    await client.query(`set local search_path = ${schema}`);
    for (const statement of ENGINE_TABLES) await client.query(statement);
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
): Promise<SchemaState> {
  const found = await pool.query<{ present: string | null }>('select to_regclass($1)::text as present', [
    `${schema}.projection`,
  ]);
  if (found.rows[0]?.present == null) return { kind: 'absent' };
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

/** The tables were made by other versions of these projections. */
export function rebuildRequired(projections: readonly string[]): DomainError {
  return new DomainError(
    'rebuild-required',
    `The read side was built by another version of: ${projections.join(', ')}.`,
    'Tables are never altered in place; a changed projection is rebuilt from the log beside the live one.',
    'Run the rebuild, then start again.',
    { projections: projections.join(',') },
  );
}
