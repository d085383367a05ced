import { addDays, isBusinessDate } from '@provident/kernel';
import type { PolicyValue } from './policy-value.js';

export interface SeriesProblem {
  /** Place of the offending value in the series that was given. */
  readonly at: number;
  readonly problem: string;
}

/** Checks the values of one parameter in one area, in file order: dates in order, no overlap, no unexplained gap. */
export function seriesProblems(series: readonly PolicyValue[]): readonly SeriesProblem[] {
  return series.flatMap((value, at) => {
    const problem = ownProblem(value) ?? orderProblem(series[at - 1], value);
    return problem === undefined ? [] : [{ at, problem }];
  });
}

function ownProblem({ from, to, known }: PolicyValue): string | undefined {
  for (const day of [from, to, known]) {
    if (day !== undefined && day !== 'unknown' && !isBusinessDate(day)) return `${day} is not a day of the calendar`;
  }
  if (to !== undefined && from !== 'unknown' && to < from) return `to ${to} is before from ${from}`;
  return undefined;
}

function orderProblem(before: PolicyValue | undefined, value: PolicyValue): string | undefined {
  if (before === undefined) return undefined;
  if (value.from === 'unknown') return 'a value from "unknown" must come first';
  if (before.from !== 'unknown' && value.from <= before.from) {
    return `dates out of order: ${value.from} comes after ${before.from} in the file`;
  }
  if (before.to === undefined) return `overlaps the open value before it (from ${before.from}); give that one a "to"`;
  if (value.from <= before.to) return `overlaps the value before it, which ends on ${before.to}`;
  if (!isBusinessDate(before.to)) return undefined;
  const next = addDays(before.to, 1);
  if (value.from > next && value.gap === undefined) {
    return `gap: nothing is stored from ${next} to ${value.from}; add the value, or say why under "gap"`;
  }
  return undefined;
}
