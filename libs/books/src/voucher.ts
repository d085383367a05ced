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
  const moving = entries.filter((entry) => !entry.amount.isZero);
  if (moving.length === 0) return undefined;
  const lines = new Map<string, VoucherLine>();
  for (const { debit, credit, amount } of moving) {
    add(lines, { ...debit, side: 'debit', amount });
    add(lines, { ...credit, side: 'credit', amount });
  }
  const voucher = {
    fund,
    templates: [...new Set(moving.map((entry) => entry.template))],
    lines: [...lines.values()],
    total: Money.sum(moving.map((entry) => entry.amount)),
  };
  assertBalanced(voucher);
  return voucher;
}

/** Debits equal credits, and both equal the voucher's total. Stays on in production. */
export function assertBalanced(voucher: Voucher): void {
  for (const side of ['debit', 'credit'] as const) {
    const sum = Money.sum(voucher.lines.filter((line) => line.side === side).map((line) => line.amount));
    invariant(sum.equals(voucher.total), `A voucher of ${voucher.fund} is out of balance on its ${side} side.`);
  }
}

function add(lines: Map<string, VoucherLine>, line: VoucherLine): void {
  const key = `${line.side} ${line.account} ${line.detail}`;
  const before = lines.get(key);
  lines.set(key, before === undefined ? line : { ...before, amount: before.amount.plus(line.amount) });
}
