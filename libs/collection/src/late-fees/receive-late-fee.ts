import type { BusinessDate } from '@provident/kernel';
import type { DuesState } from '../dues-state.js';
import type { DuesEvent } from '../events.js';
import { checkPositive, type Receipt } from '../receipt-amount.js';
import { allocateToFees, writtenFees } from './fee-payments.js';

/** Money for late fees came. */
export interface ReceiveLateFee extends Receipt {
  readonly type: 'ReceiveLateFee';
  readonly bankReference: string;
  readonly valueDate: BusinessDate;
}

/** The payer of money for late fees was found. */
export interface ApplyIdentifiedLateFee extends Receipt {
  readonly type: 'ApplyIdentifiedLateFee';
  readonly identifiedOn: BusinessDate;
  readonly receivedOn?: BusinessDate;
}

export function receiveLateFee(command: ReceiveLateFee, state: DuesState): readonly DuesEvent[] {
  if (state.receipts.has(command.receiptId)) return [];
  const { receiptId, employer, fund, amount, bankReference, valueDate } = command;
  checkPositive(amount);
  const { allocations, left } = allocateToFees(fund, amount, state.lateFees.values());
  const line = { receiptId, employer, fund, amount: amount.toString(), bankReference, valueDate };
  const placed = { allocations: writtenFees(allocations), held: left.toString() };
  return [{ type: 'LateFeeReceived', data: { ...line, ...placed } }];
}

export function applyIdentifiedLateFee(command: ApplyIdentifiedLateFee, state: DuesState): readonly DuesEvent[] {
  if (state.receipts.has(command.receiptId)) return [];
  const { receiptId, employer, fund, amount, identifiedOn, receivedOn } = command;
  checkPositive(amount);
  const { allocations, left } = allocateToFees(fund, amount, state.lateFees.values());
  const placed = { allocations: writtenFees(allocations), receiptId, held: left.toString(), appliedOn: identifiedOn };
  const data = { employer, fund, ...placed, ...(receivedOn === undefined ? {} : { receivedOn }) };
  return [{ type: 'HeldAppliedToLateFees', data }];
}
