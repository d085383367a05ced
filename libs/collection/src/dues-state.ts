import type { BusinessDate, Money, Month, Scheme } from '@provident/kernel';
import type { OpenMonth } from './allocation.js';
import type { Fine } from './fines/fine.js';
import type { HeldMoney } from './held.js';

export interface AssessedMonth extends OpenMonth {
  readonly declarationId: string;
}

/** One receipt's share of a month and scheme that came after its due date: it bears a late fee. */
export interface LatePayment {
  readonly feeId: string;
  readonly month: Month;
  readonly scheme: Scheme;
  readonly principal: Money;
  readonly dueDate: BusinessDate;
  readonly paidOn: BusinessDate;
}

/** A late fee that was charged. */
export interface ChargedFee {
  readonly feeId: string;
  readonly month: Month;
  readonly scheme: Scheme;
  readonly days: number;
  /** Article that the rate stands in. */
  readonly basis: string;
  readonly fee: Money;
  readonly paid: Money;
}

/** What an employer owes and has paid, month by month. Stream `dues-<credit code>`. */
export interface DuesState {
  readonly open: ReadonlyMap<Month, AssessedMonth>;
  readonly settled: ReadonlyMap<Month, string>;
  readonly held: HeldMoney;
  readonly receipts: ReadonlySet<string>;
  readonly refunds: ReadonlySet<string>;
  /** Paid late and without a charged late fee, by the id of the fee, in the order of the payments. */
  readonly paidLate: ReadonlyMap<string, LatePayment>;
  /** How many late payments there have been: the ids of their fees are made of this number. */
  readonly latePayments: number;
  /** Charged late fees of which something is unpaid, by id, in the order of the charges. */
  readonly lateFees: ReadonlyMap<string, ChargedFee>;
  readonly fines: ReadonlyMap<string, Fine>;
  /** The cancellation that the dues are closed for: whatever is assessed after it opens them again. */
  readonly closedFor: string | undefined;
}

export const NO_DUES: DuesState = {
  ...{ open: new Map(), settled: new Map(), held: new Map(), receipts: new Set(), refunds: new Set() },
  ...{ paidLate: new Map(), latePayments: 0, lateFees: new Map(), fines: new Map() },
  closedFor: undefined,
};
