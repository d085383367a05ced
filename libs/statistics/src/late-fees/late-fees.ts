import { type BusinessDate, Money } from '@provident/kernel';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { StatisticsDatabase } from '../tables.js';
import type { LateFeeTerms } from './late-fee-terms.js';

/** What one employer owes in late fees and fines, and what of it nobody has assessed. */
export interface LateFeesOwed {
  readonly employer: string;
  /** Late fees on what was paid late: final, to be charged; and what was paid late. */
  readonly toBeAssessed: Money;
  readonly paidLate: Money;
  /** Late fees on what is unpaid past its due date, as they stand on the day; and what is unpaid. */
  readonly accruing: Money;
  readonly overdue: Money;
  /** Charged late fees that are unpaid. */
  readonly charged: Money;
  /** Fines that are neither paid nor revoked. */
  readonly fines: Money;
  /** Late fees and fines together. */
  readonly total: Money;
}

export interface LateFeesList {
  /** Who owes most first, at most as many as were asked for. */
  readonly employers: readonly LateFeesOwed[];
  /** How many there are in all, on every page. */
  readonly count: bigint;
  readonly total: Money;
}

export interface LateFeesQuestion {
  readonly asOf: BusinessDate;
  readonly knownAt?: bigint | undefined;
  readonly terms: LateFeeTerms;
  /** Those alone with fees that nobody has assessed. */
  readonly onlyToBeAssessed?: boolean | undefined;
  /** The last employer of the page before. */
  readonly after?: { readonly total: Money; readonly employer: string } | undefined;
  readonly limit: number;
}

const AMOUNTS = ['toBeAssessed', 'paidLate', 'accruing', 'overdue', 'charged', 'fines', 'total'] as const;
type Row = { readonly employer: string; readonly count: bigint; readonly sum: bigint } & Readonly<
  Record<(typeof AMOUNTS)[number], bigint>
>;

/**
 * Late fees (滞纳金) and fines (罚款) by employer, as of a day and known at a log position. The fees are those of the law's
 * formula, worked out for all employers at once where their money lies; a test holds them against what every employer's own
 * dues say.
 */
export class LateFeesQueries {
  constructor(private readonly db: Kysely<StatisticsDatabase>) {}

  async owed(question: LateFeesQuestion): Promise<LateFeesList> {
    const { after, limit, onlyToBeAssessed = false } = question;
    const least = onlyToBeAssessed ? sql`to_be_assessed > 0` : sql`total > 0`;
    const beyond =
      after === undefined
        ? sql`true`
        : sql`(total < ${after.total.fen} or (total = ${after.total.fen} and employer > ${after.employer}))`;
    const { rows } = await sql<Row & { readonly shown: boolean }>`
      with ${facts(question)}, listed as (
        select *, ${beyond} as shown, count(*) over () as count, (sum(total) over ())::bigint as sum
        from (${byEmployer()}) as owed where ${least}
      )
      select employer, to_be_assessed as "toBeAssessed", paid_late as "paidLate", accruing, overdue, charged, fines, total,
             count, sum, shown
      from listed order by shown desc, total desc, employer limit ${limit}`.execute(this.db);
    const [first] = rows;
    return {
      employers: rows.filter(({ shown }) => shown).map(owedOf),
      ...{ count: first?.count ?? 0n, total: Money.fromFen(first?.sum ?? 0n) },
    };
  }
}

function owedOf({ employer, ...row }: Row): LateFeesOwed {
  const amounts = AMOUNTS.map((name) => [name, Money.fromFen(row[name])] as const);
  return { employer, ...(Object.fromEntries(amounts) as Record<(typeof AMOUNTS)[number], Money>) };
}

/** The facts that count: what came late and bears a fee, less what is charged; what is unpaid; charged fees; fines. */
function facts({ asOf, terms, ...question }: LateFeesQuestion): RawBuilder<unknown> {
  const knownAt = question.knownAt ?? null;
  const counts = sql`(effective_date <= ${asOf} and (${knownAt}::bigint is null or position <= ${knownAt}::bigint))`;
  return sql`
    rate as (${rates(terms)}),
    due_day as (select employer, month, max(due_date) as due_date from due where ${counts} group by 1, 2),
    late as (
      select employer, month, scheme, due_date, paid_on, position, sum(principal_fen) as fen
      from (select * from late_part where ${counts}) as part join due_day using (employer, month)
      where paid_on > due_date group by 1, 2, 3, 4, 5, 6
    ),
    bearing as (
      select *, row_number() over (partition by employer, month, scheme, paid_on order by position) as place
      from (select *, ${feeUntil(sql`paid_on`, terms)} as fee from late) as final where fee > 0
    ),
    charges as (
      select employer, month, scheme, paid_on, count(*) as charged from late_fee where ${counts} group by 1, 2, 3, 4
    ),
    unassessed as (
      select employer, sum(fee) as fee, sum(fen) as fen
      from bearing left join charges using (employer, month, scheme, paid_on)
      where place > coalesce(charged, 0) group by employer
    ),
    unpaid as (
      select employer, due_date, sum(amount_fen) as fen
      from (
        select employer, month, scheme, amount_fen from due where ${counts}
        union all select employer, month, scheme, -amount_fen from allocation where ${counts}
      ) as movement join due_day using (employer, month)
      where due_date < ${asOf} group by employer, month, scheme, due_date having sum(amount_fen) > 0
    ),
    running as (
      select employer, sum(${feeUntil(sql`${asOf}::date`, terms)}) as fee, sum(fen) as fen from unpaid group by employer
    ),
    charge as (
      select employer, sum(fen) as fee from (
        select employer, fee_fen as fen from late_fee where ${counts}
        union all select employer, -amount_fen from late_fee_payment where ${counts}
      ) as movement group by employer
    ),
    penalty as (
      select employer, sum(fen) as fen from (
        select employer, sum(amount_fen) as fen from fine where ${counts}
        group by employer, fine_id having not bool_or(is_revocation)
      ) as unrevoked group by employer
    )`;
}

function byEmployer(): RawBuilder<unknown> {
  return sql`
    select employer, to_be_assessed, paid_late, accruing, overdue, charged, fines,
           to_be_assessed + accruing + charged + fines as total
    from (
      select employer, coalesce(unassessed.fee, 0)::bigint as to_be_assessed, coalesce(unassessed.fen, 0)::bigint as paid_late,
             coalesce(running.fee, 0)::bigint as accruing, coalesce(running.fen, 0)::bigint as overdue,
             coalesce(charge.fee, 0)::bigint as charged, coalesce(penalty.fen, 0)::bigint as fines
      from unassessed full join running using (employer) full join charge using (employer)
           full join penalty using (employer)
    ) as each_employer`;
}

/** Each rate with its first and last day. */
function rates({ rates }: LateFeeTerms): RawBuilder<unknown> {
  const rows = rates.map(({ from, rate }, place) => {
    const next = rates[place + 1]?.from ?? '9999-12-31';
    return sql`(${from}::date, ${next}::date - 1, ${rate}::numeric)`;
  });
  return sql`select * from (values ${sql.join(rows)}) as given (first_day, last_day, rate)`;
}

/** The fee in fen on `fen` from the day after `due_date`: simple, half up to the fen for each rate (社会保险法 第86条). */
function feeUntil(day: RawBuilder<unknown>, { countsPaymentDay, isCapped }: LateFeeTerms): RawBuilder<unknown> {
  const last = countsPaymentDay ? day : sql`(${day} - 1)`;
  const days = sql`greatest(least(${last}, last_day) - greatest(due_date + 1, first_day) + 1, 0)`;
  const fee = sql`(select coalesce(sum(round(fen * rate * ${days})), 0) from rate)`;
  return isCapped ? sql`least(${fee}, fen)` : fee;
}
