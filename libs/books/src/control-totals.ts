import { Money, type Month } from '@provident/kernel';
import { type Kysely, sql } from 'kysely';
import type { BooksDatabase } from './tables.js';
import { type AsOf, turnovers } from './turnovers.js';

/** The personal accounts against the control account of the pension fund's memorandum books. */
export interface ControlTotals {
  /** Sum of all persons' balances. */
  readonly personalAccounts: Money;
  /** Balance of the control account B002. */
  readonly controlAccount: Money;
  /**
   * Settled months whose employees' pension money and credits differ as they stand now, largest difference first, at most
   * a hundred. Absent where another time is asked for: months are compared as they stand.
   */
  readonly months: readonly MonthDifference[] | undefined;
}

export interface MonthDifference {
  readonly employer: string;
  readonly month: Month;
  readonly received: Money;
  readonly credited: Money;
  /** Received less credited. */
  readonly difference: Money;
  /** A credit of the month was corrected, which may well be the reason. */
  readonly corrected: boolean;
}

const MOST_MONTHS = 100;

/** Everything from one statement each; run inside a snapshot when the projector is at work. */
export async function controlTotals(db: Kysely<BooksDatabase>, times: AsOf = {}): Promise<ControlTotals> {
  const isNow = times.asOf === undefined && times.knownAt === undefined;
  const control = await turnovers(db, { fund: 'employee-pension', account: 'B002', ...times });
  return {
    personalAccounts: Money.fromFen(isNow ? await balances(db) : await movements(db, times)),
    controlAccount: Money.fromFen(control.reduce((sum, { creditFen, debitFen }) => sum + creditFen - debitFen, 0n)),
    months: isNow ? await differingMonths(db) : undefined,
  };
}

/** All personal balances together. */
async function balances(db: Kysely<BooksDatabase>): Promise<bigint> {
  const { rows } = await sql<{ fen: bigint }>`
    select coalesce(sum(principal_fen + interest_fen), 0)::bigint as fen from account_balance`.execute(db);
  return rows[0]?.fen ?? 0n;
}

/** The same as of any time, from the movements themselves. */
async function movements(db: Kysely<BooksDatabase>, { asOf, knownAt }: AsOf): Promise<bigint> {
  const { rows } = await sql<{ fen: bigint }>`
    select coalesce(sum(principal_fen + interest_fen), 0)::bigint as fen from account_entry
    where ${asOf === undefined ? sql`true` : sql`effective_date <= ${asOf}`}
      and ${knownAt === undefined ? sql`true` : sql`position <= ${knownAt}`}`.execute(db);
  return rows[0]?.fen ?? 0n;
}

async function differingMonths(db: Kysely<BooksDatabase>): Promise<MonthDifference[]> {
  const months = await db
    .selectFrom('pension_month')
    .selectAll()
    .where('settled_on', 'is not', null)
    .whereRef('received_fen', '<>', 'credited_fen')
    .orderBy(sql`abs(received_fen - credited_fen)`, 'desc')
    .orderBy('employer')
    .orderBy('month')
    .limit(MOST_MONTHS)
    .execute();
  return months.map((row) => ({
    employer: row.employer,
    month: row.month as Month,
    received: Money.fromFen(row.received_fen),
    credited: Money.fromFen(row.credited_fen),
    difference: Money.fromFen(row.received_fen - row.credited_fen),
    corrected: row.reversals > 0n,
  }));
}
