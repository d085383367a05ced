import {
  addDays,
  type BusinessDate,
  businessDate,
  dayOfWeek,
  type Fund,
  FUNDS,
  Money,
  type Month,
} from '@provident/kernel';
import type { SampleEmployer } from './employers.js';
import { Random } from './random.js';
import { MONTHS } from './staff-year.js';

/** Money on its way into a fund's income account. */
export interface SampleReceipt {
  readonly bankReference: string;
  readonly valueDate: BusinessDate;
  readonly fund: Fund;
  readonly amount: Money;
  readonly payerName: string;
  readonly creditCode: string;
  readonly purpose: string;
}

export type Dues = ReadonlyMap<Fund, Money>;

/** The employers of the story, by their place in the list. */
export const LATE = { employerIndex: 12, months: ['2025-03', '2025-04'], paidIn: '2025-05' } as const;
export const SHORT = {
  employerIndex: 18,
  month: '2025-04',
  fund: 'employee-medical',
  missing: '36.50',
  madeGoodOn: '2025-05-09',
} as const;
export const OVER = {
  employerIndex: 7,
  month: '2025-06',
  nextMonth: '2025-07',
  fund: 'employee-pension',
  excess: '1000.00',
} as const;
export const UNIDENTIFIED = { employerIndex: 24, month: '2025-08', fund: 'unemployment' } as const;

type Unnumbered = Omit<SampleReceipt, 'bankReference'>;

/**
 * The bank's receipts, by the month in which they arrive: four per employer and month, each exactly what is due, but for
 * what the story says.
 */
export function sampleReceipts(
  employers: readonly SampleEmployer[],
  duesOf: (month: Month, employerIndex: number) => Dues,
): ReadonlyMap<Month, readonly SampleReceipt[]> {
  const random = new Random('receipts 2025');
  const arriving = new Map<Month, Unnumbered[]>(MONTHS.map((month) => [month, []]));
  for (const month of MONTHS) {
    for (const [index, employer] of employers.entries()) {
      const late = index === LATE.employerIndex && LATE.months.some((each) => each === month);
      const valueDate = late ? workingDay(`${LATE.paidIn}-06`) : workingDay(`${month}-${random.between(10, 20)}`);
      for (const fund of FUNDS) {
        const due = duesOf(month, index).get(fund) ?? Money.zero;
        const receipt = asStory(index, month, { ...regular(employer, month), valueDate, fund, amount: due });
        arriving.get(valueDate.slice(0, 7) as Month)?.push(receipt);
      }
    }
  }
  arriving.get(SHORT.madeGoodOn.slice(0, 7) as Month)?.push({
    ...regular(employers[SHORT.employerIndex] as SampleEmployer, SHORT.month as Month),
    valueDate: businessDate(SHORT.madeGoodOn),
    fund: SHORT.fund,
    amount: Money.of(SHORT.missing),
    purpose: `补缴${SHORT.month}医疗保险费差额`,
  });
  return new Map(Array.from(arriving, ([month, receipts]) => [month, numbered(month, receipts)]));
}

/** Short, over or without a name, where the story says so. */
function asStory(index: number, month: string, receipt: Unnumbered): Unnumbered {
  const { fund, amount } = receipt;
  if (index === SHORT.employerIndex && month === SHORT.month && fund === SHORT.fund) {
    return { ...receipt, amount: amount.minus(Money.of(SHORT.missing)) };
  }
  if (index === OVER.employerIndex && fund === OVER.fund) {
    if (month === OVER.month) return { ...receipt, amount: amount.plus(Money.of(OVER.excess)) };
    if (month === OVER.nextMonth) return { ...receipt, amount: amount.minus(Money.of(OVER.excess)) };
  }
  if (index === UNIDENTIFIED.employerIndex && month === UNIDENTIFIED.month && fund === UNIDENTIFIED.fund) {
    return { ...receipt, payerName: '个人转账（示例）', creditCode: '', purpose: '社保费' };
  }
  return receipt;
}

function regular(employer: SampleEmployer, month: Month): Pick<Unnumbered, 'payerName' | 'creditCode' | 'purpose'> {
  return { payerName: employer.name, creditCode: employer.creditCode, purpose: `${month}社会保险费` };
}

/** The bank numbers what arrives in the order of the days. */
function numbered(month: Month, receipts: readonly Unnumbered[]): SampleReceipt[] {
  return receipts
    .toSorted((a, b) => (a.valueDate < b.valueDate ? -1 : a.valueDate > b.valueDate ? 1 : 0))
    .map((receipt, index) => ({
      bankReference: `SH${month.replace('-', '')}${String(index + 1).padStart(5, '0')}`,
      ...receipt,
    }));
}

/** The day itself, or the Monday after a weekend. No public holiday of 2025 lies between the 6th and the 22nd. */
function workingDay(text: string): BusinessDate {
  const day = businessDate(text);
  const weekday = dayOfWeek(day);
  return weekday > 5 ? addDays(day, 8 - weekday) : day;
}
