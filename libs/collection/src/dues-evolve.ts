import { type BusinessDate, invariant, Money, type Month } from '@provident/kernel';
import type { AssessedMonth, DuesState } from './dues-state.js';
import type { DuesEvent } from './events.js';
import { evolveFines } from './fines/fine.js';
import { type HeldFor, takeHeld, withHeld } from './held.js';
import { rateBasis } from './late-fees/late-fee-rule.js';
import { withFeesPaid } from './late-fees/fee-payments.js';
import { paidFromLots, type PaidPart, withLatePayments } from './late-fees/late-payments.js';

type DataOf<Type extends DuesEvent['type']> = Extract<DuesEvent, { type: Type }>['data'];
type WrittenAllocation = DataOf<'ContributionReceived'>['allocations'][number];

/** The state of an employer's dues after an event. */
export function evolve(state: DuesState, { type, data }: DuesEvent): DuesState {
  switch (type) {
    case 'DuesAssessed':
      return { ...state, open: new Map(state.open).set(data.month, assessedMonth(data)) };
    case 'ContributionReceived': {
      const after = withPaid(state, data.employer, dated(data.allocations, data.valueDate));
      return withReceipt(after, data, data.valueDate, 'contribution');
    }
    case 'HeldReceiptApplied':
      return withHeldApplied(state, data);
    case 'HeldReceiptRefunded': {
      const { rest } = takeHeld(state.held, data.fund, Money.of(data.amount), 'contribution');
      return { ...state, held: rest, refunds: new Set(state.refunds).add(data.refundId) };
    }
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
    case 'LateFeeCharged':
      return withCharged(state, data);
    case 'LateFeeReceived':
      return withReceipt(withFees(state, data.allocations), data, data.valueDate, 'late-fee');
    case 'HeldAppliedToLateFees':
      return withHeldOnFees(state, data);
    case 'FineImposed':
    case 'FinePaid':
    case 'FineRevoked':
      return { ...state, fines: evolveFines(state.fines, { type, data } as Parameters<typeof evolveFines>[1]) };
  }
}

function assessedMonth({ declarationId, month, dueDate, due }: DataOf<'DuesAssessed'>): AssessedMonth {
  const lines = due.map(({ scheme, payer, amount }) => ({ scheme, payer, due: Money.of(amount), paid: Money.zero }));
  return { declarationId, month, dueDate, lines };
}

/** Counts a receipt once, and keeps what of it exceeds all it was meant for. */
function withReceipt(
  state: DuesState,
  { receiptId, fund, held }: Pick<DataOf<'ContributionReceived'>, 'receiptId' | 'fund' | 'held'>,
  receivedOn: BusinessDate,
  heldFor: HeldFor,
): DuesState {
  return {
    ...state,
    held: withHeld(state.held, fund, { receivedOn, amount: Money.of(held), heldFor }),
    receipts: new Set(state.receipts).add(receiptId),
  };
}

/** Either a receipt whose payer was found, or money that the employer had over. */
function withHeldApplied(state: DuesState, data: DataOf<'HeldReceiptApplied'>): DuesState {
  const { employer, fund, allocations, receiptId, held = '0.00', appliedOn, receivedOn = appliedOn } = data;
  if (receiptId !== undefined) {
    const after = withPaid(state, employer, dated(allocations, receivedOn));
    return withReceipt(after, { receiptId, fund, held }, receivedOn, 'contribution');
  }
  const parts = allocations.map((each) => ({ ...each, amount: Money.of(each.amount) }));
  const { rest, taken } = takeHeld(state.held, fund, Money.sum(parts.map(({ amount }) => amount)), 'contribution');
  return { ...withPaid(state, employer, paidFromLots(parts, taken)), held: rest };
}

function withHeldOnFees(state: DuesState, data: DataOf<'HeldAppliedToLateFees'>): DuesState {
  const { fund, allocations, receiptId, held = '0.00', appliedOn, receivedOn = appliedOn } = data;
  const after = withFees(state, allocations);
  if (receiptId !== undefined) return withReceipt(after, { receiptId, fund, held }, receivedOn, 'late-fee');
  const applied = Money.sum(allocations.map(({ amount }) => Money.of(amount)));
  return { ...after, held: takeHeld(state.held, fund, applied, 'late-fee').rest };
}

function withFees(state: DuesState, allocations: DataOf<'LateFeeReceived'>['allocations']): DuesState {
  return { ...state, lateFees: withFeesPaid(state.lateFees, allocations) };
}

function withCharged(state: DuesState, { feeId, month, scheme, days, ...rest }: DataOf<'LateFeeCharged'>): DuesState {
  const paidLate = new Map(state.paidLate);
  paidLate.delete(feeId);
  const basis = rateBasis(rest.parameters);
  const charged = { feeId, month, scheme, days, basis, fee: Money.of(rest.fee), paid: Money.zero };
  return { ...state, paidLate, lateFees: new Map(state.lateFees).set(feeId, charged) };
}

function dated(allocations: readonly WrittenAllocation[], paidOn: BusinessDate): PaidPart[] {
  return allocations.map((each) => ({ ...each, amount: Money.of(each.amount), paidOn }));
}

/** Sets payments against their lines, and keeps which of them came late. */
function withPaid(state: DuesState, employer: string, parts: readonly PaidPart[]): DuesState {
  const open = new Map<Month, AssessedMonth>(state.open);
  for (const { month, scheme, payer, amount } of parts) {
    const before = open.get(month);
    invariant(before !== undefined, `Money was set against ${month}, which is not open.`);
    const lines = before.lines.map((line) =>
      line.scheme === scheme && line.payer === payer ? { ...line, paid: line.paid.plus(amount) } : line,
    );
    open.set(month, { ...before, lines });
  }
  return { ...state, open, ...withLatePayments(state, employer, parts) };
}
