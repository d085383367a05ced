import { calculate } from './calculate.js';

const resultOf = (formula: string, inputs: object) => calculate(formula, inputs).result;

describe('edges of the rules', () => {
  it('moves a wage only when its rounded value lies strictly outside the bounds', () => {
    const bounds = { floor: '4986.00', ceiling: '25299.00', baseRounding: 'yuan-half-up' };
    expect(resultOf('contribution-base', { declaredMonthlyWage: '4985.50', ...bounds })).toEqual({
      base: '4986.00',
      bound: 'none',
    });
    expect(resultOf('contribution-base', { declaredMonthlyWage: '4985.49', ...bounds })['bound']).toBe('floor');
    expect(resultOf('contribution-base', { declaredMonthlyWage: '25299.49', ...bounds })['bound']).toBe('none');
  });

  it('adds rounded lines or rounds the sum, as chosen', () => {
    const line = { scheme: 'unemployment', payer: 'employer', rate: '0.005' };
    const total = (totalRounding: string) =>
      resultOf('contribution', { base: '101.00', lines: [line, line], totalRounding })['totalPayable'];
    expect([total('line-then-sum'), total('sum-then-round')]).toEqual(['1.02', '1.01']);
  });

  it('gives no segment and no fee when no day counts', () => {
    const day = { principal: '100.00', from: '2020-03-16', to: '2020-03-16', cap: 'none' };
    expect(resultOf('late-fee-by-dates', { ...day, dayCount: 'exclude-payment-day' })).toEqual({
      days: 0,
      segments: [],
      fee: '0.00',
    });
    expect(resultOf('late-fee-by-dates', { ...day, dayCount: 'inclusive' })).toMatchObject({ days: 1, fee: '0.05' });
    expect(() =>
      resultOf('late-fee-by-dates', { ...day, from: '1990-01-02', to: '1990-01-01', dayCount: 'inclusive' }),
    ).toThrow('The payment day 1990-01-01 is before the first overdue day');
  });

  it('halves the disabled persons fund at exactly 1 %, and exempts 30 staff but not 31', () => {
    const fund = (headcount: number, employedDisabled: number) =>
      resultOf('disabled-employment-fund', {
        ...{ headcount, employedDisabled, quotaRatio: '0.015', averageAnnualWage: '1000.00', tierRule: 'tiered-2020' },
      })['payable'];
    expect([fund(300, 3), fund(301, 3), fund(30, 0), fund(31, 0)]).toEqual(['750.00', '1363.50', '0.00', '418.50']);
  });

  it('counts the survivors grant to the month', () => {
    const months = (contributionMonths: number, pensionMonthsDrawn?: number) =>
      resultOf('survivors-grant-months', {
        status: pensionMonthsDrawn === undefined ? 'in-service' : 'retired',
        contributionMonths,
        ...(pensionMonthsDrawn === undefined ? {} : { pensionMonthsDrawn }),
      })['grantMonths'];
    expect([59, 60, 119, 120, 180, 181, 360, 361].map((of) => months(of))).toEqual([
      ...['3.00', '6.00', '6.00', '9.00', '9.00', '9.08', '24.00', '24.00'],
    ]);
    expect([months(59, 0), months(400, 5), months(200, 240)]).toEqual(['9.00', '23.58', '9.00']);
  });

  it('grants unemployment months by the rule of the place, inside the cap', () => {
    const months = (contributionMonths: number, rule: object) =>
      resultOf('unemployment-benefit', { contributionMonths, ...rule })['months'];
    const guangdong = { durationRule: 'full-year-then-half-year' };
    expect([12, 48, 53, 54, 59, 60, 200].map((of) => months(of, guangdong))).toEqual([1, 4, 4, 5, 5, 6, 24]);
    const yearly = { durationRule: 'first-year-plus-yearly', firstYearMonths: 3, monthsPerFurtherYear: 2 };
    expect([12, 23, 24, 59, 71, 240].map((of) => months(of, yearly))).toEqual([3, 3, 5, 9, 11, 24]);
    const cap = { durationRule: 'statutory-cap', unclaimedMonths: 0 };
    expect([12, 59, 60, 119, 120].map((of) => months(of, cap))).toEqual([12, 12, 18, 18, 24]);
  });

  it('takes the next stage from the amount that is paid, floor included', () => {
    expect(
      resultOf('unemployment-benefit-ladder', {
        ...{ firstStageAmount: '2000.00', stageRatio: '0.8', subsistenceFloor: '1700.00' },
      }),
    ).toEqual({ secondStageAmount: '1700.00', extendedByRatio: '1360.00', extendedAmount: '1700.00' });
  });

  it('ends the table of payment months at 40 and 70 years', () => {
    const months = (ageYears: number, ageMonths: number) => resultOf('payment-months', { ageYears, ageMonths });
    expect([months(40, 0), months(69, 11), months(70, 0)].map((of) => of['paymentMonths'])).toEqual([
      ...['233.0', '56.8', '56.0'],
    ]);
    expect(() => months(70, 1)).toThrow('no payment months for 70 years 1 months');
    expect(() => months(39, 11)).toThrow('no payment months');
  });

  it('rounds a fall like a rise', () => {
    const growth = (current: string) =>
      resultOf('statistics-growth', { current, previous: '100', decimals: 2 })['growth'];
    expect([growth('104.5'), growth('95.5'), growth('99.9')]).toEqual(['0.05', '-0.05', '0.00']);
  });

  it('keeps exact halves exact through a division', () => {
    // 30.25 years: (1000 + 1000 × 1) ÷ 2 × 363 ÷ 12 ÷ 100 = 302.5; 7 months of 12 yuan are 7 yuan.
    const pension = (contributionMonths: number, calculationBase: string) =>
      resultOf('pension-at-retirement', {
        ...{ calculationBase, averageIndex: '1', contributionMonths, yearsRounding: 'exact' },
        ...{ amountRounding: 'fen-half-up', basicPensionRule: 'standard' },
      })['basicPension'];
    expect([pension(363, '1000.00'), pension(7, '6.00'), pension(1, '6.00')]).toEqual(['302.50', '0.04', '0.01']);
  });

  it('leaves the fund share out of a settlement that costs nothing', () => {
    const item = { category: 'class-a', amount: '0.00', firstShare: '0', individualShare: '0.1' };
    expect(
      resultOf('medical-settlement-itemised', { deductible: '0.00', selfPaidCost: '0.00', items: [item] }),
    ).toEqual({ totalCost: '0.00', individualPayment: '0.00', poolPayment: '0.00' });
  });

  it('refuses transfer segments that run backwards or share a month', () => {
    const transfer = (...segments: [string, string][]) =>
      resultOf('pension-transfer', {
        segments: segments.map(([fromMonth, toMonth]) => ({ fromMonth, toMonth, base: '100.00' })),
        poolRate: '0.12',
        accountBalance: '0.00',
      });
    expect(transfer(['1997-01', '1997-12'])).toMatchObject({ months: 0, poolAmount: '0.00' });
    expect(() => transfer(['2020-02', '2020-01'])).toThrow('segments[0].toMonth: is before fromMonth 2020-02');
    expect(() => transfer(['2020-01', '2020-03'], ['2020-03', '2020-04'])).toThrow('shares a month');
  });
});
