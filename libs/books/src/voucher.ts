import { type Fund, invariant, Money } from '@provident/kernel';
import type { AccountCode, Side } from './chart-of-accounts.js';

/** One application of a journal template: an amount from one account to another, so it cannot be out of balance. */
export interface Entry {
  /** The template's number in journal_templates (JT01 …), or a house template (H01 …). */
  readonly template: string;
  readonly debit: AccountSide;
  readonly credit: AccountSide;
  /** Negative in a reversal: red ink keeps the sides and turns the sign (红字冲正). */
  readonly amount: Money;
}

export interface AccountSide {
  readonly account: AccountCode;
  readonly detail: string;
}

export interface VoucherLine extends AccountSide {
  readonly side: Side;
  readonly amount: Money;
}

/** A voucher (凭证): what one event posts, inside exactly one fund. */
export interface Voucher {
  readonly fund: Fund;
  readonly templates: readonly string[];
  readonly lines: readonly VoucherLine[];
  /** Sum of either side. */
  readonly total: Money;
}

/** Gathers entries into a voucher, one line per account, detail and side; `undefined` when nothing moves. */
export function voucherOf(fund: Fund, entries: readonly Entry[]): Voucher | undefined {
  const lines: Writable<VoucherLine>[] = [];
  const templates: string[] = [];
  let total = Money.zero;
  for (const { template, debit, credit, amount } of entries) {
    if (amount.isZero) continue;
    if (!templates.includes(template)) templates.push(template);
    add(lines, 'debit', debit, amount);
    add(lines, 'credit', credit, amount);
    total = total.plus(amount);
  }
  if (lines.length === 0) return undefined;
  const voucher = { fund, templates, lines, total };
  assertBalanced(voucher);
  return voucher;
}

/** Debits equal credits, and both equal the voucher's total. Stays on in production. */
export function assertBalanced({ fund, lines, total }: Voucher): void {
  let debitFen = 0n;
  let creditFen = 0n;
  for (const { side, amount } of lines) {
    if (side === 'debit') debitFen += amount.fen;
    else creditFen += amount.fen;
  }
  const balanced = debitFen === total.fen && creditFen === total.fen;
  invariant(balanced, `A voucher of ${fund} is out of balance: ${debitFen} and ${creditFen} fen for ${total.fen}.`);
}

type Writable<Line> = { -readonly [Name in keyof Line]: Line[Name] };

/** A voucher has a dozen lines at most, so looking through them beats an index. */
function add(lines: Writable<VoucherLine>[], side: Side, { account, detail }: AccountSide, amount: Money): void {
  for (const line of lines) {
    if (line.side !== side || line.account !== account || line.detail !== detail) continue;
    line.amount = line.amount.plus(amount);
    return;
  }
  lines.push({ account, detail, side, amount });
}
