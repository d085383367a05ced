import type { AccountEvent } from '@provident/accounts/events';
import { type BusinessDate, Money, type Month, type ParameterReference, type RecordedEvent } from '@provident/kernel';
import { type Evidence, evidence } from './evidence.js';
import { type MovedEntry, movedEntries, sumOf } from './moved-entries.js';

export type Credited = RecordedEvent<Extract<AccountEvent, { type: 'ContributionCredited' }>>;
export type Reversed = RecordedEvent<Extract<AccountEvent, { type: 'ContributionCreditReversed' }>>;
type MergedFrom = RecordedEvent<Extract<AccountEvent, { type: 'AccountMergedFrom' }>>;
type Interest = RecordedEvent<Extract<AccountEvent, { type: 'AccountInterestPosted' }>>;
type Closed = RecordedEvent<Extract<AccountEvent, { type: 'YearClosed' }>>;

export const MOVEMENT_KINDS = ['credit', 'reversal', 'merged-in', 'merged-out', 'interest'] as const;

/**
 * One movement of the personal account (账户变动) with the balance after it. A reversal is negative: red. `merged-in` is what
 * came from the account of another identity of the person, `merged-out` what went to it.
 */
export interface AccountMovement extends Evidence {
  readonly kind: (typeof MOVEMENT_KINDS)[number];
  readonly on: BusinessDate;
  /** Contribution month that was credited or taken back. */
  readonly month?: Month;
  /** The person id of the other account of a merge. */
  readonly counterpart?: string;
  readonly amount: string;
  readonly balance: string;
}

export interface StatementInterest extends Evidence {
  readonly rate: string;
  readonly onOpening: string;
  readonly onCredits: string;
  readonly total: string;
  readonly parameter: ParameterReference;
}

export interface StatementAccount {
  /** Balance at the start of the year. `provisional` while an earlier year's interest is not posted. */
  readonly opening: string;
  readonly provisional: boolean;
  /** What the year credited to the account, by the day of the credit. */
  readonly credited: string;
  readonly interest?: StatementInterest;
  /** Balance at the end of the year, or to date (without interest) while the year is open. */
  readonly closing: string;
  readonly closed: boolean;
  /** From the opening to the closing balance, in the order in which they were recorded. */
  readonly movements: readonly AccountMovement[];
  /** Contribution months on record (累计缴费月数): at the closing, or to date while the year is open. */
  readonly contributionMonths: number;
  /** Where the year's closing stands in the log. */
  readonly closedBy?: Evidence;
}

/** Pure: the pension personal account of one year out of the account's events, see `personalStatement`. */
export function accountOf(year: number, events: readonly RecordedEvent<AccountEvent>[]): StatementAccount {
  const closings = events.filter((event): event is Closed => event.type === 'YearClosed');
  const closing = closings.find((event) => event.data.year === year);
  const posted = events.find((event): event is Interest => isInterest(event) && event.data.year === year);
  const before = closings.findLast((event) => event.data.year < year);
  const entries = movedEntries(events);
  const earlier = entries.filter((each) => each.year < year && each.year > (before?.data.year ?? 0));
  const inYear = entries.filter((each) => each.year === year);
  const known = Money.of(before?.data.closingBalance ?? '0.00').plus(sumOf(earlier));
  const opening = closing === undefined ? known.toString() : closing.data.openingBalance;
  const account = {
    opening,
    provisional: closing === undefined && earlier.length > 0,
    credited: sumOf(inYear).toString(),
    movements: movementsOf(Money.of(opening), inYear, closing === undefined ? undefined : posted),
    contributionMonths: closing?.data.contributionMonths ?? monthsOnRecord(events),
  };
  if (closing === undefined || posted === undefined) {
    return { ...account, closing: Money.of(opening).plus(sumOf(inYear)).toString(), closed: false };
  }
  const { rate, openingInterest, creditInterest, interest, parameter } = posted.data;
  return {
    ...account,
    interest: {
      ...{ rate, onOpening: openingInterest, onCredits: creditInterest, total: interest, parameter },
      ...evidence(posted),
    },
    closing: closing.data.closingBalance,
    closed: true,
    closedBy: evidence(closing),
  };
}

function isInterest(event: RecordedEvent<AccountEvent>): event is Interest {
  return event.type === 'AccountInterestPosted' && 'rate' in event.data;
}

function movementsOf(opening: Money, inYear: readonly MovedEntry[], interest: Interest | undefined): AccountMovement[] {
  let balance = opening;
  const movements = inYear.map(({ event, kind, on, month, counterpart, amount }): AccountMovement => {
    balance = balance.plus(amount);
    const moved = {
      ...{ kind, on },
      ...(month === undefined ? {} : { month }),
      ...(counterpart === undefined ? {} : { counterpart }),
    };
    return { ...moved, amount: amount.toString(), balance: balance.toString(), ...evidence(event) };
  });
  if (interest === undefined) return movements;
  const { year, interest: amount } = interest.data;
  balance = balance.plus(Money.of(amount));
  const on = `${year}-12-31` as BusinessDate;
  return [...movements, { kind: 'interest', on, amount, balance: balance.toString(), ...evidence(interest) }];
}

/** Months ever credited and not taken back: as the last closing knew them, and what came after it. */
export function monthsOnRecord(events: readonly RecordedEvent<AccountEvent>[]): number {
  return creditedMonths(events).size;
}

/** The contribution months on record, as YYYY-MM. */
export function creditedMonths(events: readonly RecordedEvent<AccountEvent>[]): ReadonlySet<string> {
  const months = new Set<string>();
  for (const event of events) {
    if (event.type === 'YearClosed' || event.type === 'AccountMergedFrom') {
      if (event.type === 'YearClosed') months.clear();
      for (const month of monthsOfMasks((event as Closed | MergedFrom).data.creditedMonths)) months.add(month);
    } else if (event.type === 'ContributionCredited') {
      months.add((event as Credited).data.month);
    } else if (event.type === 'ContributionCreditReversed') {
      const { month, monthStands } = (event as Reversed).data;
      if (monthStands !== true) months.delete(month);
    }
  }
  return months;
}

function* monthsOfMasks(masks: Readonly<Record<string, number>>): Generator<string> {
  for (const [year, mask] of Object.entries(masks)) {
    for (let month = 1; month <= 12; month += 1) {
      if ((mask & (1 << (month - 1))) !== 0) yield `${year}-${String(month).padStart(2, '0')}`;
    }
  }
}
