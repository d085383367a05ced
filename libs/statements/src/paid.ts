import { Money, type Payer, type Scheme } from '@provident/kernel';

/** One scheme and payer of a month. */
export interface PaidLine {
  readonly scheme: Scheme;
  readonly payer: Payer;
  readonly amount: string;
}

/** What both payers paid together. */
export interface Paid {
  readonly employer: string;
  readonly employee: string;
  readonly total: string;
}

/** Sums of lines by payer. */
export function paidOf(lines: readonly PaidLine[]): Paid {
  const by = (payer: Payer) => Money.sum(lines.filter((line) => line.payer === payer).map(amountOf));
  return {
    employer: by('employer').toString(),
    employee: by('employee').toString(),
    total: Money.sum(lines.map(amountOf)).toString(),
  };
}

/** Sums of lines by scheme and payer, in the order in which they first stand. */
export function totalsOf(lines: readonly PaidLine[]): PaidLine[] {
  const sums = new Map<string, PaidLine>();
  for (const line of lines) {
    const key = `${line.scheme} ${line.payer}`;
    const before = Money.of(sums.get(key)?.amount ?? '0.00');
    sums.set(key, { ...line, amount: before.plus(amountOf(line)).toString() });
  }
  return [...sums.values()];
}

function amountOf({ amount }: PaidLine): Money {
  return Money.of(amount);
}
