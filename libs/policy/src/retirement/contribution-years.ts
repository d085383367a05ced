import type { StepRounding } from '../calculation/explanation.js';
import { Fraction } from '../calculation/fraction.js';

export const YEARS_ROUNDINGS = ['exact', 'half-up-2', 'half-up-4', 'ceiling-1', 'ceiling-2'] as const;
export type YearsRounding = (typeof YEARS_ROUNDINGS)[number];

/** Months of contributions as years; places round them in their own way. */
export function contributionYears(months: number, rounding: YearsRounding): Fraction {
  const years = Fraction.of(months).over(12);
  switch (rounding) {
    case 'exact':
      return years;
    case 'half-up-2':
      return years.rounded(2, 'half-up');
    case 'half-up-4':
      return years.rounded(4, 'half-up');
    case 'ceiling-1':
      return years.rounded(1, 'up');
    case 'ceiling-2':
      return years.rounded(2, 'up');
  }
}

export function yearsStepRounding(rounding: YearsRounding): readonly StepRounding[] {
  return rounding === 'exact' ? [] : [rounding];
}
