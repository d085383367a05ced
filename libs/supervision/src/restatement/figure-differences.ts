import { type BusinessDate, type Month, month } from '@provident/kernel';
import { factsOf, type FigureName, figuresOf, StatisticsQueries } from '@provident/statistics';
import { sql } from 'kysely';
import type { SupervisionDatabase } from '../database.js';
import { LIMITS } from '../limits.js';
import { causesBehind } from './causes.js';
import { tooManyMonths } from './refusals.js';
import type { FigureRestatement, RestatementQuestion } from './restatement.js';

type Dated = RestatementQuestion & { readonly asOf: BusinessDate };

/** Indicators of the months concerned that are known otherwise after than before. */
export async function figureDifferences(db: SupervisionDatabase, question: Dated): Promise<FigureRestatement[]> {
  const { before, after, asOf, mostCauses } = question;
  const statistics = new StatisticsQueries(db);
  const differences: FigureRestatement[] = [];
  for (const each of await monthsConcerned(db, question)) {
    const figures = async (knownAt: bigint) => figuresOf(await statistics.monthlyStatistics(each, { asOf, knownAt }));
    const earlier = await figures(before);
    for (const [place, { indicator, of, value }] of (await figures(after)).entries()) {
      // Both lists name the same figures in the same order.
      const known = earlier[place]?.value ?? null;
      if (known === value) continue;
      const name: FigureName = { indicator, of, month: each, asOf, knownAt: after };
      const facts = sql`select position from (${factsOf(name)}) as bearing where position > ${before}`;
      const caused = await causesBehind(db, facts, mostCauses);
      differences.push({ month: each, indicator, of, before: known, after: value, ...caused });
    }
  }
  return differences;
}

/** From the earliest month that the events in between touch to the last month that has any figures, or the day asked for. */
async function monthsConcerned(db: SupervisionDatabase, { before, after, asOf }: Dated): Promise<Month[]> {
  const within = sql`position > ${before} and position <= ${after}`;
  const { rows } = await sql<{ month: Month }>`
    with touched as (
      select min(month) as first from (
        select min(month) as month from due where ${within}
        union all select min(month) from allocation where ${within}
        union all select min(month) from credit where ${within}
        union all select min(from_month) from enrolment where ${within}
        union all select min(last_month) from enrolment_end where ${within}
        union all select to_char(min(effective_date), 'YYYY-MM') from fund_line where ${within}) months),
    told as (
      select month from declaration where position <= ${after}
      union select month from due where position <= ${after}
      union select to_char(effective_date, 'YYYY-MM') from fund_voucher where position <= ${after})
    select distinct month from told, touched where month >= first and month <= ${asOf.slice(0, 7)}
    order by month
    limit ${LIMITS.restatedMonths + 1}`.execute(db);
  if (rows.length > LIMITS.restatedMonths) throw tooManyMonths(LIMITS.restatedMonths);
  return rows.map((row) => month(row.month));
}
