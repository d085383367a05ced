import { invariant } from '@provident/kernel';
import { arrayLiteral } from './encoding.js';
import type { Cell, Merge, TableDefinition } from './table.js';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * The order in which merged rows are written. Transactions side by side that meet in the same rows must take them `in key
 * order`, table by table, or they would wait for each other in a circle.
 */
export type DrainOrder = 'as they came' | 'in key order';

/** How rows of a table meet, worked out once per table. */
interface Plan {
  readonly key: readonly number[];
  readonly merges: readonly (Merge | undefined)[];
  readonly statement: string;
}

/** Rows for merge tables. Those of the same key meet here in memory, so that each key goes to the database once. */
export class Merges {
  private readonly tables = new Map<TableDefinition, Map<string, Cell[]>>();
  private count = 0;

  /** How many keys are waiting. */
  get size(): number {
    return this.count;
  }

  /** Takes over the row: the caller must not use it again. */
  add(table: TableDefinition, row: Cell[]): void {
    const { key, merges } = planOf(table);
    let text = '';
    for (const place of key) text += `${row[place] as Cell}\0`;
    let rows = this.tables.get(table);
    if (rows === undefined) {
      rows = new Map();
      this.tables.set(table, rows);
    }
    const before = rows.get(text);
    if (before === undefined) {
      rows.set(text, row);
      this.count += 1;
      return;
    }
    for (let i = 0; i < row.length; i += 1) {
      const merge = merges[i];
      if (merge === 'add') before[i] = sum(before[i] as Cell, row[i] as Cell);
      else if (merge === 'latest') before[i] = row[i] ?? (before[i] as Cell);
    }
  }

  /** Hands out everything as one upsert per table, and is empty again. */
  drain(order: DrainOrder = 'as they came'): Statement[] {
    const tables = [...this.tables];
    if (order === 'in key order') tables.sort(([one], [other]) => compareTexts(one.name, other.name));
    const statements = tables.map(([table, rows]) => {
      const columns = Object.values(table.columns);
      const all = order === 'in key order' ? inKeyOrder(rows) : [...rows.values()];
      const values = columns.map(({ type }, i) =>
        arrayLiteral(
          type,
          all.map((row) => row[i] as Cell),
        ),
      );
      return { text: planOf(table).statement, values };
    });
    this.tables.clear();
    this.count = 0;
    return statements;
  }
}

function inKeyOrder(rows: ReadonlyMap<string, Cell[]>): Cell[][] {
  return [...rows].sort(([one], [other]) => compareTexts(one, other)).map(([, row]) => row);
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function sum(one: Cell, other: Cell): bigint {
  return BigInt(one as bigint | number) + BigInt(other as bigint | number);
}

const plans = new WeakMap<TableDefinition, Plan>();

function planOf(table: TableDefinition): Plan {
  const known = plans.get(table);
  if (known !== undefined) return known;
  invariant(table.kind === 'merge', `${table.name} is not a merge table`);
  const names = Object.keys(table.columns);
  const plan = {
    key: table.key.map((name) => names.indexOf(name)),
    merges: Object.values(table.columns).map((column) => column.merge),
    statement: upsert(table),
  };
  plans.set(table, plan);
  return plan;
}

function upsert(table: TableDefinition): string {
  const columns = Object.entries(table.columns);
  const arrays = columns.map(([, column], i) => `$${i + 1}::${column.type}[]`);
  const changes = columns.flatMap(([name, { merge }]) => {
    if (merge === 'add') return [`${name} = ${table.name}.${name} + excluded.${name}`];
    if (merge === 'latest') return [`${name} = coalesce(excluded.${name}, ${table.name}.${name})`];
    return [];
  });
  const names = columns.map(([name]) => name).join(', ');
  return (
    `insert into ${table.name} (${names}) select * from unnest(${arrays.join(', ')}) ` +
    `on conflict (${table.key.join(', ')}) do ${changes.length === 0 ? 'nothing' : `update set ${changes.join(', ')}`}`
  );
}
