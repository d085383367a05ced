import { type BusinessDate, type Decider, DomainError, type Fund, FUNDS, Money, type Month } from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { type Allocation, allocate, type DueLine } from './allocation.js';
import { type CloseDues, closeDues, reopenDues } from './dues-closing.js';
import { evolve } from './dues-evolve.js';
import { type DuesState, NO_DUES } from './dues-state.js';
import { type DuesEvent, duesEventSchemas } from './events.js';
import { type ImposeFine, imposeFine, type PayFine, payFine, type RevokeFine, revokeFine } from './fines/fine.js';
import { heldIn, type HeldMoney, takeHeld } from './held.js';
import { type AssessLateFees, assessLateFees } from './late-fees/assess-late-fees.js';
import type { LateFeeRule } from './late-fees/late-fee-rule.js';
import { paidFromLots } from './late-fees/late-payments.js';
import {
  type ApplyIdentifiedLateFee,
  applyIdentifiedLateFee,
  type ReceiveLateFee,
  receiveLateFee,
} from './late-fees/receive-late-fee.js';
import { checkPositive, type Receipt } from './receipt-amount.js';
import { type RefundHeld, refundHeld } from './refund.js';

interface AssessDues {
  readonly type: 'AssessDues';
  readonly declarationId: string;
  readonly employer: string;
  readonly month: Month;
  readonly dueDate: BusinessDate;
  readonly headcount: number;
  readonly due: readonly Omit<DueLine, 'paid'>[];
  readonly assessedOn: BusinessDate;
  readonly lateFees: LateFeeRule;
}

interface ReceiveContribution extends Receipt {
  readonly type: 'ReceiveContribution';
  readonly bankReference: string;
  readonly valueDate: BusinessDate;
}

interface ApplyIdentifiedReceipt extends Receipt {
  readonly type: 'ApplyIdentifiedReceipt';
  readonly identifiedOn: BusinessDate;
  readonly receivedOn?: BusinessDate;
}

export type DuesCommand =
  | AssessDues
  | ReceiveContribution
  | ApplyIdentifiedReceipt
  | RefundHeld
  | CloseDues
  | AssessLateFees
  | ReceiveLateFee
  | ApplyIdentifiedLateFee
  | (ImposeFine & { readonly lateFees: LateFeeRule })
  | PayFine
  | RevokeFine;

const decider: Decider<DuesState, DuesCommand, DuesEvent> = {
  initial: NO_DUES,
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
      case 'AssessLateFees':
        return assessLateFees(command, state);
      case 'ReceiveLateFee':
        return receiveLateFee(command, state);
      case 'ApplyIdentifiedLateFee':
        return applyIdentifiedLateFee(command, state);
      case 'ImposeFine': {
        const imposed = imposeFine(command, state);
        return [...imposed, ...reopenDues(command, imposed.reduce(evolve, state), command.imposedOn)];
      }
      case 'PayFine':
        return payFine(command, state);
      case 'RevokeFine':
        return revokeFine(command, state);
    }
  },
};

/** What an employer owes and has paid, month by month. Stream `dues-<credit code>`. */
export const dues: Aggregate<DuesState, DuesCommand, DuesEvent> = {
  ...decider,
  category: 'dues',
  schemas: duesEventSchemas,
};

function assess(command: AssessDues, state: DuesState): readonly DuesEvent[] {
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
    const held = heldIn(after, fund, 'contribution');
    if (!held.isPositive) continue;
    const { allocations } = allocate(fund, held, assessedOn, [...after.open.values()]);
    if (allocations.length === 0) continue;
    const applied: DuesEvent = {
      type: 'HeldReceiptApplied',
      data: {
        ...{ employer, fund, allocations: allocations.map(written), appliedOn: assessedOn },
        ...latePartsOf(allocations, after.held, fund),
      },
    };
    events.push(applied);
    after = evolve(after, applied);
  }
  return [...events, ...settlements(employer, after, assessedOn), ...reopenDues(command, after, assessedOn)];
}

function receive(command: ReceiveContribution, state: DuesState): readonly DuesEvent[] {
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

function applyIdentified(command: ApplyIdentifiedReceipt, state: DuesState): readonly DuesEvent[] {
  if (state.receipts.has(command.receiptId)) return [];
  const { receiptId, employer, fund, amount, identifiedOn, receivedOn } = command;
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
      ...(receivedOn === undefined ? {} : { receivedOn }),
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

/** When what of held money had come, where it is set against a month that is past its due date. */
function latePartsOf(
  allocations: readonly Allocation[],
  held: HeldMoney,
  fund: Fund,
): Pick<Extract<DuesEvent, { type: 'HeldReceiptApplied' }>['data'], 'lateParts'> {
  if (!allocations.some(({ late }) => late)) return {};
  const amount = Money.sum(allocations.map((each) => each.amount));
  const parts = paidFromLots(allocations, takeHeld(held, fund, amount, 'contribution').taken);
  const lateMonths = new Set(allocations.filter(({ late }) => late).map(({ month }) => month));
  return {
    lateParts: parts
      .filter(({ month }) => lateMonths.has(month))
      .map(({ month, scheme, amount, paidOn }) => ({ month, scheme, amount: amount.toString(), receivedOn: paidOn })),
  };
}
