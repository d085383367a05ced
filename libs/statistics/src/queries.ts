import { BookQueries, type BooksDatabase } from '@provident/books';
import {
  type BusinessDate,
  FUNDS,
  type Fund,
  Money,
  type Month,
  SCHEMES,
  type Scheme,
  firstDayOf,
  lastDayOf,
} from '@provident/kernel';
import type { Kysely } from 'kysely';
import { ratio } from './ratio.js';
import { type Collected, type FigureQuestion, collected, latestDay, participants, payers } from './scheme-figures.js';
import type { StatisticsDatabase } from './tables.js';

const RATE_DECIMALS = 4;

export interface SchemeFigures {
  readonly participants: bigint;
  readonly payers: bigint;
  readonly due: Money;
  readonly received: Money;
  readonly receivedLate: Money;
  readonly arrears: Money;
  /** A fraction with four decimals; absent where nothing is due. */
  readonly collectionRate: string | undefined;
}

export interface FundFigures {
  readonly fund: Fund;
  readonly income: Money;
  readonly expenditure: Money;
  readonly balance: Money;
}

/** A month's statistics, with the day up to which was counted. In `all` a person counts once, whatever the schemes. */
export interface MonthlyStatistics {
  readonly month: Month;
  readonly asOf: BusinessDate;
  readonly schemes: readonly (SchemeFigures & { readonly scheme: Scheme })[];
  readonly all: SchemeFigures;
  readonly funds: readonly FundFigures[];
}

export interface StatisticsTimes {
  /** The last day that counts. When absent: the latest day on record, but not before the end of the month. */
  readonly asOf?: BusinessDate | undefined;
  /** The log position at which it was known; everything projected when absent. */
  readonly knownAt?: bigint | undefined;
}

/** The indicators, computed from the facts and the books in one consistent view. */
export class StatisticsQueries {
  constructor(private readonly db: Kysely<StatisticsDatabase & BooksDatabase>) {}

  monthlyStatistics(month: Month, times: StatisticsTimes = {}): Promise<MonthlyStatistics> {
    return this.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((view) => monthlyStatistics(view, month, times));
  }
}

async function monthlyStatistics(
  db: Kysely<StatisticsDatabase & BooksDatabase>,
  month: Month,
  { asOf, knownAt }: StatisticsTimes,
): Promise<MonthlyStatistics> {
  const facts = db as unknown as Kysely<StatisticsDatabase>;
  const day = asOf ?? later(lastDayOf(month), await latestDay(facts, knownAt));
  const question: FigureQuestion = { month, asOf: day, knownAt };
  const people = await participants(facts, question);
  const paying = await payers(facts, question);
  const money = await collected(facts, question);
  const figures = (scheme: Scheme | undefined) =>
    schemeFigures(people.get(scheme) ?? 0n, paying.get(scheme) ?? 0n, money.get(scheme));
  return {
    ...{ month, asOf: day },
    schemes: SCHEMES.map((scheme) => ({ scheme, ...figures(scheme) })),
    all: figures(undefined),
    funds: await fundFigures(db, question),
  };
}

function schemeFigures(participants: bigint, payers: bigint, money: Collected | undefined): SchemeFigures {
  const { due = 0n, received = 0n, receivedLate = 0n, arrears = 0n } = money ?? {};
  return {
    ...{ participants, payers, due: Money.fromFen(due), received: Money.fromFen(received) },
    ...{ receivedLate: Money.fromFen(receivedLate), arrears: Money.fromFen(arrears) },
    collectionRate: ratio(received.toString(), due.toString(), RATE_DECIMALS),
  };
}

/** Income and expenditure of the month's days, and what the fund has at the end of them. */
async function fundFigures(
  db: Kysely<BooksDatabase>,
  { month, asOf, knownAt }: FigureQuestion,
): Promise<readonly FundFigures[]> {
  const last = lastDayOf(month);
  const rows = await new BookQueries(db).trialBalance({
    ...{ from: firstDayOf(month), asOf: asOf < last ? asOf : last, knownAt },
  });
  return FUNDS.map((fund) => {
    const own = rows.filter((row) => row.fund === fund);
    const sum = (kind: string, amount: 'period' | 'closing') =>
      Money.sum(
        own
          .filter(({ account }) => account.class === kind)
          .map((row) => (amount === 'closing' ? row.closing : row.closing.minus(row.opening))),
      );
    return {
      fund,
      income: sum('income', 'period'),
      expenditure: sum('expense', 'period'),
      balance: sum('asset', 'closing').minus(sum('liability', 'closing')),
    };
  });
}

function later(one: BusinessDate, other: BusinessDate | undefined): BusinessDate {
  return other !== undefined && other > one ? other : one;
}
