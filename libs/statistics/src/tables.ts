import type { RowOf, TableDefinition } from '@provident/projections';
import type { LateFeesDatabase } from './late-fees/tables.js';

/*
 * The facts that statistics count: one row per fact, never changed, each with the position at which it became known. A
 * correction is a fact of its own. People appear by their id alone: no name, no citizen number, no wage.
 */

export const employerTable = {
  name: 'employer',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    credit_code: { type: 'text' },
    name: { type: 'text' },
    registered_on: { type: 'date' },
  },
  key: ['position'],
} as const satisfies TableDefinition;

/** What an employer is called now. */
export const employerName = {
  name: 'employer_name',
  kind: 'merge',
  columns: { credit_code: { type: 'text' }, name: { type: 'text', merge: 'latest' } },
  key: ['credit_code'],
} as const satisfies TableDefinition;

export const personTable = {
  name: 'person',
  kind: 'append',
  columns: { position: { type: 'bigint' }, person_id: { type: 'uuid' }, effective_date: { type: 'date' } },
  key: ['position'],
} as const satisfies TableDefinition;

/** Participation in one scheme through one employer, from a month on. */
export const enrolmentTable = {
  name: 'enrolment',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    scheme: { type: 'text' },
    person_id: { type: 'uuid' },
    employer: { type: 'text' },
    from_month: { type: 'text' },
  },
  key: ['position', 'scheme'],
  indexes: [{ name: 'enrolment_by_person', columns: ['person_id', 'employer'] }],
} as const satisfies TableDefinition;

/** The end of every participation through that employer that began before this became known. */
export const enrolmentEnd = {
  name: 'enrolment_end',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    person_id: { type: 'uuid' },
    employer: { type: 'text' },
    last_month: { type: 'text' },
  },
  key: ['position'],
  indexes: [{ name: 'enrolment_end_by_person', columns: ['person_id', 'employer', 'position'] }],
} as const satisfies TableDefinition;

/** A second identity of a person was merged: from when this became known, the person is the survivor. */
export const identityMerge = {
  name: 'identity_merge',
  kind: 'append',
  columns: { position: { type: 'bigint' }, merged: { type: 'uuid' }, survivor: { type: 'uuid' } },
  key: ['position'],
} as const satisfies TableDefinition;

export const declarationTable = {
  name: 'declaration',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    employer: { type: 'text' },
    month: { type: 'text' },
    headcount: { type: 'integer' },
    joiners: { type: 'integer' },
    leavers: { type: 'integer' },
    total_base_fen: { type: 'bigint' },
    effective_date: { type: 'date' },
  },
  key: ['position'],
  indexes: [{ name: 'declaration_by_month', columns: ['month'] }],
} as const satisfies TableDefinition;

export const dueTable = {
  name: 'due',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    line: { type: 'smallint' },
    employer: { type: 'text' },
    month: { type: 'text' },
    scheme: { type: 'text' },
    payer: { type: 'text' },
    due_date: { type: 'date' },
    amount_fen: { type: 'bigint' },
    effective_date: { type: 'date' },
  },
  key: ['position', 'line'],
  indexes: [{ name: 'due_by_month', columns: ['month', 'employer'] }],
} as const satisfies TableDefinition;

/** Money that arrived: from an employer, or from nobody known (then `employer` is null). */
export const receiptTable = {
  name: 'receipt',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    fund: { type: 'text' },
    employer: { type: 'text', nullable: true },
    amount_fen: { type: 'bigint' },
    held_fen: { type: 'bigint' },
    effective_date: { type: 'date' },
  },
  key: ['position'],
} as const satisfies TableDefinition;

/** Money set against dues. */
export const allocationTable = {
  name: 'allocation',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    line: { type: 'smallint' },
    employer: { type: 'text' },
    month: { type: 'text' },
    scheme: { type: 'text' },
    payer: { type: 'text' },
    amount_fen: { type: 'bigint' },
    late: { type: 'boolean' },
    effective_date: { type: 'date' },
  },
  key: ['position', 'line'],
  indexes: [{ name: 'allocation_by_month', columns: ['month', 'employer'] }],
} as const satisfies TableDefinition;

/** A person's month on the record, or (`sign` -1) its reversal. `schemes` has one bit per scheme, in the kernel's order. */
export const creditTable = {
  name: 'credit',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    person_id: { type: 'uuid' },
    month: { type: 'text' },
    schemes: { type: 'smallint' },
    sign: { type: 'smallint' },
    effective_date: { type: 'date' },
  },
  key: ['position'],
  indexes: [{ name: 'credit_by_month', columns: ['month'] }],
} as const satisfies TableDefinition;

export interface StatisticsDatabase extends LateFeesDatabase {
  readonly employer: RowOf<typeof employerTable>;
  readonly employer_name: RowOf<typeof employerName>;
  readonly person: RowOf<typeof personTable>;
  readonly enrolment: RowOf<typeof enrolmentTable>;
  readonly enrolment_end: RowOf<typeof enrolmentEnd>;
  readonly identity_merge: RowOf<typeof identityMerge>;
  readonly declaration: RowOf<typeof declarationTable>;
  readonly due: RowOf<typeof dueTable>;
  readonly receipt: RowOf<typeof receiptTable>;
  readonly allocation: RowOf<typeof allocationTable>;
  readonly credit: RowOf<typeof creditTable>;
}
