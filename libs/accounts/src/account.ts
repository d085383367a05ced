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
import { countOf, type CreditedMonths, isCredited, together, withMonth } from './credited-months.js';
import { type AccountEvent, accountEventSchemas } from './events.js';
import { type AbsorbAccount, absorb, checkNotMerged, type MergeInto, mergeInto } from './merged-account.js';
import { conflictOf, inRed, writtenCredit } from './written-credit.js';

/** A credit whose year is not closed yet: what interest and corrections need of it. */
export interface OpenCredit {
  readonly creditId: string;
  readonly month: Month;
  readonly creditedOn: BusinessDate;
  readonly accountAmount: Money;
  /** It came from a merged account, where it was there at the start of the year: it earns with the opening balance. */
  readonly opening?: true;
}

/** A person's contribution record and pension personal account (个人账户). Stream `account-<person id>`. */
export interface AccountState {
  /** The last closed year. */
  readonly closedYear: number | undefined;
  /** Balance at the end of the closed year. */
  readonly openingBalance: Money;
  readonly creditedMonths: CreditedMonths;
  readonly openCredits: readonly OpenCredit[];
  /** The account is that of a second identity and takes nothing more. */
  readonly mergedInto: { readonly mergeId: string; readonly survivor: string } | undefined;
  /** The merges by which it took other accounts over. */
  readonly absorbed: readonly string[];
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
  | ({ type: 'MergeInto' } & MergeInto)
  | ({ type: 'AbsorbAccount' } & AbsorbAccount)
  /** Of a merged account, its merge alone closes what is still open before it is taken over. */
  | { type: 'CloseYear'; personId: string; year: number; rate: Rate; parameter: ParameterReference; mergeId?: string };

const decider: Decider<AccountState, AccountCommand, AccountEvent> = {
  initial: {
    closedYear: undefined,
    openingBalance: Money.zero,
    creditedMonths: {},
    openCredits: [],
    mergedInto: undefined,
    absorbed: [],
  },
  evolve,
  decide(command, state) {
    if (command.type === 'MergeInto') return mergeInto(command, state);
    if (command.type === 'CloseYear') return closeYear(command, state);
    checkNotMerged(state);
    switch (command.type) {
      case 'CreditContribution':
        return credit(command, state);
      case 'RecordConflict':
        return [conflictOf(command.credit, command.reason)];
      case 'UpholdDispute':
        return [{ type: 'RecordDisputeUpheld', data: command.dispute }];
      case 'ReverseCredit':
        return reverse(command, state);
      case 'AbsorbAccount':
        return absorb(command, state);
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
        creditedMonths: withMonth(state.creditedMonths, data.month, data.monthStands === true),
        openCredits: withoutCredit(state.openCredits, data),
      };
    case 'AccountMergedInto':
      return { ...state, mergedInto: { mergeId: data.mergeId, survivor: data.survivor } };
    case 'AccountMergedFrom':
      return {
        ...state,
        closedYear: state.closedYear ?? closedBefore(state.openCredits, data.closedYear),
        creditedMonths: together(state.creditedMonths, data.creditedMonths),
        openCredits: [...state.openCredits, ...data.entries.map(openCredit)],
        absorbed: [...state.absorbed, data.mergeId],
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
        openCredits: data.openCredits.map(openCredit),
        mergedInto: data.mergedInto,
        absorbed: data.absorbed ?? [],
      };
  }
}

/** An account that was not there yet in a year that the merged one closed has nothing to close in it any more. */
function closedBefore(open: readonly OpenCredit[], closedYear: number | undefined): number | undefined {
  if (closedYear === undefined) return undefined;
  return open.some(({ creditedOn }) => yearOf(creditedOn) <= closedYear) ? undefined : closedYear;
}

type Written = Extract<AccountEvent, { type: 'YearClosed' }>['data']['openCredits'][number];

function openCredit(each: Written): OpenCredit {
  return { ...each, accountAmount: Money.of(each.accountAmount) };
}

/** The reversed credit earns nothing, as if it had never been; one of a closed year leaves with the start of this one. */
function withoutCredit(
  open: readonly OpenCredit[],
  reversal: Extract<AccountEvent, { type: 'ContributionCreditReversed' }>['data'],
): readonly OpenCredit[] {
  const others = open.filter((each) => each.creditId !== reversal.reverses);
  if (others.length < open.length) return others;
  const { creditId, month, creditedOn, accountAmount } = reversal;
  return [...open, { creditId, month, creditedOn, accountAmount: Money.of(accountAmount), opening: true }];
}

function credit(
  command: Extract<AccountCommand, { type: 'CreditContribution' }>,
  state: AccountState,
): readonly AccountEvent[] {
  if (state.openCredits.some((each) => each.creditId === command.creditId)) return [];
  const { month, creditedOn } = command;
  checkYearOpen(state, creditedOn);
  if (isCredited(state.creditedMonths, month)) {
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
  return [
    {
      type: 'ContributionCreditReversed',
      data: { ...writtenCredit(inRed(wrong)), creditId: reversalId, reverses: wrong.creditId, reversedOn, reason },
    },
  ];
}

function closeYear(
  command: Extract<AccountCommand, { type: 'CloseYear' }>,
  state: AccountState,
): readonly AccountEvent[] {
  const { personId, year, rate, parameter } = command;
  if (state.closedYear !== undefined && state.closedYear >= year) return [];
  if (state.mergedInto !== undefined && state.mergedInto.mergeId !== command.mergeId) return [];
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
  const opening = Money.sum(inYear.filter((each) => each.opening).map((each) => each.accountAmount));
  const credits = inYear.filter((each) => !each.opening);
  const interest = accountInterest({
    method: 'month-product',
    openingBalance: state.openingBalance.plus(opening),
    rate,
    credits: credits.map((each) => ({ month: monthOfYear(monthOf(each.creditedOn)), amount: each.accountAmount })),
  });
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
        contributionMonths: countOf(state.creditedMonths),
        creditedMonths: { ...state.creditedMonths },
        openCredits: state.openCredits
          .filter((each) => yearOf(each.creditedOn) > year)
          .map((each) => ({ ...each, accountAmount: each.accountAmount.toString() })),
        ...(state.mergedInto === undefined ? {} : { mergedInto: state.mergedInto }),
        ...(state.absorbed.length === 0 ? {} : { absorbed: [...state.absorbed] }),
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
