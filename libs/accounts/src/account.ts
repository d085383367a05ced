import {
  type BusinessDate,
  type Decider,
  DomainError,
  Money,
  type Month,
  monthOf,
  monthOfYear,
  type ParameterReference,
  type Payer,
  type Rate,
  type Scheme,
  yearOf,
} from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { accountInterest } from '@provident/policy';
import { type AccountEvent, accountEventSchemas } from './events.js';

/** A credit whose year is not closed yet: what interest and corrections need of it. */
interface OpenCredit {
  readonly creditId: string;
  readonly month: Month;
  readonly creditedOn: BusinessDate;
  readonly accountAmount: Money;
}

/** A person's contribution record and pension personal account (个人账户). Stream `account-<person id>`. */
export interface AccountState {
  /** The last closed year. */
  readonly closedYear: number | undefined;
  /** Balance at the end of the closed year. */
  readonly openingBalance: Money;
  /** Per calendar year a mask of the credited contribution months: bit 0 is January. */
  readonly creditedMonths: Readonly<Record<string, number>>;
  readonly openCredits: readonly OpenCredit[];
}

export interface Credit {
  readonly creditId: string;
  readonly personId: string;
  readonly employer: string;
  readonly declarationId: string;
  readonly month: Month;
  readonly base: Money;
  readonly lines: readonly { scheme: Scheme; payer: Payer; amount: Money }[];
  readonly accountAmount: Money;
  readonly creditedOn: BusinessDate;
}

/** An objection to a figure of the record. */
export interface Dispute {
  readonly disputeId: string;
  readonly personId: string;
  readonly year: number;
  readonly figure: string;
  readonly stated: string;
  readonly upheldOn: BusinessDate;
}

export type AccountCommand =
  | ({ type: 'CreditContribution'; corrects?: string } & Credit)
  /** A paid month that could not be credited is recorded for a clerk. */
  | { type: 'RecordConflict'; credit: Credit; reason: string }
  /** A person's objection to a figure of the record was found right. */
  | { type: 'UpholdDispute'; dispute: Dispute }
  | { type: 'ReverseCredit'; reversalId: string; credit: Credit; reversedOn: BusinessDate; reason: string }
  | { type: 'CloseYear'; personId: string; year: number; rate: Rate; parameter: ParameterReference };

const decider: Decider<AccountState, AccountCommand, AccountEvent> = {
  initial: { closedYear: undefined, openingBalance: Money.zero, creditedMonths: {}, openCredits: [] },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'CreditContribution':
        return credit(command, state);
      case 'RecordConflict':
        return [conflict(command)];
      case 'UpholdDispute':
        return [{ type: 'RecordDisputeUpheld', data: command.dispute }];
      case 'ReverseCredit':
        return reverse(command, state);
      case 'CloseYear':
        return closeYear(command, state);
    }
  },
};

export const account: Aggregate<AccountState, AccountCommand, AccountEvent> = {
  ...decider,
  category: 'account',
  schemas: accountEventSchemas,
  closing: 'YearClosed',
};

function evolve(state: AccountState, { type, data }: AccountEvent): AccountState {
  switch (type) {
    case 'ContributionCredited': {
      const { creditId, month, creditedOn } = data;
      const opened = { creditId, month, creditedOn, accountAmount: Money.of(data.accountAmount) };
      return {
        ...state,
        creditedMonths: withMonth(state.creditedMonths, month, true),
        openCredits: [...state.openCredits, opened],
      };
    }
    case 'ContributionCreditReversed':
      return {
        ...state,
        creditedMonths: withMonth(state.creditedMonths, data.month, false),
        openCredits: state.openCredits.filter((each) => each.creditId !== data.reverses),
      };
    case 'CreditConflictFound':
    case 'RecordDisputeUpheld':
    case 'AccountInterestPosted':
      return state;
    case 'YearClosed':
      return {
        closedYear: data.year,
        openingBalance: Money.of(data.closingBalance),
        creditedMonths: data.creditedMonths,
        openCredits: data.openCredits.map((each) => ({ ...each, accountAmount: Money.of(each.accountAmount) })),
      };
  }
}

function credit(
  command: Extract<AccountCommand, { type: 'CreditContribution' }>,
  state: AccountState,
): readonly AccountEvent[] {
  if (state.openCredits.some((each) => each.creditId === command.creditId)) return [];
  const { month, creditedOn } = command;
  checkYearOpen(state, creditedOn);
  if (isCredited(state, month)) {
    throw new DomainError(
      'month-already-credited',
      `The month ${month} is credited to this person already.`,
      '社会保险法 第74条: contributions are recorded completely and accurately; a month is recorded once.',
      'If the earlier credit is wrong, reverse it first.',
      { month },
    );
  }
  const { creditId, corrects } = command;
  return [
    {
      type: 'ContributionCredited',
      data: { creditId, ...writtenCredit(command), ...(corrects === undefined ? {} : { corrects }) },
    },
  ];
}

function conflict({ credit, reason }: Extract<AccountCommand, { type: 'RecordConflict' }>): AccountEvent {
  const {
    personId,
    employer,
    declarationId,
    month,
    lines,
    accountAmount,
    creditedOn: settledOn,
  } = writtenCredit(credit);
  const of = { creditId: credit.creditId, personId, employer, declarationId, month };
  return { type: 'CreditConflictFound', data: { ...of, lines, accountAmount, settledOn, reason } };
}

function reverse(
  command: Extract<AccountCommand, { type: 'ReverseCredit' }>,
  state: AccountState,
): readonly AccountEvent[] {
  const { credit: wrong, reversalId, reversedOn, reason } = command;
  const open = state.openCredits.find((each) => each.creditId === wrong.creditId);
  if (open === undefined) {
    if (state.closedYear !== undefined && yearOf(wrong.creditedOn) <= state.closedYear) {
      checkYearOpen(state, wrong.creditedOn);
    }
    throw new DomainError(
      'credit-not-open',
      'There is no such credit that could be reversed: it does not exist, or it was reversed before.',
      '红字冲正: a correction names an entry that stands.',
      'Look the credit up in the statement and name its id.',
      { creditId: wrong.creditId },
    );
  }
  const negative: Credit = {
    ...wrong,
    base: wrong.base.negated(),
    lines: wrong.lines.map((line) => ({ ...line, amount: line.amount.negated() })),
    accountAmount: wrong.accountAmount.negated(),
  };
  return [
    {
      type: 'ContributionCreditReversed',
      data: { ...writtenCredit(negative), creditId: reversalId, reverses: wrong.creditId, reversedOn, reason },
    },
  ];
}

function closeYear(
  command: Extract<AccountCommand, { type: 'CloseYear' }>,
  state: AccountState,
): readonly AccountEvent[] {
  const { personId, year, rate, parameter } = command;
  if (state.closedYear !== undefined && state.closedYear >= year) return [];
  const earliest = Math.min(...state.openCredits.map((each) => yearOf(each.creditedOn)));
  const next = state.closedYear === undefined ? earliest : state.closedYear + 1;
  if (state.closedYear === undefined && earliest > year) return [];
  if (next < year) {
    throw new DomainError(
      'earlier-year-open',
      `The account's year ${next} is not closed yet.`,
      'Years are closed in order: each opens with the balance that the one before closed with.',
      `Close ${next} first.`,
      { year: next },
    );
  }
  const inYear = state.openCredits.filter((each) => yearOf(each.creditedOn) === year);
  const interest = accountInterest({
    method: 'month-product',
    openingBalance: state.openingBalance,
    rate,
    credits: inYear.map((each) => ({ month: monthOfYear(monthOf(each.creditedOn)), amount: each.accountAmount })),
  });
  const months = Object.values(state.creditedMonths).reduce((sum, mask) => sum + bitCount(mask), 0);
  return [
    {
      type: 'AccountInterestPosted',
      data: {
        personId,
        year,
        rate: rate.toString(),
        openingInterest: interest.openingInterest.toString(),
        creditInterest: interest.creditInterest.toString(),
        interest: interest.interest.toString(),
        parameter,
      },
    },
    {
      type: 'YearClosed',
      data: {
        personId,
        year,
        openingBalance: state.openingBalance.toString(),
        credited: Money.sum(inYear.map((each) => each.accountAmount)).toString(),
        interest: interest.interest.toString(),
        closingBalance: interest.closingBalance.toString(),
        contributionMonths: months,
        creditedMonths: { ...state.creditedMonths },
        openCredits: state.openCredits
          .filter((each) => yearOf(each.creditedOn) > year)
          .map((each) => ({ ...each, accountAmount: each.accountAmount.toString() })),
      },
    },
  ];
}

function checkYearOpen(state: AccountState, creditedOn: BusinessDate): void {
  if (state.closedYear === undefined || yearOf(creditedOn) > state.closedYear) return;
  throw new DomainError(
    'account-year-closed',
    `The account's year ${yearOf(creditedOn)} is closed; its interest is posted.`,
    '劳办发〔1997〕116号: interest is posted once a year on the closed record.',
    'A correction of a closed year needs a case of its own that also corrects the interest.',
    { closedYear: state.closedYear },
  );
}

function isCredited(state: AccountState, month: Month): boolean {
  return ((state.creditedMonths[month.slice(0, 4)] ?? 0) & (1 << (monthOfYear(month) - 1))) !== 0;
}

function withMonth(
  masks: AccountState['creditedMonths'],
  month: Month,
  credited: boolean,
): AccountState['creditedMonths'] {
  const year = month.slice(0, 4);
  const bit = 1 << (monthOfYear(month) - 1);
  const before = masks[year] ?? 0;
  return { ...masks, [year]: credited ? before | bit : before & ~bit };
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function writtenCredit(of: Credit) {
  const { personId, employer, declarationId, month, creditedOn } = of;
  return {
    personId,
    employer,
    declarationId,
    month,
    base: of.base.toString(),
    lines: of.lines.map((line) => ({ scheme: line.scheme, payer: line.payer, amount: line.amount.toString() })),
    accountAmount: of.accountAmount.toString(),
    creditedOn,
  };
}
