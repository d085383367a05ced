import type { BusinessDate } from '@provident/kernel';
import { areaChain, type PolicyBook } from '@provident/policy';
import { textOf } from '@provident/policy/book/read-value';

/** What late fees of an area are reckoned by. */
export interface LateFeeTerms {
  /** Each rate a day with the first day that bears it; it holds until the next. */
  readonly rates: readonly { readonly from: string; readonly rate: string }[];
  /** Whether the day of the payment bears the fee. */
  readonly countsPaymentDay: boolean;
  /** Whether the principal is the limit. */
  readonly isCapped: boolean;
}

const RATE = 'late_fee.daily_rate';

/** The rates of all days until `on`; how days count and what the limit is as in force on it. */
export function lateFeeTerms(book: PolicyBook, area: string, on: BusinessDate): LateFeeTerms {
  const starts = areaChain(area).flatMap((each) => book.history(RATE, each).map(({ from }) => from));
  const days = [...new Set(starts)].filter((day) => day !== 'unknown' && day <= on).sort() as BusinessDate[];
  const rates = days.map((from) => ({ from, rate: textOf(book.parameter(RATE, area, from)) }));
  return {
    rates,
    countsPaymentDay: textOf(book.parameter('late_fee.day_count', area, on)) === 'inclusive',
    isCapped: textOf(book.parameter('late_fee.cap', area, on)) === 'principal',
  };
}
