import { invariant } from '@provident/kernel';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { arrayLiteral, copyLine } from './encoding.js';
import type { Writer } from './projection.js';
import type { Cell, TableDefinition } from './table.js';

interface Copy {
  readonly statement: string;
  readonly text: string;
}
interface Statement {
  readonly statement: string;
  readonly values: readonly unknown[];
}

/** The writer that the engine hands to projections: it records, then sends everything over one connection. */
export class BatchWriter implements Writer {
  private readonly work: (Copy | Statement)[] = [];

  append(table: TableDefinition, rows: Iterable<readonly Cell[]>): void {
    invariant(table.kind === 'append', `${table.name} is not an append table`);
    let text = '';
    for (const row of rows) text += copyLine(row);
    if (text === '') return;
    this.work.push({ statement: `copy ${table.name} (${Object.keys(table.columns).join(', ')}) from stdin`, text });
  }

  merge(table: TableDefinition, rows: Iterable<readonly Cell[]>): void {
    invariant(table.kind === 'merge', `${table.name} is not a merge table`);
    const columns = Object.entries(table.columns);
    const cells: Cell[][] = columns.map(() => []);
    let count = 0;
    for (const row of rows) {
      for (let i = 0; i < columns.length; i += 1) (cells[i] as Cell[]).push(row[i] as Cell);
      count += 1;
    }
    if (count === 0) return;
    const values = columns.map(([, column], i) => arrayLiteral(column.type, cells[i] as Cell[]));
    this.work.push({ statement: mergeStatement(table), values });
  }

  run(statement: string, values: readonly unknown[]): void {
    this.work.push({ statement, values });
  }

  /** Sends everything, in order, inside the caller's transaction. Throws the first failure. */
  async flush(client: PoolClient): Promise<void> {
    for (const each of this.work) await send(client, each);
  }
}

function send(client: PoolClient, work: Copy | Statement): Promise<unknown> {
  if ('values' in work) return client.query(work.statement, [...work.values]);
  return new Promise<void>((resolve, reject) => {
    const stream = client.query(copyFrom(work.statement));
    stream.once('error', reject);
    stream.once('finish', resolve);
    stream.end(work.text);
  });
}

const statements = new WeakMap<TableDefinition, string>();

function mergeStatement(table: TableDefinition): string {
  let statement = statements.get(table);
  if (statement === undefined) {
    const columns = Object.entries(table.columns);
    const arrays = columns.map(([, column], i) => `$${i + 1}::${column.type}[]`);
    const changes = columns.flatMap(([name, { merge }]) => {
      if (merge === 'add') return [`${name} = ${table.name}.${name} + excluded.${name}`];
      if (merge === 'latest') return [`${name} = coalesce(excluded.${name}, ${table.name}.${name})`];
      return [];
    });
    const names = columns.map(([name]) => name).join(', ');
    statement =
      `insert into ${table.name} (${names}) select * from unnest(${arrays.join(', ')}) ` +
      `on conflict (${table.key.join(', ')}) do ${changes.length === 0 ? 'nothing' : `update set ${changes.join(', ')}`}`;
    statements.set(table, statement);
  }
  return statement;
}
