import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { dataFolder } from '../book/load-policy.js';
import { calculate } from '../calculate.js';

const table = (name: string): Record<string, string>[] =>
  parse(readFileSync(join(dataFolder(), 'tables', `${name}.csv`)), { columns: true, bom: true });

describe('the official tables, reproduced from the formulas', () => {
  it.each([
    ['male-60', 144],
    ['female-55', 144],
    ['female-50', 120],
  ])('gives every row of the retirement ages of %s', (group, count) => {
    const rows = table(`retirement-age-${group}`);
    expect(rows).toHaveLength(count);
    for (const row of rows) {
      const { result } = calculate('retirement-age', { group, birthMonth: row['birth_month'] });
      expect(result).toMatchObject({
        delayMonths: Number(row['delay_months']),
        ageYears: Number(row['age_years']),
        ageMonths: Number(row['age_months']),
        retirementMonth: row['retirement_month'],
      });
    }
  });

  it('gives every row of the minimum years', () => {
    const rows = table('minimum-contribution-months');
    expect(rows).toHaveLength(11);
    for (const row of rows) {
      const [first = '', last = first] = (row['retirement_year'] ?? '').split('..');
      for (let year = Number(first); year <= Number(last); year += 1) {
        const { result } = calculate('minimum-contribution-months', { retirementYear: year });
        expect(result['months']).toBe(Number(row['required_months']));
      }
    }
  });

  it('gives every row of the payment months, by year and by month', () => {
    const rows = table('payment-months');
    expect(rows).toHaveLength(361);
    for (const row of rows) {
      const age = { ageYears: Number(row['age_years']), ageMonths: Number(row['age_months']) };
      expect(Number(calculate('payment-months', age).result['paymentMonths'])).toBe(Number(row['months_1dp']));
    }
  });
});
