import { addDays, type BusinessDate, daysBetween, DomainError } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import { accessEnd, type AdministratorsState, type Filing } from './administrators.js';

/** Who may act for the employer on a day: at most one. An unfiled, unverified or not yet handed-over person is none. */
export function administratorsOn(state: AdministratorsState, date: BusinessDate): readonly Filing[] {
  return state.access
    .filter((period) => {
      const end = accessEnd(state, period);
      return period.from <= date && (end === undefined || date <= end);
    })
    .flatMap(({ filingId }) => state.filings.filter((each) => each.filingId === filingId));
}

export interface Gap {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
}

/** The days of a range on which no administrator was filed, as runs of days. Throws `range-invalid`. */
export function coverageGaps(state: AdministratorsState, from: BusinessDate, to: BusinessDate): readonly Gap[] {
  if (to < from || daysBetween(from, to) >= LIMITS.coverageDays) {
    throw new DomainError(
      'range-invalid',
      `From ${from} to ${to} is no range that is looked over.`,
      `A range has at least a day and at most ${LIMITS.coverageDays}.`,
      'Give a shorter range, its first day first.',
    );
  }
  const gaps: Gap[] = [];
  let next = from;
  const inOrder = [...state.filings].sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const term of inOrder) {
    if (term.from > to) break;
    if (term.until !== undefined && term.until < next) continue;
    if (term.from > next) gaps.push({ from: next, to: addDays(term.from, -1) });
    if (term.until === undefined) return gaps;
    next = addDays(term.until, 1);
  }
  if (next <= to) gaps.push({ from: next, to });
  return gaps;
}
