import {
  type BusinessDate,
  type Decider,
  deterministicId,
  DomainError,
  Money,
  type Month,
  type Payer,
  type Scheme,
  yearOf,
} from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { type CreditedMonths, isCredited, together, withMonth } from './credited-months.js';
import { type AccountEvent, accountEventSchemas, type ConflictOutcome } from './events.js';
import { type AbsorbAccount, absorb, checkNotMerged, type MergeInto, mergeInto } from './merged-account.js';
import { conflictOf, inRed, writtenCredit } from './written-credit.js';
import { closeYear, type YearToClose } from './year-closing.js';

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
  /** Ids of credits that could not be made and that nobody has settled. */
  readonly openConflicts: readonly string[];
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

/** Which record of a month stands, and what that takes. */
export interface SettledConflict {
  /** What was paid a second time, as it would be credited now. */
  readonly conflict: Credit;
  readonly outcome: ConflictOutcome;
  readonly settledOn: BusinessDate;
  /** The month's credit that stands, if one does. */
  readonly standing: Credit | undefined;
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
  /** A paid month that could not be credited is settled, by a case that was approved. */
  | ({ type: 'SettleConflict' } & SettledConflict)
  | ({ type: 'CloseYear' } & YearToClose);

const decider: Decider<AccountState, AccountCommand, AccountEvent> = {
  initial: {
    closedYear: undefined,
    openingBalance: Money.zero,
    creditedMonths: {},
    openCredits: [],
    mergedInto: undefined,
    absorbed: [],
    openConflicts: [],
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
      case 'SettleConflict':
        return settle(command, state);
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
        openConflicts: [...state.openConflicts, ...(data.openConflicts ?? [])],
      };
    case 'CreditConflictFound':
      return { ...state, openConflicts: [...state.openConflicts, data.creditId] };
    case 'CreditConflictSettled':
      return { ...state, openConflicts: state.openConflicts.filter((each) => each !== data.conflictId) };
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
        openConflicts: data.openConflicts ?? [],
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

/**
 * The earlier record stands, with or without the second payment's principal given back; or the second one does, and the
 * earlier credit of the month is taken back in red. Throws `conflict-not-open`.
 */
function settle({ conflict, outcome, settledOn, standing }: SettledConflict, state: AccountState): AccountEvent[] {
  const { creditId: conflictId, personId, employer, month, accountAmount } = conflict;
  if (!state.openConflicts.includes(conflictId)) throw conflictNotOpen(conflictId);
  const settled: AccountEvent = {
    type: 'CreditConflictSettled',
    data: { conflictId, personId, employer, month, outcome, accountAmount: accountAmount.toString(), settledOn },
  };
  if (outcome !== 'replaced') return [settled];
  const ids = { reversalId: deterministicId('settles', conflictId, 'reversal'), creditId: settledCreditId(conflictId) };
  const reason = 'The second payment of the month is the right one.';
  const reversal =
    standing === undefined
      ? []
      : reverse({ type: 'ReverseCredit', ...ids, credit: standing, reversedOn: settledOn, reason }, state);
  const corrects = standing === undefined ? {} : { corrects: standing.creditId };
  const instead = { type: 'CreditContribution', ...conflict, ...ids, ...corrects } as const;
  return [...reversal, ...credit(instead, reversal.reduce(evolve, state)), settled];
}

/** The id of a credit that was made because its conflict was settled so. */
function settledCreditId(conflictId: string): string {
  return deterministicId('settles', conflictId, 'credit');
}

function conflictNotOpen(conflictId: string): DomainError {
  return new DomainError(
    'conflict-not-open',
    'There is no such conflict on this record that waits to be settled.',
    'A conflict is settled once.',
    'Look at the conflicts that the statement lists.',
    { conflictId },
  );
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
