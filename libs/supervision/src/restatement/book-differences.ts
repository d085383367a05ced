import { BookQueries, type MonthlyTurnover } from '@provident/books';
import { Money } from '@provident/kernel';
import { sql } from 'kysely';
import type { SupervisionDatabase } from '../database.js';
import { causesBehind } from './causes.js';
import type { BookRestatement, RestatementQuestion } from './restatement.js';

type Dated = RestatementQuestion & { readonly asOf: NonNullable<RestatementQuestion['asOf']> };

/** Accounts and months whose turnover is known otherwise after than before, with the vouchers in between. */
export async function bookDifferences(db: SupervisionDatabase, question: Dated): Promise<BookRestatement[]> {
  const { before, after, asOf } = question;
  const books = new BookQueries(db);
  const known = keyed(await books.monthlyTurnovers({ asOf, knownAt: before }));
  const knownAfter = await books.monthlyTurnovers({ asOf, knownAt: after });
  const differences: BookRestatement[] = [];
  // The log only grows: what was there before is there after.
  for (const turnover of knownAfter) {
    const { fund, account, detail, month, fen } = turnover;
    const fenBefore = known.get(keyOf(turnover)) ?? 0n;
    if (fenBefore === fen) continue;
    const lines = sql`
      select position from journal_line
      where fund = ${fund} and account = ${account} and detail = ${detail}
        and effective_date >= ${`${month}-01`}::date and effective_date < ${`${month}-01`}::date + interval '1 month'
        and effective_date <= ${asOf} and position > ${before} and position <= ${after}`;
    differences.push({
      ...{ fund, account, detail, month },
      ...{ before: Money.fromFen(fenBefore), after: Money.fromFen(fen), difference: Money.fromFen(fen - fenBefore) },
      ...(await causesBehind(db, lines, question.mostCauses)),
    });
  }
  return differences;
}

function keyed(turnovers: readonly MonthlyTurnover[]): ReadonlyMap<string, bigint> {
  return new Map(turnovers.map((each) => [keyOf(each), each.fen]));
}

function keyOf({ fund, account, detail, month }: MonthlyTurnover): string {
  return `${fund} ${account} ${detail} ${month}`;
}
