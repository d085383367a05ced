import {
  type BusinessDate,
  deterministicId,
  invariant,
  Money,
  type Month,
  type Payer,
  type Scheme,
} from '@provident/kernel';
import type { DuesState, LatePayment } from '../dues-state.js';
import type { HeldLot } from '../held.js';

/** Money set against a line of a month's dues, with the day on which it had come. */
export interface PaidPart {
  readonly month: Month;
  readonly scheme: Scheme;
  readonly payer: Payer;
  readonly amount: Money;
  readonly paidOn: BusinessDate;
}

/** Held money set against dues counts as paid when it came: the lots are spent on the parts in their order. */
export function paidFromLots(parts: readonly Omit<PaidPart, 'paidOn'>[], lots: readonly HeldLot[]): PaidPart[] {
  const paid: PaidPart[] = [];
  const left = lots.map((lot) => ({ ...lot }));
  for (const part of parts) {
    let wanted = part.amount;
    for (const lot of left) {
      const amount = Money.min(wanted, lot.amount);
      if (!amount.isPositive) continue;
      paid.push({ ...part, amount, paidOn: lot.receivedOn });
      wanted = wanted.minus(amount);
      lot.amount = lot.amount.minus(amount);
    }
    invariant(wanted.isZero, 'Held money is taken before it is spent.');
  }
  return paid;
}

/** Keeps what came after its due date, employer's and employees' part of a month and scheme together. */
export function withLatePayments(
  state: DuesState,
  employer: string,
  parts: readonly PaidPart[],
): Pick<DuesState, 'paidLate' | 'latePayments'> {
  const late = new Map<string, LatePayment>();
  let { latePayments } = state;
  for (const { month, scheme, amount, paidOn } of parts) {
    const dueDate = dueDateOf(state, month);
    if (paidOn <= dueDate) continue;
    const key = `${month} ${scheme} ${paidOn}`;
    const before = late.get(key);
    if (before === undefined) latePayments += 1;
    const feeId = before?.feeId ?? deterministicId('late-fee', employer, String(latePayments));
    const principal = amount.plus(before?.principal ?? Money.zero);
    late.set(key, { feeId, month, scheme, principal, dueDate, paidOn });
  }
  if (late.size === 0) return { paidLate: state.paidLate, latePayments };
  const added = [...late.values()].map((each) => [each.feeId, each] as const);
  return { paidLate: new Map([...state.paidLate, ...added]), latePayments };
}

function dueDateOf({ open }: DuesState, month: Month): BusinessDate {
  const found = open.get(month);
  invariant(found !== undefined, `Money was set against ${month}, which is not open.`);
  return found.dueDate;
}
