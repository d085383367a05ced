import {
  type BusinessDate,
  type Decider,
  deterministicId,
  DomainError,
  type Fund,
  type Money,
} from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { type ReceiptEvent, receiptEventSchemas } from './events.js';

/** A bank line as it stands in the bank's file. */
export interface BankLine {
  readonly fund: Fund;
  readonly amount: Money;
  readonly bankReference: string;
  readonly valueDate: BusinessDate;
  /** What the money is for; for contributions when absent. */
  readonly pays?: Pays | undefined;
}

export type Pays = 'late-fee';

export type ReceiptState =
  | { readonly status: 'unknown' }
  | ({ readonly status: 'matched'; readonly employer: string } & Known)
  | ({ readonly status: 'unidentified'; readonly fund: Fund } & Known)
  | ({ readonly status: 'identified'; readonly employer: string } & Known);

/** What is on record of a bank line. */
interface Known {
  readonly amount: string;
  readonly valueDate: BusinessDate;
  readonly pays: Pays | undefined;
}

export type ReceiptCommand =
  | ({ type: 'MatchReceipt'; employer: string } & BankLine)
  | ({ type: 'HoldReceipt'; payerName: string; purpose: string } & BankLine)
  | {
      type: 'IdentifyReceipt';
      receiptId: string;
      employer: string;
      identifiedOn: BusinessDate;
      reason: string;
      /** What the payer says that it is for; as the bank line said when absent. */
      pays?: Pays | undefined;
    };

/** A bank line counts once: its id derives from the fund's account and the bank's own reference. */
export function receiptIdOf(fund: Fund, bankReference: string): string {
  return deterministicId('receipt', fund, bankReference);
}

const decider: Decider<ReceiptState, ReceiptCommand, ReceiptEvent> = {
  initial: { status: 'unknown' },

  evolve(_state, { type, data }) {
    switch (type) {
      case 'ReceiptMatched':
        return { status: 'matched', employer: data.employer, ...knownOf(data) };
      case 'UnidentifiedReceiptHeld':
        return { status: 'unidentified', fund: data.fund, ...knownOf(data) };
      case 'ReceiptIdentified': {
        const { identifiedOn, receivedOn = identifiedOn } = data;
        return { status: 'identified', employer: data.employer, ...knownOf({ ...data, valueDate: receivedOn }) };
      }
    }
  },

  decide(command, state) {
    if (command.type === 'IdentifyReceipt') return identify(command, state);
    const { fund, bankReference, valueDate, pays } = command;
    const amount = command.amount.toString();
    if (state.status !== 'unknown') {
      if (state.amount === amount && sameOutcome(command, state)) return [];
      throw new DomainError(
        'bank-reference-reused',
        `The bank reference ${bankReference} is on record already with other particulars.`,
        'A bank reference names one payment.',
        'Check the file against the bank statement.',
        { bankReference },
      );
    }
    const receiptId = receiptIdOf(fund, bankReference);
    const line = { receiptId, fund, amount, bankReference, valueDate, ...(pays === undefined ? {} : { pays }) };
    if (command.type === 'MatchReceipt') {
      return [{ type: 'ReceiptMatched', data: { ...line, employer: command.employer } }];
    }
    const { payerName, purpose } = command;
    return [{ type: 'UnidentifiedReceiptHeld', data: { ...line, payerName, purpose } }];
  },
};

export const receipt: Aggregate<ReceiptState, ReceiptCommand, ReceiptEvent> = {
  ...decider,
  category: 'receipt',
  schemas: receiptEventSchemas,
};

function knownOf({ amount, valueDate, pays }: { amount: string; valueDate: BusinessDate; pays?: Pays }): Known {
  return { amount, valueDate, pays };
}

/** The same bank line again. Who found the payer of held money may have found its purpose too. */
function sameOutcome(
  command: Exclude<ReceiptCommand, { type: 'IdentifyReceipt' }>,
  state: Exclude<ReceiptState, { status: 'unknown' }>,
): boolean {
  if (state.status !== 'identified' && state.pays !== command.pays) return false;
  if (command.type === 'HoldReceipt') return state.status === 'unidentified' || state.status === 'identified';
  return state.status === 'matched' && state.employer === command.employer;
}

function identify(
  command: Extract<ReceiptCommand, { type: 'IdentifyReceipt' }>,
  state: ReceiptState,
): readonly ReceiptEvent[] {
  const { employer, identifiedOn, reason } = command;
  if (state.status === 'identified' && state.employer === employer) return [];
  if (state.status !== 'unidentified') {
    throw new DomainError(
      'receipt-not-unidentified',
      'No unidentified receipt with this reference is waiting.',
      'Only money held as a temporary receipt (暂收款) can be identified.',
      'Check the fund and the bank reference.',
    );
  }
  const { fund, amount, valueDate: receivedOn } = state;
  const { receiptId, pays = state.pays } = command;
  const line = { receiptId, employer, fund, amount, identifiedOn, receivedOn, reason };
  return [{ type: 'ReceiptIdentified', data: { ...line, ...(pays === undefined ? {} : { pays }) } }];
}
