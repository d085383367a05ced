import { type BusinessDate, type Fund, fundOf, Money, SCHEMES } from '@provident/kernel';
import { type Kysely, sql } from 'kysely';
import type { StatisticsDatabase } from '../tables.js';

/** What one employer owes one fund past its due dates. */
export interface Arrears {
  readonly employer: string;
  readonly fund: Fund;
  readonly amount: Money;
  /** Months of which something is owed. */
  readonly months: number;
  readonly oldestMonth: string;
  readonly oldestDueDate: BusinessDate;
}

export interface ArrearsList {
  /** The largest first, at most as many as were asked for. */
  readonly arrears: readonly Arrears[];
  readonly count: bigint;
  readonly total: Money;
}

interface Row {
  readonly employer: string;
  readonly fund: Fund;
  readonly owed: bigint;
  readonly months: bigint;
  readonly oldestMonth: string;
  readonly oldestDueDate: BusinessDate;
  readonly count: bigint;
  readonly total: bigint;
}

/**
 * Contributions due before the end of a day and not paid by then (欠费), by employer and fund, as known at a log position.
 * The books have no such figure: on a cash basis what is owed is no asset (财会〔2017〕28号, part 1).
 */
export class ArrearsQueries {
  constructor(private readonly db: Kysely<StatisticsDatabase>) {}

  async arrears(question: { asOf: BusinessDate; knownAt?: bigint | undefined; limit: number }): Promise<ArrearsList> {
    const { asOf, limit } = question;
    const known = sql`(${question.knownAt ?? null}::bigint is null or position <= ${question.knownAt ?? null}::bigint)`;
    const { rows } = await sql<Row>`
      with owed as (
        select employer, month, scheme, max(due_date) as due_date, sum(amount_fen) as fen
        from (
          select employer, month, scheme, due_date, amount_fen from due
          where effective_date <= ${asOf} and ${known}
          union all
          select employer, month, scheme, null, -amount_fen from allocation
          where effective_date <= ${asOf} and ${known}
        ) as movements
        group by employer, month, scheme
        having sum(amount_fen) > 0 and max(due_date) < ${asOf}
      ), by_employer as (
        select employer, ${fundOfScheme()} as fund, sum(fen)::bigint as owed, count(distinct month) as months,
               min(month) as oldest_month, min(due_date) as oldest_due_date
        from owed group by 1, 2
      )
      select employer, fund, owed, months, oldest_month as "oldestMonth", oldest_due_date as "oldestDueDate",
             count(*) over () as count, (sum(owed) over ())::bigint as total
      from by_employer
      order by owed desc, employer, fund
      limit ${limit}`.execute(this.db);
    const [first] = rows;
    return {
      arrears: rows.map(({ employer, fund, owed, months, oldestMonth, oldestDueDate }) => ({
        ...{ employer, fund, amount: Money.fromFen(owed), months: Number(months), oldestMonth, oldestDueDate },
      })),
      ...{ count: first?.count ?? 0n, total: Money.fromFen(first?.total ?? 0n) },
    };
  }
}

/** The fund of a scheme's money, as SQL. */
function fundOfScheme() {
  const cases = SCHEMES.map((scheme) => sql`when ${scheme} then ${fundOf(scheme)}`);
  return sql<Fund>`case scheme ${sql.join(cases, sql` `)} end`;
}
