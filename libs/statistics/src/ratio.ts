import { Exact } from '@provident/kernel';

/**
 * Ratio of two figures, rounded half up to so many decimals, as a text with exactly that many: "0.8260". There is none
 * where the denominator is zero.
 */
export function ratio(numerator: string, denominator: string, decimals: number): string | undefined {
  const divisor = new Exact(denominator);
  if (divisor.isZero()) return undefined;
  return new Exact(numerator).div(divisor).toFixed(decimals, Exact.ROUND_HALF_UP);
}
