import {
  type BusinessDate,
  type Fund,
  FUNDS,
  fundOf,
  Money,
  type Month,
  type Scheme,
  SCHEMES,
} from '@provident/kernel';
import type { ChargedFee, DuesState } from './dues-state.js';
import type { DuesEvent } from './events.js';
import { type Fine, unpaidOf } from './fines/fine.js';
import type { LateFee, LateFeeRule } from './late-fees/late-fee-rule.js';

/** A late fee that is not charged: on what was paid late, or on what is still unpaid, as it stands on a day. */
export interface UnassessedFee extends LateFee {
  readonly month: Month;
  readonly scheme: Scheme;
  readonly principal: Money;
  readonly dueDate: BusinessDate;
}

export interface FinalFee extends UnassessedFee {
  readonly feeId: string;
}

/** All that an employer owes on a day. */
export interface DuesPosition {
  readonly contributions: readonly { fund: Fund; month: Month; dueDate: BusinessDate; amount: Money }[];
  /** Charged late fees that are not paid in full. */
  readonly charged: readonly ChargedFee[];
  /** Late fees on what was paid late, which nobody has charged yet. */
  readonly assessable: readonly FinalFee[];
  /** Late fees on what is unpaid past its due date; they grow until it is paid. */
  readonly accruing: readonly UnassessedFee[];
  /** Fines that are neither paid in full nor revoked. */
  readonly fines: readonly Fine[];
}

export function duesPosition(state: DuesState, on: BusinessDate, rule: LateFeeRule): DuesPosition {
  return {
    contributions: unpaidContributions(state),
    charged: [...state.lateFees.values()],
    assessable: assessable(state, rule),
    accruing: accruing(state, on, rule),
    fines: [...state.fines.values()].filter((fine) => unpaidOf(fine).isPositive),
  };
}

/** The final late fees that can be charged; one that comes to less than half a fen is none. */
export function assessable({ paidLate }: DuesState, rule: LateFeeRule): FinalFee[] {
  return [...paidLate.values()]
    .map(({ paidOn, ...payment }) => ({ ...payment, ...rule(payment.principal, payment.dueDate, paidOn) }))
    .filter(({ fee }) => fee.isPositive);
}

/** Late fees on unpaid contributions as if they were paid on this day. */
function accruing({ open }: DuesState, on: BusinessDate, rule: LateFeeRule): UnassessedFee[] {
  const overdue = byMonth(open.values()).filter(({ dueDate }) => dueDate < on);
  return overdue.flatMap(({ month, dueDate, lines }) =>
    SCHEMES.flatMap((scheme) => {
      const principal = unpaidIn(lines.filter((line) => line.scheme === scheme));
      if (!principal.isPositive) return [];
      return [{ month, scheme, principal, dueDate, ...rule(principal, dueDate, on) }];
    }),
  );
}

/** Unpaid contributions by month and fund, the oldest first. */
function unpaidContributions({ open }: DuesState): DuesPosition['contributions'] {
  return byMonth(open.values()).flatMap(({ month, dueDate, lines }) =>
    FUNDS.flatMap((fund: Fund) => {
      const amount = unpaidIn(lines.filter(({ scheme }) => fundOf(scheme) === fund));
      return amount.isPositive ? [{ fund, month, dueDate, amount }] : [];
    }),
  );
}

function byMonth<Each extends { readonly month: Month }>(months: Iterable<Each>): Each[] {
  return [...months].sort((a, b) => (a.month < b.month ? -1 : 1));
}

function unpaidIn(lines: readonly { due: Money; paid: Money }[]): Money {
  return Money.sum(lines.map(({ due, paid }) => due.minus(paid)));
}

type Owed = Extract<DuesEvent, { type: 'DuesFoundOpen' }>['data']['owed'];

/** All of it as events name it: contributions and late fees by month and fund, then fines. */
export function owedOf({ contributions, charged, assessable, accruing, fines }: DuesPosition): Owed {
  return [
    ...contributions.map(({ fund, month, amount }) => ({
      ...{ kind: 'contribution' as const, fund, month, amount: amount.toString() },
    })),
    ...feesByFund(charged.map((each) => ({ ...each, amount: each.fee.minus(each.paid) }))),
    ...feesByFund([...assessable, ...accruing].map((each) => ({ ...each, amount: each.fee }))).map((each) => ({
      ...{ ...each, unassessed: true },
    })),
    ...fines.map((fine) => ({ kind: 'fine' as const, amount: unpaidOf(fine).toString() })),
  ];
}

function feesByFund(fees: readonly { month: Month; scheme: Scheme; amount: Money }[]): Owed {
  const together = Map.groupBy(fees, ({ month, scheme }) => `${month} ${FUNDS.indexOf(fundOf(scheme))}`);
  return [...together.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...others]]) => {
      if (first === undefined) return [];
      const amount = Money.sum([first, ...others].map((each) => each.amount));
      const { month, scheme } = first;
      return amount.isPositive
        ? [{ kind: 'late-fee' as const, fund: fundOf(scheme), month, amount: amount.toString() }]
        : [];
    });
}
