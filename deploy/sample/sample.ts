import { type Fund, fundOf, FUNDS, Money, type Month } from '@provident/kernel';
import { contributionDue, type ContributionTerms, contributionTerms, loadPolicy } from '@provident/policy';
import { type SampleEmployer, sampleEmployers } from './employers.js';
import { type Dues, type SampleReceipt, sampleReceipts } from './receipts.js';
import { MONTHS, type StaffLine, staffYear, type StaffYear } from './staff-year.js';

export const AREA = '310000';

/** Everything that the sample's files are written from. */
export interface Sample {
  readonly employers: readonly SampleEmployer[];
  readonly staff: StaffYear;
  readonly receipts: ReadonlyMap<Month, readonly SampleReceipt[]>;
  dues(month: Month, employerIndex: number): Dues;
  terms(month: Month, riskClass: number): ContributionTerms;
}

/** Invents the year. What is due comes from the product's own parameters and formulas, as an employer's software has it. */
export function inventSample(): Sample {
  const employers = sampleEmployers();
  const staff = staffYear(employers);
  const terms = termsByClass();
  const dues = new Map<string, Dues>();
  for (const month of MONTHS) {
    for (const [index, employer] of employers.entries()) {
      const lines = staff.months.get(month)?.[index] ?? [];
      dues.set(`${month} ${index}`, duesOf(lines, terms(month, employer.riskClass)));
    }
  }
  const duesIn = (month: Month, index: number): Dues => dues.get(`${month} ${index}`) ?? new Map();
  return { employers, staff, receipts: sampleReceipts(employers, duesIn), dues: duesIn, terms };
}

function termsByClass(): Sample['terms'] {
  const book = loadPolicy();
  const known = new Map<string, ContributionTerms>();
  return (month, riskClass) => {
    const key = `${month} ${riskClass}`;
    const terms = known.get(key) ?? contributionTerms(book, { area: AREA, month, riskClass });
    known.set(key, terms);
    return terms;
  };
}

function duesOf(lines: readonly StaffLine[], terms: ContributionTerms): Dues {
  const dues = new Map<Fund, Money>(FUNDS.map((fund) => [fund, Money.zero]));
  for (const { wage } of lines) {
    if (wage === undefined) continue;
    const { amounts } = contributionDue(terms, wage);
    for (const [place, line] of terms.lines.entries()) {
      const fund = fundOf(line.scheme);
      dues.set(fund, (dues.get(fund) ?? Money.zero).plus(amounts[place] ?? Money.zero));
    }
  }
  return dues;
}
