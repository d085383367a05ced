import { type BusinessDate, DomainError, type Fund, type Money } from '@provident/kernel';
import type { DuesState } from './dues-state.js';
import type { DuesEvent } from './events.js';
import { heldIn } from './held.js';

/** Gives an employer back what it paid beyond all it owed. */
export interface RefundHeld {
  readonly type: 'RefundHeld';
  readonly refundId: string;
  readonly employer: string;
  readonly fund: Fund;
  readonly amount: Money;
  readonly refundedOn: BusinessDate;
  readonly reason: string;
}

/** Only held money goes back: what was set against dues is a contribution, and a month's correction is another matter. */
export function refundHeld(command: RefundHeld, state: DuesState): readonly DuesEvent[] {
  const { refundId, employer, fund, amount, refundedOn, reason } = command;
  if (state.refunds.has(refundId)) return [];
  if (!amount.isPositive) {
    throw new DomainError(
      'refund-not-positive',
      `A refund of ${amount.toString()} yuan is none.`,
      'A refund is more than zero.',
      'Check the amount.',
      { amount: amount.toString() },
    );
  }
  const held = heldIn(state, fund);
  if (amount.greaterThan(held)) {
    throw new DomainError(
      'refund-exceeds-held',
      `${held.toString()} yuan of ${employer} are held in the fund ${fund}; ${amount.toString()} cannot go back.`,
      'What goes back is what was paid beyond all dues and waits as a temporary receipt (暂收款); money never crosses funds.',
      'Refund at most what is held.',
      { employer, fund, held: held.toString(), amount: amount.toString() },
    );
  }
  return [
    { type: 'HeldReceiptRefunded', data: { refundId, employer, fund, amount: amount.toString(), refundedOn, reason } },
  ];
}
