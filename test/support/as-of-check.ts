import { booksProjection, BookQueries, type BooksDatabase } from '@provident/books';
import { controlTotals } from '@provident/books/control-totals';
import { CHART } from '@provident/books/chart-of-accounts';
import { voucherFor } from '@provident/books/posting-rules';
import { naiveBalance } from '@provident/books/testing/naive-books';
import type { EventStore } from '@provident/event-store';
import { type BusinessDate, FUNDS, Money, type Month, type RecordedEvent, SCHEMES, yearOf } from '@provident/kernel';
import {
  type EventIndexDatabase,
  eventIndexProjection,
  KnownTimes,
  queryBuilder,
  type ReadDatabase,
  ReadSide,
} from '@provident/projections';
import { Applier } from '@provident/projections/applier';
import { createSchema } from '@provident/projections/schema';
import {
  factsOf,
  figuresOf,
  type StatisticsDatabase,
  StatisticsQueries,
  statisticsProjection,
} from '@provident/statistics';
import { sql } from 'kysely';
import { StatementReader } from '@provident/statements';
import { Counter, Sums } from './log-facts.js';
import type { MemoryStore } from './memory-store.js';
import { naiveStatement } from './naive-statement.js';
import { naiveStatistics } from './naive-statistics.js';

const PROJECTIONS = [booksProjection, statisticsProjection, eventIndexProjection];
const SCHEMA = 'provident';

/** Projects the log into an empty database, in batches of a size, and reports tables that a rebuild has otherwise. */
export async function project(database: ReadDatabase, log: MemoryStore, maxBatch: number): Promise<readonly string[]> {
  const { pool } = database;
  await pool.query(`drop schema if exists ${SCHEMA} cascade`);
  await createSchema(pool, SCHEMA, PROJECTIONS, 'for-use');
  const applier = new Applier(pool, SCHEMA, PROJECTIONS);
  await applier.load();
  await applier.run(log.batches({ live: false, maxBatch }));
  const { differing } = await new ReadSide(pool, log, PROJECTIONS).compareWithRebuilt();
  return differing;
}

export interface AsOfQuestion {
  readonly asOf: BusinessDate;
  readonly knownAt: bigint;
  readonly month: Month;
  readonly personId: string;
}

/** What PostgreSQL answers to a question and what a fold of the log does, in one form, to be compared. */
export async function answers(database: ReadDatabase, store: MemoryStore, question: AsOfQuestion) {
  const asked = { ...(await fromTables(database, question)), statement: await statementOf(store, question) };
  return { asked, naive: fromLog(store.events, question) };
}

/** The statement of the month's year, from the product's own reader. */
async function statementOf(store: MemoryStore, { asOf, knownAt, month, personId }: AsOfQuestion) {
  const reader = new StatementReader(store as unknown as EventStore, '310000');
  const { months, corrections, account } = await reader.statement(personId, yearOf(month), { asOf, knownAt });
  return {
    months: months.map((each) => each.eventId).sort(),
    corrections: corrections.map((each) => each.eventId).sort(),
    ...{ opening: account.opening, credited: account.credited, closing: account.closing },
  };
}

async function fromTables({ pool }: ReadDatabase, { asOf, knownAt, month, personId }: AsOfQuestion) {
  const db = queryBuilder<BooksDatabase & StatisticsDatabase & EventIndexDatabase>(pool);
  const books = new BookQueries(db);
  const times = { asOf, knownAt };
  const statistics = await new StatisticsQueries(db).monthlyStatistics(month, times);
  const person = await books.personalAccount(personId, times);
  const balances: Record<string, string> = {};
  for (const fund of FUNDS) {
    for (const { code } of CHART) {
      if (!ACCOUNTS_IN_USE.has(code)) continue;
      balances[`${fund} ${code}`] = (await books.balance({ fund, account: code, ...times })).toString();
    }
  }
  const positions = await books.fundPositions(times);
  const trial = await books.trialBalance(times);
  const control = await controlTotals(db, times);
  return {
    control: texts(control.personalAccounts, control.controlAccount),
    balances,
    positions: positions.map(({ fund, assets, liabilities, netAssets }) => [
      fund,
      ...texts(assets, liabilities, netAssets),
    ]),
    trial: trial
      .filter(({ debit, credit }) => !debit.isZero || !credit.isZero)
      .map(({ fund, account, detail, debit, credit }) => [`${fund} ${account.code} ${detail}`, ...texts(debit, credit)])
      .sort(byKey),
    person: texts(person.principal, person.interest),
    statistics: [...statistics.schemes, { scheme: undefined, ...statistics.all }].map((each) => ({
      scheme: each.scheme,
      ...{ participants: Number(each.participants), payers: Number(each.payers) },
      ...{ due: each.due.toString(), received: each.received.toString() },
      ...{ receivedLate: each.receivedLate.toString(), arrears: each.arrears.toString() },
    })),
  };
}

/** Accounts that events of the product post to so far; every other one stays empty. */
const ACCOUNTS_IN_USE = new Set(['1002', '2001', '4001', '4501', 'B001', 'B002']);

function fromLog(log: readonly RecordedEvent[], { asOf, knownAt, month, personId }: AsOfQuestion) {
  const balanceOf = (fund: (typeof FUNDS)[number], account: string) =>
    naiveBalance(log, { fund, account, asOf, knownAt });
  const balances: Record<string, string> = {};
  for (const fund of FUNDS) {
    for (const code of ACCOUNTS_IN_USE) balances[`${fund} ${code}`] = balanceOf(fund, code).toString();
  }
  const counting = log.filter((event) => event.position <= knownAt && event.metadata.effectiveDate <= asOf);
  const people = new Set(counting.flatMap(({ data }) => (data as { personId?: string }).personId ?? []));
  const accounts = Money.sum([...people].flatMap((each) => personOf(counting, each).map((text) => Money.of(text))));
  return {
    control: texts(accounts, balanceOf('employee-pension', 'B002')),
    balances,
    positions: FUNDS.map((fund) => [
      fund,
      ...texts(balanceOf(fund, '1002'), balanceOf(fund, '2001')),
      balanceOf(fund, '4001').plus(balanceOf(fund, '4501')).toString(),
    ]),
    trial: trialOf(counting),
    person: personOf(counting, personId),
    statistics: [...SCHEMES, undefined].map((scheme) => ({
      scheme,
      ...naiveStatistics(log, { month, asOf, knownAt, scheme }),
    })),
    statement: naiveStatement(counting, personId, yearOf(month)),
  };
}

const AMOUNTS = ['due', 'received', 'receivedLate', 'arrears', 'income', 'expenditure', 'balance'];

/** Every amount of the month is the sum of the facts that are said to stand behind it. */
export async function factsAddUp({ pool }: ReadDatabase, { month, asOf, knownAt }: AsOfQuestion): Promise<void> {
  const db = queryBuilder<BooksDatabase & StatisticsDatabase>(pool);
  const statistics = await new StatisticsQueries(db).monthlyStatistics(month, { asOf, knownAt });
  for (const { indicator, of, value } of figuresOf(statistics)) {
    if (!AMOUNTS.includes(indicator)) continue;
    const facts = factsOf({ indicator, of, month, asOf, knownAt });
    const { rows } = await sql<{ fen: bigint }>`
      select coalesce(sum(amount), 0)::bigint as fen from (${facts}) as facts`.execute(db);
    const sum = Money.fromFen(rows[0]?.fen ?? 0n).toString();
    if (sum !== value) throw new Error(`The facts of ${indicator} ${of} add up to ${sum}, not ${value ?? 'nothing'}.`);
  }
}

/** A log position and the time of its event say the same, for every event that is the last of its instant. */
export async function timesResolve({ pool }: ReadDatabase, log: readonly RecordedEvent[]): Promise<void> {
  const times = new KnownTimes(queryBuilder<EventIndexDatabase>(pool));
  for (const [at, event] of log.entries()) {
    if (log[at + 1]?.recordedAt.getTime() === event.recordedAt.getTime()) continue;
    const resolved = await times.positionOf(event.recordedAt.toISOString());
    if (resolved !== event.position) throw new Error(`${event.recordedAt.toISOString()} resolves to ${resolved}`);
  }
}

function trialOf(counting: readonly RecordedEvent[]): string[][] {
  const debits = new Sums();
  const credits = new Sums();
  const lines = new Counter();
  for (const event of counting) {
    const voucher = voucherFor(event);
    for (const { account, detail, side, amount } of voucher?.lines ?? []) {
      const key = `${voucher?.fund ?? ''} ${account} ${detail}`;
      lines.add(key);
      (side === 'debit' ? debits : credits).add(key, amount.toString());
    }
  }
  return [...lines.keys()]
    .filter((key) => !debits.of(key).isZero || !credits.of(key).isZero)
    .map((key) => [key, ...texts(debits.of(key), credits.of(key))])
    .sort(byKey);
}

function personOf(counting: readonly RecordedEvent[], personId: string): string[] {
  let principal = Money.zero;
  let interest = Money.zero;
  for (const { type, data } of counting) {
    const moved = data as Readonly<Record<'personId' | 'merged' | 'accountAmount' | 'principal' | 'interest', string>>;
    if (type === 'AccountMergedFrom' && [moved.personId, moved.merged].includes(personId)) {
      const [added, earned] = [Money.of(moved.principal), Money.of(moved.interest)];
      principal = moved.personId === personId ? principal.plus(added) : principal.minus(added);
      interest = moved.personId === personId ? interest.plus(earned) : interest.minus(earned);
    }
    if (moved.personId !== personId) continue;
    if (type === 'ContributionCredited' || type === 'ContributionCreditReversed') {
      principal = principal.plus(Money.of(moved.accountAmount));
    }
    if (type === 'AccountInterestPosted') interest = interest.plus(Money.of(moved.interest));
  }
  return texts(principal, interest);
}

function texts(...amounts: readonly Money[]): string[] {
  return amounts.map(String);
}

function byKey([a = '']: readonly string[], [b = '']: readonly string[]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
