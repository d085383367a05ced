import type { AccountEvent } from '@provident/accounts/events';
import { lastDayOf, type Month, type RecordedEvent } from '@provident/kernel';
import type { PolicyBook } from '@provident/policy';
import { Fraction } from '@provident/policy/calculation/fraction';

const WAGE = 'wage.average';
const DECIMALS = 4;

/** How a person's bases stand to the average wages of their times: the Z of the pension formula. */
export interface ContributionIndex {
  /** Four decimals, half up; absent while no month of the record has a wage to be held against. */
  readonly averageIndex?: string;
  /** The months that it is the mean of. */
  readonly months: number;
  readonly first?: Month;
  readonly last?: Month;
  /** Months on record for which the area's average wage is not known here: they do not count. */
  readonly withoutWage: readonly Month[];
}

/** The base of every month on record: what was taken back in red is gone. */
export function monthBases(events: Iterable<RecordedEvent<AccountEvent>>): ReadonlyMap<Month, string> {
  const bases = new Map<Month, string>();
  for (const { type, data } of events as Iterable<AccountEvent>) {
    if (type === 'ContributionCredited') bases.set(data.month, data.base);
    else if (type === 'ContributionCreditReversed') bases.delete(data.month);
  }
  return bases;
}

/**
 * The average contribution index (平均缴费工资指数, 劳社部发〔1997〕214号 and provincial rules): the mean, over the months paid, of
 * base ÷ average monthly wage of the year before, as the area published it for the month. An estimate: months before the
 * ledger, and those that count as paid, are not in it.
 */
export function contributionIndex(
  bases: ReadonlyMap<Month, string>,
  book: PolicyBook,
  area: string,
): ContributionIndex {
  let sum = Fraction.zero;
  const counted: Month[] = [];
  const withoutWage: Month[] = [];
  for (const [month, base] of [...bases].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const wage = book.find(WAGE, area, lastDayOf(month))?.content;
    if (typeof wage !== 'string') {
      withoutWage.push(month);
      continue;
    }
    sum = sum.plus(Fraction.of(base).over(Fraction.of(wage)));
    counted.push(month);
  }
  const [first, last] = [counted[0], counted.at(-1)];
  if (first === undefined || last === undefined) return { months: 0, withoutWage };
  const averageIndex = sum.over(counted.length).rounded(DECIMALS, 'half-up').toFixed(DECIMALS);
  return { averageIndex, months: counted.length, first, last, withoutWage };
}
