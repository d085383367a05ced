import { DomainError, Money } from '@provident/kernel';
import type { BaseRounding, ContributionTerms } from './contribution-terms.js';

export type Bound = 'floor' | 'ceiling' | 'none';

export interface ContributionBase {
  readonly base: Money;
  /** Which bound moved the rounded wage; "none" also when it stands exactly on one. */
  readonly bound: Bound;
}

export interface ContributionDue extends ContributionBase {
  /** In the order of the terms' lines. */
  readonly amounts: Money[];
}

/** base = min(max(rounded wage, floor), ceiling). Whole numbers only: this runs for every person and month. */
export function boundedBase(wage: Money, baseRounding: BaseRounding, floor: Money, ceiling: Money): ContributionBase {
  const rounded = wage.rounded(baseRounding);
  if (rounded.fen < floor.fen) return { base: floor, bound: 'floor' };
  if (rounded.fen > ceiling.fen) return { base: ceiling, bound: 'ceiling' };
  return { base: rounded, bound: 'none' };
}

/** What one person's month costs under the terms: each line is base × rate, rounded half up to the fen once. */
export function contributionDue(terms: ContributionTerms, wage: Money): ContributionDue {
  const { bounds, baseRounding } = terms;
  const { base, bound } = boundedBase(wage, baseRounding, bounds.floor, bounds.ceiling);
  const amounts = terms.lines.map((line) => {
    const alike = line.floor.fen === bounds.floor.fen && line.ceiling.fen === bounds.ceiling.fen;
    const lineBase = alike ? base : boundedBase(wage, baseRounding, line.floor, line.ceiling).base;
    return lineBase.times(line.rate, 'fen-half-up');
  });
  return { base, bound, amounts };
}

/** Throws `bounds-reversed` when the floor lies above the ceiling. */
export function refuseReversedBounds(floor: Money, ceiling: Money): void {
  if (floor.fen <= ceiling.fen) return;
  throw new DomainError(
    'bounds-reversed',
    `The floor ${floor.toString()} lies above the ceiling ${ceiling.toString()}.`,
    'A contribution base lies between a floor and a higher ceiling (国办发〔2019〕13号 三).',
    'Check both bounds; perhaps they are exchanged.',
    { floor: floor.toString(), ceiling: ceiling.toString() },
  );
}
