import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { businessDate } from '@provident/kernel';
import { dataFolder, loadPolicy } from './book/load-policy.js';
import { calculate, listFormulas, parametersOf } from './calculate.js';
import { explanationText } from './calculation/explanation.js';
import { InputError } from './calculation/input-error.js';

interface Case {
  formula: string;
  inputs: object;
  expectFailure?: true;
}
const cases = JSON.parse(readFileSync(join(dataFolder(), 'cases', 'cases.json'), 'utf8')) as Case[];
const problemsOf = (formula: string, inputs: unknown): string[] => {
  try {
    calculate(formula, inputs);
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ path, rule }) => `${path}: ${rule}`);
    throw error;
  }
  return [];
};

describe('calculating a formula', () => {
  it('knows the 34 formulas of the case format', () => {
    const schema = JSON.parse(readFileSync(join(dataFolder(), 'cases', 'cases.schema.json'), 'utf8')) as {
      $defs: { case: { properties: { formula: { enum: string[] } } } };
    };
    expect(listFormulas().map(({ name }) => name)).toEqual(schema.$defs.case.properties.formula.enum);
  });

  it('explains every worked case in both languages, down to each figure', () => {
    for (const { formula, inputs, expectFailure } of cases) {
      if (expectFailure) continue;
      const { result, explanation } = calculate(formula, inputs);
      const explained = explanation();
      expect(explained.steps.length).toBeGreaterThan(0);
      for (const { value } of explained.steps) expect(value).not.toBe('');
      expect(Object.keys(result)).toContain(explained.steps.at(-1)?.figure.replace(/\[.*/, ''));
      expect(explanationText(explained, 'zh')).toContain('依据：');
      expect(explanationText(explained, 'en')).toContain('Law: ');
    }
  });

  it('reads like this', () => {
    const { explanation } = calculate('late-fee-by-dates', {
      principal: '12000.00',
      from: '2011-05-16',
      to: '2011-08-16',
      dayCount: 'exclude-payment-day',
      cap: 'none',
    });
    expect(explanationText(explanation(), 'en')).toMatchInlineSnapshot(`
     "Late fee between dates, split by rate
       Law: 社会保险费征缴暂行条例 第13条; 社会保险法 第86条; 行政强制法 第45条
       1. Days = payment day − first overdue day
          days = 2011-05-16 … 2011-08-16 = 92
       2. Fee of the 46 days that bear this rate = principal × daily rate × days
          segments[0] = 12000.00 × 0.002 × 46 = 1104.00, rounded half up to the fen
          Parameter late_fee.daily_rate = 0.002, area 000000, from 1999-01-22: 《社会保险费征缴暂行条例》 国务院令第259号 第13条 [law-text]
       3. Fee of the 46 days that bear this rate = principal × daily rate × days
          segments[1] = 12000.00 × 0.0005 × 46 = 276.00, rounded half up to the fen
          Parameter late_fee.daily_rate = 0.0005, area 000000, from 2011-07-01: 《社会保险法》 主席令第35号 第86条 [law-text]
       4. Fee = sum of the segments
          fee = 1104.00 + 276.00 = 1380.00"
    `);
    expect(explanationText(explanation(), 'zh')).toMatchInlineSnapshot(`
     "滞纳金分段计算
       依据：社会保险费征缴暂行条例 第13条; 社会保险法 第86条; 行政强制法 第45条
       1. 天数 = 缴款日 − 欠缴首日
          days = 2011-05-16 … 2011-08-16 = 92
       2. 适用本日加收率的46天 = 欠缴本金 × 日加收率 × 天数
          segments[0] = 12000.00 × 0.002 × 46 = 1104.00（四舍五入到分）
          参数 late_fee.daily_rate = 0.002，地区 000000，自 1999-01-22 起：《社会保险费征缴暂行条例》 国务院令第259号 第13条［law-text］
       3. 适用本日加收率的46天 = 欠缴本金 × 日加收率 × 天数
          segments[1] = 12000.00 × 0.0005 × 46 = 276.00（四舍五入到分）
          参数 late_fee.daily_rate = 0.0005，地区 000000，自 2011-07-01 起：《社会保险法》 主席令第35号 第86条［law-text］
       4. 滞纳金 = 各段之和
          fee = 1104.00 + 276.00 = 1380.00"
    `);
    expect(parametersOf(explanation()).map(({ value }) => value)).toEqual(['0.002', '0.0005']);
  });

  it('takes from the parameters what was left out, when area and day are named', () => {
    const { inputs, result, explanation } = calculate(
      'contribution-base',
      { declaredMonthlyWage: '5000.00' },
      { area: '310000', on: '2025-08-01' },
    );
    expect(inputs).toMatchObject({
      floor: '7460.00',
      ceiling: '37302.00',
      baseRounding: 'fen-half-up',
    });
    expect(result).toEqual({ base: '7460.00', bound: 'floor' });
    expect(parametersOf(explanation()).map(({ id }) => id)).toContain('base.floor');
    const interest = {
      method: 'annual',
      openingBalance: '10000.00',
      annualCredit: '0.00',
    };
    const on = { area: '310000', on: '2025-12-31' };
    expect(calculate('account-interest', interest, on).result['interest']).toBe('150.00');
    expect(calculate('unemployment-benefit-ladder', {}, { area: '310115', on: '2026-07-06' }).result).toEqual({
      secondStageAmount: '1872.00',
      extendedByRatio: '1497.60',
      extendedAmount: '1690.00',
    });
    expect(
      calculate('survivors-benefit', { monthlyDisposableIncome: '5015.00', grantMonths: '9.00' }, on).result,
    ).toEqual({
      funeralGrant: '10030.00',
      survivorsGrant: '45135.00',
      total: '55165.00',
    });
    expect(() =>
      calculate('account-interest', interest, {
        area: '310000',
        on: '2026-12-31',
      }),
    ).toThrow('No value of account.record_rate');
  });

  it('does not calculate retirement under the rules before the reform, and says what they were', () => {
    const inputs = { group: 'female-55', birthMonth: '1968-03' };
    expect(() => calculate('retirement-age', inputs, { on: '2024-12-31' })).toThrow(
      'On 2024-12-31 the gradual delay was not yet in force: female-55 retired at 55 years',
    );
    expect(calculate('retirement-age', inputs, { on: '2025-01-01' }).result).toEqual(
      calculate('retirement-age', inputs).result,
    );
  });

  it('uses the law of the day', () => {
    const inputs = { grade: 1, monthlyWage: '1000.00' };
    const months = (on?: string) => calculate('work-injury-disability-grant', inputs, { on }).result['months'];
    expect([months('2010-12-31'), months('2011-01-01'), months()]).toEqual([24, 27, 27]);
  });

  it('computes a what-if under an overlay and leaves the real parameters alone', () => {
    const value = {
      parameter: 'pension.minimum_months',
      area: '000000',
      from: '2025-01-01',
      value: {
        months: '180',
        untilYear: '2029',
        yearlyIncrease: '12',
        cap: '300',
      },
      basis: { document: 'proposal' },
      source: 'proposal',
      confidence: 'not-rechecked' as const,
    };
    const policy = loadPolicy().withOverlay([value]);
    expect(calculate('minimum-contribution-months', { retirementYear: 2032 }, { policy }).result).toEqual({
      months: 216,
    });
    expect(calculate('minimum-contribution-months', { retirementYear: 2032 }).result).toEqual({ months: 198 });
    expect(loadPolicy().parameter('pension.minimum_months', '310000', businessDate('2032-01-01')).overlay).toBe(false);
  });

  it('says where an input is wrong, by which rule, and shows a good one', () => {
    expect(
      problemsOf('late-fee', {
        principal: '1000',
        dailyRate: '0.0005',
        days: -1,
        cap: 'none',
        note: '',
      }),
    ).toEqual([
      'note: is not a field here; fields are principal, dailyRate, days, cap',
      'principal: must match pattern "^0*[0-9]{1,16}\\.[0-9]{2}$" (yuan with two decimals)',
      'days: must be >= 0 (whole number, not negative)',
    ]);
    expect(
      problemsOf('contribution', {
        base: '1.00',
        lines: [{ scheme: 'pension', payer: 'boss' }],
      }),
    ).toEqual([
      'totalRounding: is required',
      'lines[0].rate: is required',
      'lines[0].payer: must be one of employer, employee, individual',
    ]);
    expect(
      problemsOf('contribution-base', {
        floor: '1.00',
        ceiling: '2.00',
        baseRounding: 'fen-half-up',
      }),
    ).toEqual(
      ['give exactly one of: declaredMonthlyWage, or previousYearTotalWage with monthsWorked'].map(
        (rule) => `: ${rule}`,
      ),
    );
    expect(problemsOf('account-interest', { method: 'daily' })[0]).toBe(
      'method: must say one of the known kinds of method',
    );
    expect(
      problemsOf('unemployment-benefit', {
        contributionMonths: 36,
        durationRule: 'first-year-plus-yearly',
      }),
    ).toEqual(['firstYearMonths: is required', 'monthsPerFurtherYear: is required']);
    expect(
      problemsOf('late-fee-by-dates', {
        principal: '1.00',
        from: '2026-02-30',
        to: '2026-03-01',
        dayCount: 'inclusive',
        cap: 'none',
      }),
    ).toEqual(['from: 2026-02-30 does not exist in the calendar']);
    expect(
      problemsOf('statistics-ratio', {
        numerator: '1',
        denominator: '0',
        decimals: 2,
      }),
    ).toEqual(['denominator: must not be 0']);
    expect(() => calculate('late-fees', {})).toThrow('There is no formula "late-fees"');
    expect(() => calculate('contribution-base', null)).toThrow(InputError);
  });
});
