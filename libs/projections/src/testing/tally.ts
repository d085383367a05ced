import type { RecordedEvent } from '@provident/kernel';
import type { Projection, Writer } from '../projection.js';
import type { TableDefinition } from '../table.js';

/** The smallest projection with one table of each kind: every entry, and the sum per name. */
export const entry = {
  name: 'entry',
  kind: 'append',
  columns: { position: { type: 'bigint' }, name: { type: 'text' }, amount: { type: 'bigint' } },
  key: ['position'],
  indexes: [{ name: 'entry_by_name', columns: ['name', 'position'] }],
} as const satisfies TableDefinition;

export const total = {
  name: 'total',
  kind: 'merge',
  columns: {
    name: { type: 'text' },
    amount: { type: 'bigint', merge: 'add' },
    last_note: { type: 'text', nullable: true, merge: 'latest' },
  },
  key: ['name'],
} as const satisfies TableDefinition;

export interface Counted {
  readonly name: string;
  readonly amount: number;
  readonly note?: string;
}

export function tally(version = 1): Projection {
  return { name: 'tally', version, tables: [entry, total], apply };
}

function apply(batch: readonly RecordedEvent[], sql: Writer): void {
  for (const event of batch) {
    if (event.type === 'Poison') throw new Error('cannot be folded');
    const { name, amount, note } = event.data as Counted;
    sql.append(entry, [event.position, name, amount]);
    sql.merge(total, [name, Math.trunc(amount), note ?? null]);
  }
}
