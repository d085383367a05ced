import type { BusinessDate, ParameterReference } from '@provident/kernel';
import { type PolicyBook, type PolicyValue } from '@provident/policy';
import { referenceTo } from '@provident/policy/book/policy-value';

/** What holds for certificates on a day: older practice, abolished in steps, kept as a dated parameter. */
export interface CertificateRule {
  readonly annualCheck: boolean;
  /** A certificate is replaced after so many years. */
  readonly renewEveryYears: number | undefined;
  /** Enterprises have none of their own: the business licence serves (五证合一). */
  readonly mergedForEnterprises: boolean;
  readonly reference: ParameterReference;
}

/** The rule of an area on a day. Throws `parameter-missing`. */
export function certificateRule(book: PolicyBook, area: string, on: BusinessDate): CertificateRule {
  const value = book.parameter('reg.certificate_annual_check', area, on);
  const years = part(value, 'renew_every_years');
  return {
    annualCheck: part(value, 'annual_check') === 'yes',
    renewEveryYears: years === undefined ? undefined : Number(years),
    mergedForEnterprises: part(value, 'certificate') !== undefined,
    reference: referenceTo(value),
  };
}

function part({ content }: PolicyValue, name: string): string | undefined {
  const found = (content as Readonly<Record<string, unknown>>)[name];
  return typeof found === 'string' ? found : undefined;
}
