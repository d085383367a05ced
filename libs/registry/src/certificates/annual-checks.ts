import { type BusinessDate, lastDayOf, monthFrom, yearOf } from '@provident/kernel';
import type { PolicyBook } from '@provident/policy';
import type { CertificateState } from './certificate.js';
import { certificateRule } from './certificate-rule.js';

export interface AnnualCheck {
  readonly year: number;
  readonly status: 'done' | 'open' | 'not-required';
}

/** Year by year since the first certificate: was its check done, is it open, or did the rule at the year's end ask for none? */
export function* annualChecks(
  { certificates, checks }: CertificateState,
  book: PolicyBook,
  area: string,
  today: BusinessDate,
): Generator<AnnualCheck> {
  const [first] = certificates;
  if (first === undefined) return;
  for (let year = yearOf(first.issuedOn); year <= yearOf(today); year += 1) {
    const yearEnd = lastDayOf(monthFrom(year, 12));
    const { annualCheck } = certificateRule(book, area, yearEnd);
    yield { year, status: checks.has(year) ? 'done' : annualCheck ? 'open' : 'not-required' };
  }
}
