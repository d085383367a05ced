import { DomainError, type Fund, type Money } from '@provident/kernel';

/** Money of a fund that is an employer's to set against what it owes. */
export interface Receipt {
  readonly receiptId: string;
  readonly employer: string;
  readonly fund: Fund;
  readonly amount: Money;
}

export function checkPositive(amount: Money): void {
  if (amount.isPositive) return;
  throw new DomainError(
    'receipt-not-positive',
    `A receipt of ${amount.toString()} yuan is not money received.`,
    'A receipt is more than zero; money that goes back is a refund.',
    'Check the bank line.',
  );
}
