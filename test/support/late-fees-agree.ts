import { dues, sumsOf } from '@provident/collection';
import { duesPosition } from '@provident/collection/dues-position';
import { LAW } from '@provident/collection/testing/law';
import { addDays, type BusinessDate, Money } from '@provident/kernel';
import { loadPolicy } from '@provident/policy';
import { queryBuilder, type ReadDatabase } from '@provident/projections';
import { LateFeesQueries, lateFeeTerms, type StatisticsDatabase } from '@provident/statistics';
import type { MemoryStore } from './memory-store.js';

/**
 * The list of late fees, reckoned by PostgreSQL for all employers at once, says what each employer's own dues say, by the
 * law's formula. Answers how many employers owe something.
 */
export async function lateFeesAgree({ pool }: ReadDatabase, log: MemoryStore, daysLater: number): Promise<number> {
  const last =
    log.events
      .map(({ metadata }) => metadata.effectiveDate)
      .sort()
      .at(-1) ?? ('2025-01-01' as BusinessDate);
  const asOf = addDays(last, daysLater);
  const terms = lateFeeTerms(loadPolicy(), '310000', asOf);
  const found = await new LateFeesQueries(queryBuilder<StatisticsDatabase>(pool)).owed({ asOf, terms, limit: 1_000 });
  const listed = found.employers.map(({ employer, ...each }) => [
    employer,
    ...[each.toBeAssessed, each.accruing, each.charged, each.fines].map(String),
  ]);
  const employers = log.events.filter(({ type }) => type === 'DuesAssessed').map(({ data }) => employerOf(data));
  const wanted = [...new Set(employers)].flatMap((employer) => {
    const position = duesPosition(log.stateOf(dues, employer), asOf, LAW);
    const { lateFees, unassessed, fines } = sumsOf(position);
    const toBeAssessed = Money.sum(position.assessable.map(({ fee }) => fee));
    if (lateFees.plus(fines).isZero) return [];
    const sums = [toBeAssessed, unassessed.minus(toBeAssessed), lateFees.minus(unassessed), fines];
    return [[employer, ...sums.map(String)]];
  });
  const [asked, right] = [listed, wanted].map((rows) => JSON.stringify(rows.sort()));
  if (asked !== right) throw new Error(`Late fees as of ${asOf}:\n${asked}\n${right}`);
  return wanted.length;
}

function employerOf(data: unknown): string {
  return (data as { readonly employer: string }).employer;
}
