/** Column types of projected tables. Amounts are `bigint` fen; texts sort by code point on every machine. */
export type ColumnType = 'bigint' | 'integer' | 'smallint' | 'text' | 'uuid' | 'date' | 'boolean' | 'timestamptz';

/** What a value of a column is in a row that a projection writes. */
export type Cell = string | bigint | number | boolean | null;

/**
 * What happens to the column where a row of the same key is already there: `add` sums, `latest` takes the new value
 * unless that is null, `first` keeps what is there (the default).
 */
export type Merge = 'add' | 'latest' | 'first';

export interface Column {
  readonly type: ColumnType;
  readonly nullable?: boolean;
  readonly merge?: Merge;
}

export interface TableIndex {
  readonly name: string;
  readonly columns: readonly string[];
  /** Further columns that the index carries so that a query need not visit the table. */
  readonly including?: readonly string[];
}

/**
 * A projected table. `kind` says how it is written: `append` by COPY, rows never meeting; `merge` by a set-based upsert.
 * `key` is the primary key and the order in which the digest reads the rows. Indexes (and the key of an append table)
 * are made after the bulk load of a rebuild.
 */
export interface TableDefinition {
  readonly name: string;
  readonly kind: 'append' | 'merge';
  readonly columns: Readonly<Record<string, Column>>;
  readonly key: readonly string[];
  readonly indexes?: readonly TableIndex[];
}

type CellOf<Type extends ColumnType> = Type extends 'bigint'
  ? bigint
  : Type extends 'integer' | 'smallint'
    ? number
    : Type extends 'boolean'
      ? boolean
      : Type extends 'timestamptz'
        ? Date
        : string;

/** A row of the table as queries read it: Kysely's table type, derived from the definition. */
export type RowOf<Table extends TableDefinition> = {
  readonly [Name in keyof Table['columns']]: Table['columns'][Name] extends { nullable: true }
    ? CellOf<Table['columns'][Name]['type']> | null
    : CellOf<Table['columns'][Name]['type']>;
};

/**
 * Statements that make the table, with what its writing needs from the start. For a bulk load it is made `unlogged`: a
 * load that is cut short starts anew anyway, so its rows need not be written twice.
 */
export function createStatements(table: TableDefinition, logging: 'logged' | 'unlogged' = 'logged'): string[] {
  const columns = Object.entries(table.columns).map(([name, column]) => {
    const collation = column.type === 'text' ? ' collate "C"' : '';
    return `${name} ${column.type}${collation}${column.nullable === true ? '' : ' not null'}`;
  });
  if (table.kind === 'merge') columns.push(`primary key (${table.key.join(', ')})`);
  // Room on each page lets an updated row stay on it, without touching the key's index.
  const storage = table.kind === 'merge' ? ' with (fillfactor = 80)' : '';
  return [`create ${logging === 'unlogged' ? 'unlogged ' : ''}table ${table.name} (${columns.join(', ')})${storage}`];
}

/** Makes a table that was loaded unlogged as durable as any other. */
export function makeDurable(table: TableDefinition): string {
  return `alter table ${table.name} set logged`;
}

/** Statements that finish the table after a bulk load. */
export function indexStatements(table: TableDefinition): string[] {
  const key = table.kind === 'append' ? [`alter table ${table.name} add primary key (${table.key.join(', ')})`] : [];
  const indexes = (table.indexes ?? []).map((index) => {
    const including = index.including === undefined ? '' : ` include (${index.including.join(', ')})`;
    return `create index ${index.name} on ${table.name} (${index.columns.join(', ')})${including}`;
  });
  return [...key, ...indexes, `analyze ${table.name}`];
}
