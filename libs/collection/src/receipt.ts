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
}

export type ReceiptState =
  | { readonly status: 'unknown' }
  | { readonly status: 'matched'; readonly employer: string; readonly amount: string; readonly valueDate: BusinessDate }
  | { readonly status: 'unidentified'; readonly fund: Fund; readonly amount: string; readonly valueDate: BusinessDate }
  | {
      readonly status: 'identified';
      readonly employer: string;
      readonly amount: string;
      readonly valueDate: BusinessDate;
    };

export type ReceiptCommand =
  | ({ type: 'MatchReceipt'; employer: string } & BankLine)
  | ({ type: 'HoldReceipt'; payerName: string; purpose: string } & BankLine)
  | { type: 'IdentifyReceipt'; receiptId: string; employer: string; identifiedOn: BusinessDate; reason: string };

/** A bank line counts once: its id derives from the fund's account and the bank's own reference. */
export function receiptIdOf(fund: Fund, bankReference: string): string {
  return deterministicId('receipt', fund, bankReference);
}

const decider: Decider<ReceiptState, ReceiptCommand, ReceiptEvent> = {
  initial: { status: 'unknown' },

  evolve(_state, { type, data }) {
    switch (type) {
      case 'ReceiptMatched':
        return { status: 'matched', employer: data.employer, amount: data.amount, valueDate: data.valueDate };
      case 'UnidentifiedReceiptHeld':
        return { status: 'unidentified', fund: data.fund, amount: data.amount, valueDate: data.valueDate };
      case 'ReceiptIdentified':
        return { status: 'identified', employer: data.employer, amount: data.amount, valueDate: data.identifiedOn };
    }
  },

  decide(command, state) {
    if (command.type === 'IdentifyReceipt') return identify(command, state);
    const { fund, bankReference, valueDate } = command;
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
    if (command.type === 'MatchReceipt') {
      const { employer } = command;
      return [{ type: 'ReceiptMatched', data: { receiptId, employer, fund, amount, bankReference, valueDate } }];
    }
    const { payerName, purpose } = command;
    return [
      {
        type: 'UnidentifiedReceiptHeld',
        data: { receiptId, fund, amount, bankReference, valueDate, payerName, purpose },
      },
    ];
  },
};

export const receipt: Aggregate<ReceiptState, ReceiptCommand, ReceiptEvent> = {
  ...decider,
  category: 'receipt',
  schemas: receiptEventSchemas,
};

function sameOutcome(command: Exclude<ReceiptCommand, { type: 'IdentifyReceipt' }>, state: ReceiptState): boolean {
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
  return [
    {
      type: 'ReceiptIdentified',
      data: {
        receiptId: command.receiptId,
        employer,
        fund: state.fund,
        amount: state.amount,
        identifiedOn,
        reason,
      },
    },
  ];
}
