import type { BusinessDate, Fund, Month } from '@provident/kernel';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type BooksDatabase, KNOWN_BLOCK } from './tables.js';

/** Which postings a question is about. Both times are inclusive: counted by the end of a day, known at a position. */
export interface AsOf {
  /** The last day that counts (effective date); every day when absent. */
  readonly asOf?: BusinessDate | undefined;
  /** The log position at which the answer was known; everything projected when absent. */
  readonly knownAt?: bigint | undefined;
}

export interface TurnoverQuestion extends AsOf {
  readonly fund?: Fund | undefined;
  readonly account?: string | undefined;
  /** First day of the period; what counted before it is the opening. From the beginning when absent. */
  readonly from?: BusinessDate | undefined;
}

/** Sums of one account's detail, in fen: debit less credit before the period, and both sides within it. */
export interface TurnoverSums {
  readonly fund: Fund;
  readonly account: string;
  readonly detail: string;
  readonly openingFen: bigint;
  readonly debitFen: bigint;
  readonly creditFen: bigint;
}

/** What one account's detail moved in a month, in fen. */
export interface MonthlyTurnover {
  readonly fund: Fund;
  readonly account: string;
  readonly detail: string;
  readonly month: Month;
  /** Debit less credit. */
  readonly fen: bigint;
}

/** The turnovers by the months that they count for; the same postings as every balance. */
export async function monthlyTurnovers(
  db: Kysely<BooksDatabase>,
  question: TurnoverQuestion,
): Promise<MonthlyTurnover[]> {
  const { rows } = await sql<MonthlyTurnover>`
    select fund, account, detail, to_char(effective_date, 'YYYY-MM') as month,
           sum(debit_fen - credit_fen)::bigint as fen
    from (${postings(question)}) as postings
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4`.execute(db);
  return rows;
}

/**
 * The one question that every balance is made of. Without `knownAt` it sums the turnover table; with it, the whole blocks
 * known before, and the single lines of the block that the position falls into. One statement, so one view.
 */
export async function turnovers(db: Kysely<BooksDatabase>, question: TurnoverQuestion): Promise<TurnoverSums[]> {
  const from = question.from ?? '0001-01-01';
  const { rows } = await sql<TurnoverSums>`
    select fund, account, detail,
           coalesce(sum(debit_fen - credit_fen) filter (where effective_date < ${from}), 0)::bigint as "openingFen",
           coalesce(sum(debit_fen) filter (where effective_date >= ${from}), 0)::bigint as "debitFen",
           coalesce(sum(credit_fen) filter (where effective_date >= ${from}), 0)::bigint as "creditFen"
    from (${postings(question)}) as postings
    group by fund, account, detail
    order by fund, account, detail`.execute(db);
  return rows;
}

function postings(question: TurnoverQuestion): RawBuilder<unknown> {
  const { knownAt } = question;
  const columns = sql`fund, account, detail, effective_date, debit_fen, credit_fen`;
  const chosen = conditions(question);
  if (knownAt === undefined) return sql`select ${columns} from account_turnover where ${chosen}`;
  const block = knownAt / KNOWN_BLOCK;
  return sql`
    select ${columns} from account_turnover where known_block < ${block} and ${chosen}
    union all
    select ${columns} from journal_line
    where position >= ${block * KNOWN_BLOCK} and position <= ${knownAt} and ${chosen}`;
}

function conditions({ fund, account, asOf }: TurnoverQuestion): RawBuilder<unknown> {
  const all = [sql`true`];
  if (fund !== undefined) all.push(sql`fund = ${fund}`);
  if (account !== undefined) all.push(sql`account = ${account}`);
  if (asOf !== undefined) all.push(sql`effective_date <= ${asOf}`);
  return sql.join(all, sql` and `);
}
