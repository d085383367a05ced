import { type BusinessDate, type Fund, fundOf, Money, type Month, type Payer, type Scheme } from '@provident/kernel';

/** One scheme and payer of a month: what is due and what has been paid. */
export interface DueLine {
  readonly scheme: Scheme;
  readonly payer: Payer;
  readonly due: Money;
  readonly paid: Money;
}

/** A month that is not fully paid. */
export interface OpenMonth {
  readonly month: Month;
  readonly dueDate: BusinessDate;
  readonly lines: readonly DueLine[];
}

/** Money set against one line of a month's dues; `late` when it came after the due date (清欠). */
export interface Allocation {
  readonly month: Month;
  readonly scheme: Scheme;
  readonly payer: Payer;
  readonly amount: Money;
  readonly late: boolean;
}

/**
 * Sets money of one fund against its dues: the oldest month first; inside a month the employees' part first, because the
 * employer withheld it from their wages and only hands it on (社会保险法 第60条), then the employer's. What exceeds all
 * dues is left over. The order inside a month is the house's: no national rule fixes it.
 */
export function allocate(
  fund: Fund,
  amount: Money,
  paidOn: BusinessDate,
  months: readonly OpenMonth[],
): { allocations: Allocation[]; left: Money } {
  const allocations: Allocation[] = [];
  let left = amount;
  const oldestFirst = [...months].sort((a, b) => (a.month < b.month ? -1 : 1));
  for (const { month, dueDate, lines } of oldestFirst) {
    const employeesFirst = [...lines].sort((a, b) => payerOrder(a.payer) - payerOrder(b.payer));
    for (const line of employeesFirst) {
      if (fundOf(line.scheme) !== fund) continue;
      const part = Money.min(left, line.due.minus(line.paid));
      if (!part.isPositive) continue;
      const { scheme, payer } = line;
      allocations.push({ month, scheme, payer, amount: part, late: paidOn > dueDate });
      left = left.minus(part);
    }
  }
  return { allocations, left };
}

function payerOrder(payer: Payer): number {
  return payer === 'employee' ? 0 : 1;
}
