import {
  type BusinessDate,
  businessDate,
  deterministicId,
  DomainError,
  Money,
  type Month,
  month,
  yearOf,
} from '@provident/kernel';
import type { AccountState, Credit, OpenCredit } from './account.js';
import { isCredited } from './credited-months.js';
import type { AccountEvent } from './events.js';
import { conflictOf, inRed, writtenCredit } from './written-credit.js';

/*
 * Two accounts of one person become one in two streams: the merged one takes nothing more (`AccountMergedInto`), then the
 * survivor's takes over what is in it (`AccountMergedFrom`). The first is final, so what the second takes over cannot change
 * in between.
 */

export interface MergeInto {
  readonly mergeId: string;
  readonly personId: string;
  readonly survivor: string;
  readonly mergedOn: BusinessDate;
}

export interface AbsorbAccount {
  readonly mergeId: string;
  readonly personId: string;
  readonly merged: string;
  readonly mergedOn: BusinessDate;
  /** The merged account, which takes nothing more. */
  readonly content: AccountState;
  /** All interest that was ever posted to it. */
  readonly interest: Money;
  /** All its credits that stand, also those of closed years. */
  readonly standing: readonly Credit[];
}

export function mergeInto(command: MergeInto, state: AccountState): readonly AccountEvent[] {
  const { mergeId, personId, survivor, mergedOn } = command;
  if (state.mergedInto?.mergeId === mergeId) return [];
  checkNotMerged(state);
  return [{ type: 'AccountMergedInto', data: { mergeId, personId, survivor, mergedOn } }];
}

/** Throws `account-years-apart` where the merged account has amounts in a year that the survivor's has closed. */
export function absorb(command: AbsorbAccount, state: AccountState): readonly AccountEvent[] {
  const { mergeId, personId, merged, mergedOn, content, interest, standing } = command;
  if (state.absorbed.includes(mergeId)) return [];
  const entries = entriesOf(mergeId, content);
  checkYears(entries, state.closedYear);
  const balance = Money.sum(entries.map((each) => each.accountAmount));
  const taken: AccountEvent = {
    type: 'AccountMergedFrom',
    data: {
      ...{ mergeId, personId, merged, mergedOn },
      ...{ principal: balance.minus(interest).toString(), interest: interest.toString() },
      ...(content.closedYear === undefined ? {} : { closedYear: content.closedYear }),
      entries: entries.map((each) => ({ ...each, accountAmount: each.accountAmount.toString() })),
      creditedMonths: { ...content.creditedMonths },
      ...(content.openConflicts.length === 0 ? {} : { openConflicts: [...content.openConflicts] }),
    },
  };
  const twice = standing.filter((credit) => isCredited(state.creditedMonths, credit.month));
  const reasonOf = (of: Month) => `The month ${of} was credited under both identities; the survivor's record is kept.`;
  return [
    taken,
    ...twice.flatMap((credit) => [
      takenBack(command, { ...credit, personId }, entries, reasonOf(credit.month)),
      conflictOf({ ...credit, personId }, reasonOf(credit.month)),
    ]),
  ];
}

/** What is in an account, by the years in which it counts: the balance of the last closed year opens the year after. */
function entriesOf(mergeId: string, { closedYear, openingBalance, openCredits }: AccountState): readonly OpenCredit[] {
  if (closedYear === undefined || openingBalance.isZero) return openCredits;
  const next = closedYear + 1;
  const from = { creditId: mergeId, month: month(`${next}-01`), creditedOn: businessDate(`${next}-01-01`) };
  return [{ ...from, accountAmount: openingBalance, opening: true }, ...openCredits];
}

/**
 * A month that both had: its principal leaves the account again and waits for a clerk (国办发〔2009〕66号: one relationship is
 * kept, the principal of the other is given back). Where its year is closed it leaves with the start of the open year; the
 * interest that it has earned by then stays the person's.
 */
function takenBack(
  { mergeId, mergedOn: reversedOn, content }: AbsorbAccount,
  credit: Credit,
  entries: readonly OpenCredit[],
  reason: string,
): AccountEvent {
  const open = entries.find((each) => each.creditId === credit.creditId);
  const creditedOn = open?.creditedOn ?? businessDate(`${(content.closedYear ?? yearOf(credit.creditedOn)) + 1}-01-01`);
  return {
    type: 'ContributionCreditReversed',
    data: {
      ...writtenCredit({ ...inRed(credit), creditedOn }),
      creditId: deterministicId('merge-duplicate', mergeId, credit.creditId),
      ...{ reverses: credit.creditId, reversedOn, reason, monthStands: true },
    },
  };
}

/** A merged account takes nothing more: `account-merged`, which names the survivor. */
export function checkNotMerged({ mergedInto }: AccountState): void {
  if (mergedInto === undefined) return;
  const { survivor } = mergedInto;
  throw new DomainError(
    'account-merged',
    `This account was merged into another one; the person goes on as ${survivor}.`,
    '社会保险法 第58条: one person has one social security number.',
    'Give the command for the surviving identity.',
    { survivor },
  );
}

function checkYears(entries: readonly OpenCredit[], closedYear: number | undefined): void {
  const early = entries.find(({ creditedOn }) => closedYear !== undefined && yearOf(creditedOn) <= closedYear);
  if (early === undefined) return;
  throw new DomainError(
    'account-years-apart',
    `The merged account has amounts of ${yearOf(early.creditedOn)}, a year that the survivor's account has closed.`,
    '劳办发〔1997〕116号: interest is posted once a year on the closed record.',
    `Close the merged account's year ${yearOf(early.creditedOn)} first.`,
  );
}
