import { createHash } from 'node:crypto';
import type { RecordedEvent } from '@provident/kernel';
import type { Cell, TableDefinition } from './table.js';
import { createStatements, indexStatements } from './table.js';

/**
 * Takes down what a batch of events changes. Nothing is sent yet and nothing can be read: the engine writes it all in one
 * transaction with the checkpoint, so a projection's rows follow from the log alone.
 */
export interface Writer {
  /** Adds a row to an append table, cells in the order of its columns. */
  append(table: TableDefinition, row: readonly Cell[]): void;
  /** Merges a row into a merge table as its columns say. The row belongs to the writer from then on. */
  merge(table: TableDefinition, row: Cell[]): void;
}

/**
 * At what cannot be applied: `stop` lets nothing pass behind it; `dead-letter` lays it aside with the reason, to be
 * repaired, and goes on, which is right only where it may also be applied later than what follows it.
 */
export type PoisonPolicy = 'stop' | 'dead-letter';

/**
 * Events to tables. `apply` hands rows to the writer, which gathers them into set-based writes. What it writes must not
 * depend on where one batch ends and the next begins: a rebuild cuts the log differently.
 */
export interface Projection {
  readonly name: string;
  /** Raised whenever the same log would give other rows. A change of tables is noticed by itself. */
  readonly version: number;
  readonly tables: readonly TableDefinition[];
  /** Views over the tables, as `create view` statements, in an order in which they can be made. */
  readonly views?: readonly string[];
  /**
   * Which order its rows rest on: `stream` (the default) that of each stream's events, so that streams may be applied in
   * any mixture, side by side; `log` that of the whole log, which one process alone can then apply.
   */
  readonly order?: 'stream' | 'log';
  /** What happens at an event that it cannot take, for all types or by type; `stop` when absent. */
  readonly poison?: PoisonPolicy | ((eventType: string) => PoisonPolicy);
  apply(batch: readonly RecordedEvent[], sql: Writer): Promise<void> | void;
}

/** Changes whenever the projection's rows or tables would: its version and the statements that make its tables. */
export function fingerprint(projection: Projection): string {
  const statements = projection.tables.flatMap((table) => [...createStatements(table), ...indexStatements(table)]);
  return createHash('sha256')
    .update(JSON.stringify([projection.version, statements, projection.views ?? []]))
    .digest('hex');
}

export function poisonPolicyOf({ poison = 'stop' }: Projection, eventType: string): PoisonPolicy {
  return typeof poison === 'function' ? poison(eventType) : poison;
}

export function needsLogOrder({ order = 'stream' }: Projection): boolean {
  return order === 'log';
}
