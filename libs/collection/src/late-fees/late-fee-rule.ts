import { addDays, type BusinessDate, invariant, Money, type ParameterReference } from '@provident/kernel';
import { calculate, parametersOf, type PolicyBook, referenceTo } from '@provident/policy';
import { textOf } from '@provident/policy/book/read-value';

/** A late fee as the law of the area makes it, with what it rests on. */
export interface LateFee {
  /** First overdue day. */
  readonly from: BusinessDate;
  /** Day of the payment. */
  readonly to: BusinessDate;
  readonly days: number;
  /** A part for each rate in force on the counted days. */
  readonly segments: readonly { readonly rate: string; readonly days: number; readonly fee: string }[];
  readonly fee: Money;
  readonly parameters: readonly ParameterReference[];
}

/** The late fee on what was due on one day and paid on another. A plain function of its arguments. */
export type LateFeeRule = (principal: Money, dueDate: BusinessDate, paidOn: BusinessDate) => LateFee;

/**
 * The rule of an area: from the first day after the due date (自欠缴之日起), each day at the rate in force on it, simple, rounded
 * half up to the fen for each rate (社会保险法 第86条). How days count and whether the principal is the limit (行政强制法 第45条,
 * contested) is taken as in force on the day of the payment.
 */
export function lateFeeRule(book: PolicyBook, area: string): LateFeeRule {
  return (principal, dueDate, paidOn) => {
    const from = addDays(dueDate, 1);
    const dayCount = book.parameter('late_fee.day_count', area, paidOn);
    const cap = book.parameter('late_fee.cap', area, paidOn);
    const inputs = { principal: principal.toString(), from, to: paidOn, dayCount: textOf(dayCount), cap: textOf(cap) };
    const { result, explanation } = calculate('late-fee-by-dates', inputs, { policy: book, area });
    const { days, fee, segments } = result;
    invariant(typeof days === 'number' && typeof fee === 'string', 'The formula gives days and a fee.');
    return {
      ...{ from, to: paidOn, days, fee: Money.of(fee) },
      segments: segmentsOf(segments),
      parameters: [...parametersOf(explanation()), referenceTo(dayCount), referenceTo(cap)],
    };
  };
}

/** The articles that the rates stand in. */
export function rateBasis(parameters: readonly ParameterReference[]): string {
  const articles = parameters.filter(({ id }) => id === 'late_fee.daily_rate').map(({ legalBasis }) => legalBasis);
  return [...new Set(articles)].join('; ');
}

function segmentsOf(segments: unknown): LateFee['segments'] {
  const read = segments as readonly { dailyRate: string; days: number; fee: string }[];
  return read.map(({ dailyRate, days, fee }) => ({ rate: dailyRate, days, fee }));
}
