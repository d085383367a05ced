import type { RowOf, TableDefinition } from '@provident/projections';

/*
 * What late fees (滞纳金) and fines (罚款) come from: one row per fact, as the other tables of the statistics.
 */

/** Money set against dues that may have come too late, by the day on which it came: whether it did, its month's due date says. */
export const latePartTable = {
  name: 'late_part',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    line: { type: 'smallint' },
    employer: { type: 'text' },
    month: { type: 'text' },
    scheme: { type: 'text' },
    principal_fen: { type: 'bigint' },
    paid_on: { type: 'date' },
    effective_date: { type: 'date' },
  },
  key: ['position', 'line'],
} as const satisfies TableDefinition;

export const lateFeeTable = {
  name: 'late_fee',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    fee_id: { type: 'uuid' },
    employer: { type: 'text' },
    month: { type: 'text' },
    scheme: { type: 'text' },
    paid_on: { type: 'date' },
    fee_fen: { type: 'bigint' },
    effective_date: { type: 'date' },
  },
  key: ['position'],
} as const satisfies TableDefinition;

/** Money set against charged late fees. */
export const lateFeePayment = {
  name: 'late_fee_payment',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    line: { type: 'smallint' },
    fee_id: { type: 'uuid' },
    employer: { type: 'text' },
    amount_fen: { type: 'bigint' },
    effective_date: { type: 'date' },
  },
  key: ['position', 'line'],
} as const satisfies TableDefinition;

/** What a fine adds to what is owed: its amount; less a payment; nothing, once it is revoked. */
export const fineTable = {
  name: 'fine',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    fine_id: { type: 'uuid' },
    employer: { type: 'text' },
    amount_fen: { type: 'bigint' },
    is_revocation: { type: 'boolean' },
    effective_date: { type: 'date' },
  },
  key: ['position'],
} as const satisfies TableDefinition;

export const LATE_FEE_TABLES = [latePartTable, lateFeeTable, lateFeePayment, fineTable];

export interface LateFeesDatabase {
  readonly late_part: RowOf<typeof latePartTable>;
  readonly late_fee: RowOf<typeof lateFeeTable>;
  readonly late_fee_payment: RowOf<typeof lateFeePayment>;
  readonly fine: RowOf<typeof fineTable>;
}
