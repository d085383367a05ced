import { Money, type Month } from '@provident/kernel';
import { type Kysely, sql } from 'kysely';
import type { BooksDatabase } from './tables.js';

/** The personal accounts against the control account of the pension fund's memorandum books. */
export interface ControlTotals {
  /** Sum of all persons' balances. */
  readonly personalAccounts: Money;
  /** Balance of the control account B002. */
  readonly controlAccount: Money;
  /** Settled months whose employees' pension money and credits differ, largest difference first, at most a hundred. */
  readonly months: readonly MonthDifference[];
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
export async function controlTotals(db: Kysely<BooksDatabase>): Promise<ControlTotals> {
  const sums = await sql<{ accounts: bigint; control: bigint }>`
    select (select coalesce(sum(principal_fen + interest_fen), 0)::bigint from account_balance) as accounts,
           (select coalesce(sum(credit_fen - debit_fen), 0)::bigint from account_turnover
            where fund = 'employee-pension' and account = 'B002') as control`.execute(db);
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
  const { accounts = 0n, control = 0n } = sums.rows[0] ?? {};
  return {
    personalAccounts: Money.fromFen(accounts),
    controlAccount: Money.fromFen(control),
    months: months.map((row) => ({
      employer: row.employer,
      month: row.month as Month,
      received: Money.fromFen(row.received_fen),
      credited: Money.fromFen(row.credited_fen),
      difference: Money.fromFen(row.received_fen - row.credited_fen),
      corrected: row.reversals > 0n,
    })),
  };
}
