import type { AccountEvent } from '@provident/accounts/events';
import {
  type BusinessDate,
  Money,
  type Month,
  type ParameterReference,
  type Payer,
  type RecordedEvent,
  type Scheme,
  yearOf,
} from '@provident/kernel';

/** Where a figure of a statement stands in the log, to be looked up or proved. */
interface Evidence {
  readonly eventId: string;
  readonly position: string;
}

export interface StatementMonth extends Evidence {
  readonly month: Month;
  readonly employer: string;
  readonly base: string;
  readonly lines: readonly { readonly scheme: Scheme; readonly payer: Payer; readonly amount: string }[];
  readonly accountAmount: string;
  readonly creditedOn: BusinessDate;
  /** The credit that this one replaced. */
  readonly corrects?: string;
}

export interface StatementCorrection extends Evidence {
  readonly month: Month;
  readonly employer: string;
  readonly accountAmount: string;
  readonly reversedOn: BusinessDate;
  readonly reason: string;
}

export interface StatementAccount {
  /** Balance at the start of the year. `provisional` while an earlier year's interest is not posted. */
  readonly opening: string;
  readonly provisional: boolean;
  /** What the year credited to the account, by the day of the credit. */
  readonly credited: string;
  readonly interest?: {
    readonly rate: string;
    readonly onOpening: string;
    readonly onCredits: string;
    readonly total: string;
    readonly parameter: ParameterReference;
  } & Evidence;
  /** Balance at the end of the year, or to date (without interest) while the year is open. */
  readonly closing: string;
  readonly closed: boolean;
}

/** A person's rights record of one year (个人权益记录单), rebuilt from that person's own events. */
export interface PersonalStatement {
  readonly year: number;
  readonly months: readonly StatementMonth[];
  readonly corrections: readonly StatementCorrection[];
  /** Sums of the months' lines by scheme and payer. */
  readonly totals: readonly { readonly scheme: Scheme; readonly payer: Payer; readonly amount: string }[];
  readonly account: StatementAccount;
  /** Log position of the last event that the statement rests on. */
  readonly knownAt: string;
}

type Credited = RecordedEvent<Extract<AccountEvent, { type: 'ContributionCredited' }>>;
type Reversed = RecordedEvent<Extract<AccountEvent, { type: 'ContributionCreditReversed' }>>;
type Interest = RecordedEvent<Extract<AccountEvent, { type: 'AccountInterestPosted' }>>;
type Closed = RecordedEvent<Extract<AccountEvent, { type: 'YearClosed' }>>;

/** Pure: the account's events, in the order of the log, from the closing two years before (or the beginning) on. */
export function personalStatement(year: number, events: readonly RecordedEvent<AccountEvent>[]): PersonalStatement {
  const reversals = events.filter((event): event is Reversed => event.type === 'ContributionCreditReversed');
  const reversed = new Set(reversals.map((event) => event.data.reverses));
  const credits = events.filter((event): event is Credited => event.type === 'ContributionCredited');
  const standing = credits.filter((event) => !reversed.has(event.data.creditId));
  const months = standing.filter((event) => yearOf(event.data.month) === year).map(monthOf);
  return {
    year,
    months: months.sort((a, b) => (a.month < b.month ? -1 : 1)),
    corrections: reversals.filter((event) => yearOf(event.data.month) === year).map(correctionOf),
    totals: totalsOf(months),
    account: accountOf(year, events, standing),
    knownAt: (events.at(-1)?.position ?? 0n).toString(),
  };
}

function accountOf(
  year: number,
  events: readonly RecordedEvent<AccountEvent>[],
  standing: readonly Credited[],
): StatementAccount {
  const closings = events.filter((event): event is Closed => event.type === 'YearClosed');
  const closing = closings.find((event) => event.data.year === year);
  const before = closings.findLast((event) => event.data.year < year);
  const sumOf = (credits: readonly Credited[]) => Money.sum(credits.map((event) => Money.of(event.data.accountAmount)));
  const openYears = standing.filter(
    ({ data }) => yearOf(data.creditedOn) < year && yearOf(data.creditedOn) > (before?.data.year ?? 0),
  );
  const opening = Money.of(before?.data.closingBalance ?? '0.00').plus(sumOf(openYears));
  const credited = sumOf(standing.filter(({ data }) => yearOf(data.creditedOn) === year));
  const posted = events.find(
    (event): event is Interest =>
      event.type === 'AccountInterestPosted' && 'rate' in event.data && event.data.year === year,
  );
  if (closing === undefined || posted === undefined) {
    return {
      opening: opening.toString(),
      provisional: openYears.length > 0,
      credited: credited.toString(),
      closing: opening.plus(credited).toString(),
      closed: false,
    };
  }
  const { data } = posted;
  return {
    opening: closing.data.openingBalance,
    provisional: false,
    credited: closing.data.credited,
    interest: {
      rate: data.rate,
      onOpening: data.openingInterest,
      onCredits: data.creditInterest,
      total: data.interest,
      parameter: data.parameter,
      ...evidence(posted),
    },
    closing: closing.data.closingBalance,
    closed: true,
  };
}

function monthOf(event: Credited): StatementMonth {
  const { month, employer, base, lines, accountAmount, creditedOn, corrects } = event.data;
  const correction = corrects === undefined ? {} : { corrects };
  return { month, employer, base, lines, accountAmount, creditedOn, ...correction, ...evidence(event) };
}

function correctionOf(event: Reversed): StatementCorrection {
  const { month, employer, accountAmount, reversedOn, reason } = event.data;
  return { month, employer, accountAmount, reversedOn, reason, ...evidence(event) };
}

function totalsOf(months: readonly StatementMonth[]): PersonalStatement['totals'] {
  const sums = new Map<string, { scheme: Scheme; payer: Payer; amount: Money }>();
  for (const { scheme, payer, amount } of months.flatMap((each) => each.lines)) {
    const key = `${scheme} ${payer}`;
    const before = sums.get(key)?.amount ?? Money.zero;
    sums.set(key, { scheme, payer, amount: before.plus(Money.of(amount)) });
  }
  return [...sums.values()].map((each) => ({ ...each, amount: each.amount.toString() }));
}

function evidence(event: RecordedEvent): Evidence {
  return { eventId: event.id, position: event.position.toString() };
}
