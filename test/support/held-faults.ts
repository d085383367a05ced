import type { CollectionEvent } from '@provident/collection/events';
import { Money } from '@provident/kernel';
import { Sums } from './log-facts.js';

/**
 * Two purses for each employer and fund, kept apart from the events alone: money that came for late fees pays no dues
 * (HeldReceiptApplied); late fees take what was paid beyond dues (H04) only when nothing that came for them is left.
 */
export function heldFaults(events: readonly { type: string; data: unknown }[]): string[] {
  const faults: string[] = [];
  const [forDues, forFees] = [new Sums(), new Sums()];
  const spend = (first: Sums, second: Sums, key: string, amount: Money): void => {
    const part = Money.min(first.of(key), amount);
    first.add(key, part.negated().toString());
    second.add(key, part.minus(amount).toString());
  };
  for (const { type, data } of events as readonly CollectionEvent[]) {
    switch (type) {
      case 'ContributionReceived':
        forDues.add(`${data.employer} ${data.fund}`, data.held);
        break;
      case 'LateFeeReceived':
        forFees.add(`${data.employer} ${data.fund}`, data.held);
        break;
      case 'HeldReceiptApplied':
      case 'HeldAppliedToLateFees': {
        const isFee = type === 'HeldAppliedToLateFees';
        const key = `${data.employer} ${data.fund}`;
        const applied = Money.sum(data.allocations.map(({ amount }) => Money.of(amount)));
        if (data.receiptId !== undefined) (isFee ? forFees : forDues).add(key, data.held ?? '0.00');
        else if (isFee) spend(forFees, forDues, key, applied);
        else forDues.add(key, applied.negated().toString());
        break;
      }
      case 'HeldReceiptRefunded':
        spend(forDues, forFees, `${data.employer} ${data.fund}`, Money.of(data.amount));
        break;
      default:
    }
  }
  for (const [key, sum] of forDues) if (sum.isNegative) faults.push(`${key}: dues took money held for late fees`);
  for (const [key, sum] of forFees)
    if (sum.isNegative) faults.push(`${key}: more held money for late fees was spent than came`);
  return faults;
}
