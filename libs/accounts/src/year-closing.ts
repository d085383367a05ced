import {
  DomainError,
  Money,
  monthOf,
  monthOfYear,
  type ParameterReference,
  type Rate,
  yearOf,
} from '@provident/kernel';
import { accountInterest } from '@provident/policy';
import type { AccountState } from './account.js';
import { countOf } from './credited-months.js';
import type { AccountEvent } from './events.js';

export interface YearToClose {
  readonly personId: string;
  readonly year: number;
  readonly rate: Rate;
  readonly parameter: ParameterReference;
  /** Of a merged account, its merge alone closes what is still open before it is taken over. */
  readonly mergeId?: string;
}

/** Posts a year's interest and closes the year; nothing where it is closed, or where there is nothing to close. */
export function closeYear(command: YearToClose, state: AccountState): readonly AccountEvent[] {
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
        ...(state.openConflicts.length === 0 ? {} : { openConflicts: [...state.openConflicts] }),
      },
    },
  ];
}
