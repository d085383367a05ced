import { invariant } from '@provident/kernel';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { copyLine } from './encoding.js';
import type { DrainOrder, Merges, Statement } from './merges.js';
import type { Writer } from './projection.js';
import type { Cell, TableDefinition } from './table.js';

/** The writer that the engine hands to projections: it records, then sends everything over one connection. */
export class BatchWriter implements Writer {
  /** Rows to append, already in COPY's format: texts live shorter than objects and cost the collector less. */
  private readonly lines = new Map<TableDefinition, string[]>();
  private upserts: readonly Statement[] = [];

  constructor(private readonly merges: Merges) {}

  append(table: TableDefinition, row: readonly Cell[]): void {
    let lines = this.lines.get(table);
    if (lines === undefined) {
      invariant(table.kind === 'append', `${table.name} is not an append table`);
      lines = [];
      this.lines.set(table, lines);
    }
    lines.push(copyLine(row));
  }

  merge(table: TableDefinition, row: Cell[]): void {
    this.merges.add(table, row);
  }

  /** Takes what is to be merged into this batch; in key order where several write the same tables side by side. */
  takeMerges(order: DrainOrder = 'as they came'): void {
    this.upserts = this.merges.drain(order);
  }

  /** Sends everything inside the caller's transaction. Throws the first failure. */
  async flush(client: PoolClient): Promise<void> {
    for (const [table, lines] of this.lines) await copy(client, table, lines);
    for (const { text, values } of this.upserts) await client.query(text, [...values]);
  }
}

function copy(client: PoolClient, table: TableDefinition, lines: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = client.query(copyFrom(`copy ${table.name} (${Object.keys(table.columns).join(', ')}) from stdin`));
    stream.once('error', reject);
    stream.once('finish', resolve);
    stream.end(`${lines.join('\n')}\n`);
  });
}
