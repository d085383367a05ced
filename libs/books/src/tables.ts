import type { RowOf, TableDefinition } from '@provident/projections';

/**
 * Positions are grouped into blocks of this many, so that "as known at a position" sums whole blocks and reads single
 * lines only of the last one.
 */
export const KNOWN_BLOCK = 1_000_000n;

/** One voucher per event that moves a fund's money; its number is the event's position in the log. */
export const fundVoucher = {
  name: 'fund_voucher',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    fund: { type: 'text' },
    templates: { type: 'text' },
    total_fen: { type: 'bigint' },
    effective_date: { type: 'date' },
    recorded_at: { type: 'timestamptz' },
    event_type: { type: 'text' },
    event_id: { type: 'uuid' },
    stream: { type: 'text' },
    /** The employer or person that the event is about. */
    party: { type: 'text', nullable: true },
    area: { type: 'text' },
    entered_by: { type: 'text' },
    reviewed_by: { type: 'text', nullable: true },
    approved_by: { type: 'text', nullable: true },
  },
  key: ['position'],
} as const satisfies TableDefinition;

/** The lines of those vouchers; one of the two amounts is zero. Negative amounts are red. */
export const fundLine = {
  name: 'fund_line',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    line: { type: 'smallint' },
    fund: { type: 'text' },
    account: { type: 'text' },
    detail: { type: 'text' },
    effective_date: { type: 'date' },
    debit_fen: { type: 'bigint' },
    credit_fen: { type: 'bigint' },
  },
  key: ['position', 'line'],
  indexes: [{ name: 'fund_line_by_account', columns: ['fund', 'account', 'effective_date', 'position', 'line'] }],
} as const satisfies TableDefinition;

/** Turnover (发生额) per account, day it counts for, and block of the log in which it became known. Balances are its sums. */
export const accountTurnover = {
  name: 'account_turnover',
  kind: 'merge',
  columns: {
    fund: { type: 'text' },
    account: { type: 'text' },
    detail: { type: 'text' },
    effective_date: { type: 'date' },
    known_block: { type: 'bigint' },
    debit_fen: { type: 'bigint', merge: 'add' },
    credit_fen: { type: 'bigint', merge: 'add' },
  },
  key: ['fund', 'account', 'detail', 'effective_date', 'known_block'],
} as const satisfies TableDefinition;

/**
 * What moved on a person's pension account: the subsidiary ledger behind the control account, and in the same row the
 * memorandum voucher of that movement. These are most of all vouchers by far and all of one form, so they are kept short
 * and written out by the views below.
 */
export const accountMovement = {
  name: 'account_movement',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    person_id: { type: 'uuid' },
    /** credit, reversal or interest. */
    kind: { type: 'text' },
    /** Contribution month of a credit; the year's December for interest. */
    month: { type: 'text' },
    effective_date: { type: 'date' },
    principal_fen: { type: 'bigint' },
    interest_fen: { type: 'bigint' },
    recorded_at: { type: 'timestamptz' },
    event_id: { type: 'uuid' },
    area: { type: 'text' },
    entered_by: { type: 'text' },
    reviewed_by: { type: 'text', nullable: true },
    approved_by: { type: 'text', nullable: true },
  },
  key: ['position'],
  indexes: [
    { name: 'account_movement_by_person', columns: ['person_id', 'position'] },
    { name: 'account_movement_by_day', columns: ['effective_date', 'position'] },
  ],
} as const satisfies TableDefinition;

/**
 * What a merge of two identities moves: from the one's account and, at the same position, into the other's. No voucher; it
 * has a table of its own so that the views of the vouchers need no condition, which would keep them from the indexes.
 */
export const accountTransfer = {
  name: 'account_transfer',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    person_id: { type: 'uuid' },
    effective_date: { type: 'date' },
    principal_fen: { type: 'bigint' },
    interest_fen: { type: 'bigint' },
  },
  key: ['position', 'person_id'],
  indexes: [{ name: 'account_transfer_by_person', columns: ['person_id', 'position'] }],
} as const satisfies TableDefinition;

/** Each person's account as it stands: the sum of its entries. */
export const accountBalance = {
  name: 'account_balance',
  kind: 'merge',
  columns: {
    person_id: { type: 'uuid' },
    principal_fen: { type: 'bigint', merge: 'add' },
    interest_fen: { type: 'bigint', merge: 'add' },
    movements: { type: 'bigint', merge: 'add' },
  },
  key: ['person_id'],
} as const satisfies TableDefinition;

/**
 * Per employer and month: employees' pension money received, against what was credited to the people for it or waits for a
 * clerk as a conflict.
 */
export const pensionMonth = {
  name: 'pension_month',
  kind: 'merge',
  columns: {
    employer: { type: 'text' },
    month: { type: 'text' },
    settled_on: { type: 'date', nullable: true, merge: 'latest' },
    received_fen: { type: 'bigint', merge: 'add' },
    credited_fen: { type: 'bigint', merge: 'add' },
    /** Corrections among the credits; after one, a difference may be right. */
    reversals: { type: 'bigint', merge: 'add' },
  },
  key: ['employer', 'month'],
} as const satisfies TableDefinition;

/** Money that named no known payer when it came (待查), as the bank told it. */
export const unidentifiedReceipt = {
  name: 'unidentified_receipt',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    receipt_id: { type: 'uuid' },
    fund: { type: 'text' },
    amount_fen: { type: 'bigint' },
    value_date: { type: 'date' },
    bank_reference: { type: 'text' },
    payer_name: { type: 'text' },
    purpose: { type: 'text' },
  },
  key: ['position'],
} as const satisfies TableDefinition;

/** The payer of such money was found. */
export const receiptIdentification = {
  name: 'receipt_identification',
  kind: 'append',
  columns: { position: { type: 'bigint' }, receipt_id: { type: 'uuid' }, effective_date: { type: 'date' } },
  key: ['position'],
  indexes: [{ name: 'receipt_identification_by_receipt', columns: ['receipt_id'] }],
} as const satisfies TableDefinition;

/*
 * In both views every column has exactly the same type in each part, literals included: only then does a condition on the
 * view reach the tables' indexes.
 */

/** Every voucher: those of the funds, and the memorandum vouchers of the personal accounts. */
const VOUCHER_VIEW = `
  create view voucher as
  select position, fund, templates, total_fen, effective_date, recorded_at, event_type, event_id, stream, party, area,
         entered_by, reviewed_by, approved_by
  from fund_voucher
  union all
  select position, 'employee-pension'::text collate "C", case kind when 'interest' then 'H12' else 'H11' end collate "C",
         principal_fen + interest_fen, effective_date, recorded_at,
         case kind when 'credit' then 'ContributionCredited' when 'reversal' then 'ContributionCreditReversed'
                   else 'AccountInterestPosted' end collate "C",
         event_id, ('account-' || person_id::text) collate "C", person_id::text collate "C", area, entered_by, reviewed_by, approved_by
  from account_movement`;

/** Every voucher line; of a memorandum voucher, the contra account first and then the control account. */
const LINE_VIEW = `
  create view journal_line as
  select position, line, fund, account, detail, effective_date, debit_fen, credit_fen from fund_line
  union all
  select position, 0::smallint, 'employee-pension'::text collate "C", 'B001'::text collate "C",
         case kind when 'interest' then 'interest' else 'principal' end collate "C",
         effective_date, principal_fen + interest_fen, 0::bigint
  from account_movement
  union all
  select position, 1::smallint, 'employee-pension'::text collate "C", 'B002'::text collate "C",
         case kind when 'interest' then 'interest' else 'principal' end collate "C",
         effective_date, 0::bigint, principal_fen + interest_fen
  from account_movement`;

/** All that moves personal accounts. */
const ENTRY_VIEW = `
  create view account_entry as
  select position, person_id, effective_date, principal_fen, interest_fen from account_movement
  union all
  select position, person_id, effective_date, principal_fen, interest_fen from account_transfer`;

export const BOOK_VIEWS = [VOUCHER_VIEW, LINE_VIEW, ENTRY_VIEW];

export interface BooksDatabase {
  readonly fund_voucher: RowOf<typeof fundVoucher>;
  readonly fund_line: RowOf<typeof fundLine>;
  readonly voucher: RowOf<typeof fundVoucher>;
  readonly journal_line: RowOf<typeof fundLine>;
  readonly account_turnover: RowOf<typeof accountTurnover>;
  readonly account_movement: RowOf<typeof accountMovement>;
  readonly account_entry: RowOf<typeof accountTransfer>;
  readonly account_balance: RowOf<typeof accountBalance>;
  readonly pension_month: RowOf<typeof pensionMonth>;
  readonly unidentified_receipt: RowOf<typeof unidentifiedReceipt>;
  readonly receipt_identification: RowOf<typeof receiptIdentification>;
}
