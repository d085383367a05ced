import { createHash } from 'node:crypto';
import type { RecordedEvent } from '@provident/kernel';
import type { Cell, TableDefinition } from './table.js';
import { createStatements, indexStatements } from './table.js';

/**
 * Takes down what a batch of events changes. Nothing is sent yet and nothing can be read: the engine writes it all in one
 * transaction with the checkpoint, so a projection's rows follow from the log alone.
 */
export interface Writer {
  /** Adds rows to an append table, cells in the order of its columns. */
  append(table: TableDefinition, rows: Iterable<readonly Cell[]>): void;
  /** Merges rows into a merge table as its columns say. A key may stand only once among the rows. */
  merge(table: TableDefinition, rows: Iterable<readonly Cell[]>): void;
  /** Any other set-based statement, with $1, $2 … for its values. */
  run(statement: string, values: readonly unknown[]): void;
}

/**
 * Events to tables. `apply` folds a batch in memory and hands set-based writes to the writer. What it writes must not
 * depend on where one batch ends and the next begins: a rebuild cuts the log differently.
 */
export interface Projection {
  readonly name: string;
  /** Raised whenever the same log would give other rows. A change of tables is noticed by itself. */
  readonly version: number;
  readonly tables: readonly TableDefinition[];
  apply(batch: readonly RecordedEvent[], sql: Writer): Promise<void> | void;
}

/** Changes whenever the projection's rows or tables would: its version and the statements that make its tables. */
export function fingerprint(projection: Projection): string {
  const statements = projection.tables.flatMap((table) => [...createStatements(table), ...indexStatements(table)]);
  return createHash('sha256')
    .update(JSON.stringify([projection.version, statements]))
    .digest('hex');
}
