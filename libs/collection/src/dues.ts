import {
  type BusinessDate,
  type Decider,
  DomainError,
  type Fund,
  FUNDS,
  invariant,
  Money,
  type Month,
} from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { type Allocation, allocate, type DueLine, type OpenMonth } from './allocation.js';
import { closeDues, reopenDues } from './dues-closing.js';
import { type DuesEvent, duesEventSchemas } from './events.js';
import { type RefundHeld, refundHeld } from './refund.js';

interface AssessedMonth extends OpenMonth {
  readonly declarationId: string;
}

/** What an employer owes and has paid, month by month. Stream `dues-<credit code>`. */
export interface DuesState {
  readonly open: ReadonlyMap<Month, AssessedMonth>;
  readonly settled: ReadonlyMap<Month, string>;
  /** Money that exceeds all dues so far, by fund. */
  readonly held: ReadonlyMap<Fund, Money>;
  readonly receipts: ReadonlySet<string>;
  readonly refunds: ReadonlySet<string>;
  /** The cancellation that the dues are closed for: whatever is assessed after it opens them again. */
  readonly closedFor: string | undefined;
}

interface Receipt {
  readonly receiptId: string;
  readonly employer: string;
  readonly fund: Fund;
  readonly amount: Money;
}

export type DuesCommand =
  | {
      type: 'AssessDues';
      declarationId: string;
      employer: string;
      month: Month;
      dueDate: BusinessDate;
      headcount: number;
      due: readonly Omit<DueLine, 'paid'>[];
      assessedOn: BusinessDate;
    }
  | ({ type: 'ReceiveContribution'; bankReference: string; valueDate: BusinessDate } & Receipt)
  | ({ type: 'ApplyIdentifiedReceipt'; identifiedOn: BusinessDate } & Receipt)
  | RefundHeld
  /** The employer's registration is to be cancelled: are its dues paid? */
  | { type: 'CloseDues'; employer: string; requestId: string; on: BusinessDate };

const decider: Decider<DuesState, DuesCommand, DuesEvent> = {
  initial: {
    ...{ open: new Map(), settled: new Map(), held: new Map(), receipts: new Set(), refunds: new Set() },
    closedFor: undefined,
  },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'AssessDues':
        return assess(command, state);
      case 'ReceiveContribution':
        return receive(command, state);
      case 'ApplyIdentifiedReceipt':
        return applyIdentified(command, state);
      case 'RefundHeld':
        return refundHeld(command, state);
      case 'CloseDues':
        return closeDues(command, state);
    }
  },
};

export const dues: Aggregate<DuesState, DuesCommand, DuesEvent> = {
  ...decider,
  category: 'dues',
  schemas: duesEventSchemas,
};

function evolve(state: DuesState, { type, data }: DuesEvent): DuesState {
  switch (type) {
    case 'DuesAssessed': {
      const { declarationId, month, dueDate } = data;
      const lines = data.due.map(({ scheme, payer, amount }) => ({
        scheme,
        payer,
        due: Money.of(amount),
        paid: Money.zero,
      }));
      return { ...state, open: new Map(state.open).set(month, { declarationId, month, dueDate, lines }) };
    }
    case 'ContributionReceived':
      return {
        ...state,
        open: withPaid(state.open, data.allocations),
        held: withHeld(state.held, data.fund, Money.of(data.held)),
        receipts: new Set(state.receipts).add(data.receiptId),
      };
    case 'HeldReceiptApplied': {
      const applied = Money.sum(data.allocations.map((each) => Money.of(each.amount)));
      const change = data.receiptId === undefined ? applied.negated() : Money.of(data.held ?? '0.00');
      return {
        ...state,
        open: withPaid(state.open, data.allocations),
        held: withHeld(state.held, data.fund, change),
        receipts: data.receiptId === undefined ? state.receipts : new Set(state.receipts).add(data.receiptId),
      };
    }
    case 'HeldReceiptRefunded':
      return {
        ...state,
        held: withHeld(state.held, data.fund, Money.of(data.amount).negated()),
        refunds: new Set(state.refunds).add(data.refundId),
      };
    case 'ContributionMonthSettled': {
      const open = new Map(state.open);
      open.delete(data.month);
      return { ...state, open, settled: new Map(state.settled).set(data.month, data.declarationId) };
    }
    case 'DuesClosed':
      return { ...state, closedFor: data.requestId };
    case 'DuesReopened':
      return { ...state, closedFor: undefined };
    case 'DuesFoundOpen':
      return state;
  }
}

function assess(command: Extract<DuesCommand, { type: 'AssessDues' }>, state: DuesState): readonly DuesEvent[] {
  const { declarationId, employer, month, dueDate, headcount, assessedOn } = command;
  const before = state.open.get(month)?.declarationId ?? state.settled.get(month);
  if (before === declarationId) return [];
  if (before !== undefined) {
    throw new DomainError(
      'month-already-assessed',
      `The dues of ${employer} for ${month} are assessed already, from another declaration.`,
      '社会保险法 第60条: an employer declares each month once.',
      'File a correction of the declaration instead.',
      { employer, month },
    );
  }
  const due = command.due.map((line) => ({ scheme: line.scheme, payer: line.payer, amount: line.due.toString() }));
  const assessed: DuesEvent = {
    type: 'DuesAssessed',
    data: { declarationId, employer, month, dueDate, headcount, due },
  };
  const events: DuesEvent[] = [assessed];
  let after = evolve(state, assessed);
  for (const fund of FUNDS) {
    const held = after.held.get(fund) ?? Money.zero;
    if (!held.isPositive) continue;
    const { allocations } = allocate(fund, held, assessedOn, [...after.open.values()]);
    if (allocations.length === 0) continue;
    const applied: DuesEvent = {
      type: 'HeldReceiptApplied',
      data: { employer, fund, allocations: allocations.map(written), appliedOn: assessedOn },
    };
    events.push(applied);
    after = evolve(after, applied);
  }
  return [...events, ...settlements(employer, after, assessedOn), ...reopenDues(employer, after, assessedOn)];
}

function receive(
  command: Extract<DuesCommand, { type: 'ReceiveContribution' }>,
  state: DuesState,
): readonly DuesEvent[] {
  if (state.receipts.has(command.receiptId)) return [];
  const { receiptId, employer, fund, amount, bankReference, valueDate } = command;
  checkPositive(amount);
  const { allocations, left } = allocate(fund, amount, valueDate, [...state.open.values()]);
  const received: DuesEvent = {
    type: 'ContributionReceived',
    data: {
      receiptId,
      employer,
      fund,
      amount: amount.toString(),
      bankReference,
      valueDate,
      allocations: allocations.map(written),
      held: left.toString(),
    },
  };
  return [received, ...settlements(employer, evolve(state, received), valueDate)];
}

function applyIdentified(
  command: Extract<DuesCommand, { type: 'ApplyIdentifiedReceipt' }>,
  state: DuesState,
): readonly DuesEvent[] {
  if (state.receipts.has(command.receiptId)) return [];
  const { receiptId, employer, fund, amount, identifiedOn } = command;
  checkPositive(amount);
  const { allocations, left } = allocate(fund, amount, identifiedOn, [...state.open.values()]);
  const applied: DuesEvent = {
    type: 'HeldReceiptApplied',
    data: {
      employer,
      fund,
      allocations: allocations.map(written),
      receiptId,
      held: left.toString(),
      appliedOn: identifiedOn,
    },
  };
  return [applied, ...settlements(employer, evolve(state, applied), identifiedOn)];
}

/** Months that are paid in full now, the oldest first: only a fully paid month is recorded for the people. */
function settlements(employer: string, state: DuesState, settledOn: BusinessDate): DuesEvent[] {
  return [...state.open.values()]
    .filter(({ lines }) => lines.every((line) => line.paid.equals(line.due)))
    .sort((a, b) => (a.month < b.month ? -1 : 1))
    .map(({ declarationId, month }) => ({
      type: 'ContributionMonthSettled',
      data: { declarationId, employer, month, settledOn },
    }));
}

type WrittenAllocation = Extract<DuesEvent, { type: 'ContributionReceived' }>['data']['allocations'][number];

function written(allocation: Allocation): WrittenAllocation {
  return { ...allocation, amount: allocation.amount.toString() };
}

function withPaid(
  open: DuesState['open'],
  allocations: readonly WrittenAllocation[],
): ReadonlyMap<Month, AssessedMonth> {
  const after = new Map(open);
  for (const { month, scheme, payer, amount } of allocations) {
    const before = after.get(month);
    invariant(before !== undefined, `Money was set against ${month}, which is not open.`);
    const lines = before.lines.map((line) =>
      line.scheme === scheme && line.payer === payer ? { ...line, paid: line.paid.plus(Money.of(amount)) } : line,
    );
    after.set(month, { ...before, lines });
  }
  return after;
}

function withHeld(held: DuesState['held'], fund: Fund, change: Money): DuesState['held'] {
  if (change.isZero) return held;
  const after = (held.get(fund) ?? Money.zero).plus(change);
  invariant(!after.isNegative, `More held money of ${fund} was applied than there is.`);
  return new Map(held).set(fund, after);
}

function checkPositive(amount: Money): void {
  if (amount.isPositive) return;
  throw new DomainError(
    'receipt-not-positive',
    `A receipt of ${amount.toString()} yuan is not money received.`,
    'A receipt is more than zero; money that goes back is a refund.',
    'Check the bank line.',
  );
}
