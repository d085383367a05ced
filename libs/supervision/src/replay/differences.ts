import type { TableDefinition } from '@provident/projections';
import type { PoolClient } from 'pg';
import { cellsOf, CopiedRows } from './copied-rows.js';

/** Cells by column name, as texts. */
export type RowCells = Readonly<Record<string, string | null>>;

/**
 * A row that production has otherwise than the replay: `missing` there, `unexpected` there, or `different` in some columns.
 */
export interface RowDifference {
  readonly table: string;
  readonly kind: 'missing' | 'unexpected' | 'different';
  readonly key: RowCells;
  /** The row as the replay computed it; as production has it where it is unexpected. */
  readonly row: RowCells;
  readonly columns: readonly {
    readonly column: string;
    readonly live: string | null;
    readonly replayed: string | null;
  }[];
}

export interface TableComparison {
  readonly table: string;
  readonly differing: number;
  /** The first of them. */
  readonly differences: readonly RowDifference[];
}

/** Where a table's rows are read: a connection inside a snapshot, and the schema. */
export interface Side {
  readonly client: PoolClient;
  readonly schema: string;
}

export interface CompareOptions {
  /** Only rows up to this log position, for tables that have one. */
  readonly upTo?: bigint | undefined;
  /** Differences that are named; the rest is counted. */
  readonly most: number;
}

/** Walks through a table on both sides in key order. Memory does not grow with the table. */
export async function compareTable(
  table: TableDefinition,
  live: Side,
  replayed: Side,
  { upTo, most }: CompareOptions,
): Promise<TableComparison> {
  const names = Object.keys(table.columns);
  const query = ({ schema }: Side): string =>
    `select ${names.join(', ')} from ${schema}.${table.name}` +
    `${upTo === undefined ? '' : ` where position <= ${upTo}`} order by ${table.key.join(', ')}`;
  const [liveRows, ownRows] = [
    new CopiedRows(live.client, query(live)),
    new CopiedRows(replayed.client, query(replayed)),
  ];
  const differences: RowDifference[] = [];
  let differing = 0;
  const differ = (kind: RowDifference['kind'], liveLine: string | undefined, ownLine: string | undefined): void => {
    differing += 1;
    if (differences.length < most) differences.push(differenceOf(table, names, kind, liveLine, ownLine));
  };
  const orderOf = keyOrder(table, names);
  let [theirs, ours] = [await liveRows.next(), await ownRows.next()];
  while (theirs !== undefined || ours !== undefined) {
    const order = theirs === ours ? 0 : orderOf(theirs, ours);
    if (order < 0) differ('unexpected', theirs, undefined);
    else if (order > 0) differ('missing', undefined, ours);
    else if (theirs !== ours) differ('different', theirs, ours);
    if (order <= 0) theirs = await liveRows.next();
    if (order >= 0) ours = await ownRows.next();
  }
  return { table: table.name, differing, differences };
}

/** Which of two rows comes first, as PostgreSQL orders them; a side that has ended comes last. */
function keyOrder(table: TableDefinition, names: readonly string[]) {
  const keys = table.key.map((name) => ({ place: names.indexOf(name), type: table.columns[name]?.type }));
  return (one: string | undefined, other: string | undefined): number => {
    if (one === undefined) return 1;
    if (other === undefined) return -1;
    const [cells, others] = [cellsOf(one), cellsOf(other)];
    for (const { place, type } of keys) {
      const [cell, against] = [cells[place] ?? '', others[place] ?? ''];
      if (cell === against) continue;
      if (type === 'bigint' || type === 'integer' || type === 'smallint')
        return BigInt(cell) < BigInt(against) ? -1 : 1;
      // Texts are ordered by code point there (collation "C"), which is the order of their bytes.
      return Buffer.compare(Buffer.from(cell), Buffer.from(against));
    }
    return 0;
  };
}

function differenceOf(
  table: TableDefinition,
  names: readonly string[],
  kind: RowDifference['kind'],
  liveLine: string | undefined,
  ownLine: string | undefined,
): RowDifference {
  const cells = (line: string | undefined): RowCells | undefined => {
    if (line === undefined) return undefined;
    const values = cellsOf(line);
    return Object.fromEntries(names.map((name, place) => [name, values[place] ?? null]));
  };
  const [live, own] = [cells(liveLine), cells(ownLine)];
  const row = own ?? live ?? {};
  const columns =
    live === undefined || own === undefined
      ? []
      : names
          .filter((name) => live[name] !== own[name])
          .map((column) => ({ column, live: live[column] ?? null, replayed: own[column] ?? null }));
  const key = Object.fromEntries(table.key.map((name) => [name, row[name] ?? null]));
  return { table: table.name, kind, key, row, columns };
}
