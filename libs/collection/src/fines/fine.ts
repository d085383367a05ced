import {
  type BusinessDate,
  deterministicId,
  DomainError,
  Money,
  type ParameterReference,
  type Rate,
} from '@provident/kernel';
import type { DuesState } from '../dues-state.js';
import type { FineEvent } from './events.js';

/** A fine (罚款) by a decision of the administrative department. */
export interface Fine {
  readonly fineId: string;
  readonly decisionNumber: string;
  readonly amount: Money;
  readonly paid: Money;
  readonly payments: ReadonlySet<string>;
  readonly isRevoked: boolean;
  /** The whole decision, to tell a repetition from another decision under the same number. */
  readonly imposed: Extract<FineEvent, { type: 'FineImposed' }>['data'];
}

/** By which multiple of its base a fine may be imposed. */
export interface FineRange {
  readonly least: Rate;
  readonly most: Rate;
  readonly parameter: ParameterReference;
}

export interface ImposeFine {
  readonly type: 'ImposeFine';
  readonly employer: string;
  readonly decisionNumber: string;
  readonly ground: 'registration' | 'non-payment';
  readonly base: Money;
  readonly amount: Money;
  readonly orderExpiredOn: BusinessDate;
  readonly imposedOn: BusinessDate;
  readonly documentHash: string;
  readonly range: FineRange;
}

export interface PayFine {
  readonly type: 'PayFine';
  readonly employer: string;
  readonly fineId: string;
  readonly amount: Money;
  readonly paidOn: BusinessDate;
  readonly paymentReference: string;
}

export interface RevokeFine {
  readonly type: 'RevokeFine';
  readonly employer: string;
  readonly fineId: string;
  readonly decisionNumber: string;
  readonly revokedOn: BusinessDate;
  readonly reason: string;
  readonly documentHash: string;
}

const ARTICLE = { registration: '社会保险法 第84条', 'non-payment': '社会保险法 第86条' } as const;

/** A decision names one fine of an employer. */
export function fineIdOf(employer: string, decisionNumber: string): string {
  return deterministicId('fine', employer, decisionNumber);
}

/** What is still to be paid of a fine. */
export function unpaidOf({ amount, paid, isRevoked }: Fine): Money {
  return isRevoked ? Money.zero : amount.minus(paid);
}

export function evolveFines(fines: DuesState['fines'], { type, data }: FineEvent): DuesState['fines'] {
  if (type === 'FineImposed') {
    const { fineId, decisionNumber } = data;
    const amounts = { amount: Money.of(data.amount), paid: Money.zero, payments: new Set<string>() };
    return new Map(fines).set(fineId, { fineId, decisionNumber, ...amounts, isRevoked: false, imposed: data });
  }
  const fine = fines.get(data.fineId);
  if (fine === undefined) return fines;
  if (type === 'FineRevoked') return new Map(fines).set(data.fineId, { ...fine, isRevoked: true });
  const paid = fine.paid.plus(Money.of(data.amount));
  const payments = new Set(fine.payments).add(data.paymentReference);
  return new Map(fines).set(data.fineId, { ...fine, paid, payments });
}

/** Between the least and the greatest multiple of its base, after an order that had expired. */
export function imposeFine(command: ImposeFine, { fines }: DuesState): readonly FineEvent[] {
  const { employer, decisionNumber, ground, orderExpiredOn, imposedOn, documentHash, range } = command;
  const fineId = fineIdOf(employer, decisionNumber);
  const data = {
    ...{ fineId, employer, decisionNumber, ground, base: command.base.toString(), amount: command.amount.toString() },
    ...{ orderExpiredOn, imposedOn, documentHash, parameter: range.parameter },
  };
  const before = fines.get(fineId)?.imposed;
  if (before !== undefined) {
    if (saysTheSame(before, data)) return [];
    throw new DomainError(
      'fine-decision-known',
      `The decision ${decisionNumber} is on record already, with other particulars.`,
      'A decision number names one fine (行政处罚法 第59条).',
      'Check the decision; revoke the fine that is on record, if it is wrong.',
      { fineId, decisionNumber },
    );
  }
  checkMultiple(command);
  if (imposedOn <= orderExpiredOn) {
    throw new DomainError(
      'fine-before-order-expired',
      `The order ran until ${orderExpiredOn}; the fine is of ${imposedOn}.`,
      `${ARTICLE[ground]}: a fine follows an order to mend that was not kept in time.`,
      'Check both days in the decision.',
      { orderExpiredOn, imposedOn },
    );
  }
  return [{ type: 'FineImposed', data }];
}

function checkMultiple({ ground, base, amount, range }: ImposeFine): void {
  const least = base.times(range.least, 'fen-half-up');
  const most = base.times(range.most, 'fen-half-up');
  if (base.isPositive && !least.greaterThan(amount) && !amount.greaterThan(most)) return;
  throw new DomainError(
    'fine-multiple',
    `A fine of ${amount.toString()} yuan on ${base.toString()} yuan is not between ${least.toString()} and ${most.toString()}.`,
    `${ARTICLE[ground]}: ${range.least.toString()} to ${range.most.toString()} times the amount, which is more than zero.`,
    'Check the amounts in the decision.',
    { base: base.toString(), amount: amount.toString() },
  );
}

function saysTheSame(before: Fine['imposed'], now: Fine['imposed']): boolean {
  const fields = ['ground', 'base', 'amount', 'orderExpiredOn', 'imposedOn', 'documentHash'] as const;
  return fields.every((field) => before[field] === now[field]);
}

export function payFine(command: PayFine, { fines }: DuesState): readonly FineEvent[] {
  const { employer, fineId, amount, paidOn, paymentReference } = command;
  const fine = known(fines, fineId);
  if (fine.payments.has(paymentReference)) return [];
  const unpaid = unpaidOf(fine);
  if (!amount.isPositive || amount.greaterThan(unpaid)) {
    throw new DomainError(
      'fine-payment-amount',
      `${unpaid.toString()} yuan of the fine ${fine.decisionNumber} are unpaid; ${amount.toString()} cannot be paid on it.`,
      'A fine is paid into the treasury, once and no more than it is (行政处罚法 第67条).',
      'Check the amount on the treasury’s receipt. Too much comes back from the treasury.',
      { fineId, unpaid: unpaid.toString(), amount: amount.toString() },
    );
  }
  if (paidOn < fine.imposed.imposedOn) {
    throw new DomainError(
      'fine-paid-too-early',
      `The fine is of ${fine.imposed.imposedOn}; ${paidOn} is before that.`,
      'A fine is paid after it was imposed.',
      'Check the day on the treasury’s receipt.',
      { fineId, paidOn },
    );
  }
  return [{ type: 'FinePaid', data: { fineId, employer, amount: amount.toString(), paidOn, paymentReference } }];
}

export function revokeFine(command: RevokeFine, { fines }: DuesState): readonly FineEvent[] {
  const { employer, fineId, decisionNumber, revokedOn, reason, documentHash } = command;
  const fine = known(fines, fineId);
  if (fine.isRevoked) return [];
  if (revokedOn < fine.imposed.imposedOn) {
    throw new DomainError(
      'fine-revoked-too-early',
      `The fine is of ${fine.imposed.imposedOn}; ${revokedOn} is before that.`,
      'A fine is revoked after it was imposed.',
      'Check the day of the revoking decision.',
      { fineId, revokedOn },
    );
  }
  return [{ type: 'FineRevoked', data: { fineId, employer, decisionNumber, revokedOn, reason, documentHash } }];
}

function known(fines: DuesState['fines'], fineId: string): Fine {
  const fine = fines.get(fineId);
  if (fine !== undefined) return fine;
  throw new DomainError(
    'fine-unknown',
    `There is no fine ${fineId} of this employer.`,
    'A fine is on record once its decision was entered.',
    'Look the fine up among what the employer owes.',
    { fineId },
  );
}
