import { type Kysely, sql } from 'kysely';
import { controlTotals } from './control-totals.js';
import { BookQueries } from './queries.js';
import type { BooksDatabase } from './tables.js';

/** One thing that was checked. An error breaks a promise; a notice wants a person to look. */
export interface Finding {
  readonly check: string;
  readonly severity: 'error' | 'notice';
  readonly text: string;
}

export interface Verification {
  readonly vouchers: bigint;
  readonly personalAccounts: bigint;
  readonly findings: readonly Finding[];
  /** No error among the findings. */
  readonly clean: boolean;
}

const MOST_EXAMPLES = 20;

/** Checks of rows against rows: each statement selects what should not be there. */
const ROW_CHECKS: readonly { readonly check: string; readonly offenders: string }[] = [
  {
    check: 'every voucher balances and its lines lie in its fund',
    offenders: `
      select v.position::text as offender from fund_voucher v left join fund_line l using (position)
      group by v.position, v.total_fen
      having coalesce(sum(l.debit_fen), 0) <> v.total_fen or coalesce(sum(l.credit_fen), 0) <> v.total_fen
          or count(*) filter (where l.fund <> v.fund) > 0`,
  },
  {
    check: 'every line belongs to a voucher',
    offenders: `
      select l.position::text as offender from fund_line l
      where not exists (select 1 from fund_voucher v where v.position = l.position)`,
  },
  {
    check: 'turnovers are the sums of the lines',
    offenders: `
      select concat_ws(' ', fund, account, detail) as offender
      from (select fund, account, detail, sum(debit_fen) as debit, sum(credit_fen) as credit
            from journal_line group by 1, 2, 3) lines
      full join (select fund, account, detail, sum(debit_fen) as debit, sum(credit_fen) as credit
                 from account_turnover group by 1, 2, 3) turnovers using (fund, account, detail)
      where (lines.debit, lines.credit) is distinct from (turnovers.debit, turnovers.credit)`,
  },
  {
    check: "every personal account's balance is the sum of its movements",
    offenders: `
      select person_id::text as offender
      from (select person_id, sum(principal_fen) as principal, sum(interest_fen) as interest
            from account_entry group by 1) movements
      full join account_balance balance using (person_id)
      where (movements.principal, movements.interest) is distinct from (balance.principal_fen, balance.interest_fen)`,
  },
];

/** Examines the whole books, from one consistent view of a database that may go on changing. */
export function verifyBooks(db: Kysely<BooksDatabase>): Promise<Verification> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(examine);
}

async function examine(db: Kysely<BooksDatabase>): Promise<Verification> {
  const findings: Finding[] = [];
  const error = (check: string, text: string) => findings.push({ check, severity: 'error', text });
  for (const { check, offenders } of ROW_CHECKS) {
    const { rows } = await sql<{ offender: string }>`${sql.raw(offenders)} limit ${MOST_EXAMPLES}`.execute(db);
    for (const { offender } of rows) error(check, offender);
  }
  for (const { fund, assets, liabilities, netAssets } of await new BookQueries(db).fundPositions()) {
    if (assets.equals(liabilities.plus(netAssets))) continue;
    error(
      'assets = liabilities + net assets',
      `${fund}: ${assets.toString()} ≠ ${liabilities.toString()} + ${netAssets.toString()}`,
    );
  }
  const totals = await controlTotals(db);
  if (!totals.personalAccounts.equals(totals.controlAccount)) {
    const text = `${totals.personalAccounts.toString()} ≠ ${totals.controlAccount.toString()}`;
    error('personal accounts add up to the control account', text);
  }
  for (const { employer, month, received, credited, corrected } of totals.months ?? []) {
    findings.push({
      check:
        "a settled month's pension money of employees is on the people's record, or waits for a clerk as a conflict",
      severity: corrected ? 'notice' : 'error',
      text: `${employer} ${month}: received ${received.toString()}, credited ${credited.toString()}`,
    });
  }
  const counts = await sql<{ vouchers: bigint; accounts: bigint }>`
    select (select count(*) from voucher) as vouchers, (select count(*) from account_balance) as accounts`.execute(db);
  return {
    vouchers: counts.rows[0]?.vouchers ?? 0n,
    personalAccounts: counts.rows[0]?.accounts ?? 0n,
    findings,
    clean: findings.every((each) => each.severity !== 'error'),
  };
}
