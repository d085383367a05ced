import { type Fund, fundOf, invariant, Money, type Month, type Scheme } from '@provident/kernel';
import type { ChargedFee, DuesState } from '../dues-state.js';
import type { LateFeeEvent } from './events.js';

/** Money set against one charged late fee. */
export interface FeeAllocation {
  readonly feeId: string;
  readonly month: Month;
  readonly scheme: Scheme;
  readonly amount: Money;
}

/** Sets money of one fund against its charged late fees, the oldest month first. What exceeds them is left over. */
export function allocateToFees(
  fund: Fund,
  amount: Money,
  fees: Iterable<ChargedFee>,
): { allocations: FeeAllocation[]; left: Money } {
  const allocations: FeeAllocation[] = [];
  let left = amount;
  const oldestFirst = [...fees]
    .filter(({ scheme }) => fundOf(scheme) === fund)
    .sort((a, b) => (a.month === b.month ? 0 : a.month < b.month ? -1 : 1));
  for (const { feeId, month, scheme, fee, paid } of oldestFirst) {
    const part = Money.min(left, fee.minus(paid));
    if (!part.isPositive) continue;
    allocations.push({ feeId, month, scheme, amount: part });
    left = left.minus(part);
  }
  return { allocations, left };
}

type WrittenFeeAllocation = Extract<LateFeeEvent, { type: 'LateFeeReceived' }>['data']['allocations'][number];

export function writtenFees(allocations: readonly FeeAllocation[]): WrittenFeeAllocation[] {
  return allocations.map((each) => ({ ...each, amount: each.amount.toString() }));
}

/** The unpaid late fees after a payment: one that is paid in full is no longer among them. */
export function withFeesPaid(
  fees: DuesState['lateFees'],
  allocations: readonly WrittenFeeAllocation[],
): DuesState['lateFees'] {
  const after = new Map(fees);
  for (const { feeId, amount } of allocations) {
    const before = after.get(feeId);
    invariant(before !== undefined, `Money was set against the late fee ${feeId}, of which nothing is unpaid.`);
    const paid = before.paid.plus(Money.of(amount));
    if (paid.equals(before.fee)) after.delete(feeId);
    else after.set(feeId, { ...before, paid });
  }
  return after;
}
