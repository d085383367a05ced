import { month } from '@provident/kernel';
import { loadPolicy } from '@provident/policy';
import { contributionIndex } from './contribution-index.js';

const book = loadPolicy();
const index = (bases: Record<string, string>) =>
  contributionIndex(new Map(Object.entries(bases).map(([text, base]) => [month(text), base])), book, '310000');

describe('the average contribution index', () => {
  it('is the mean of base over average wage, by the wage that was published for the month', () => {
    // 12307 until June 2025, 12434 from July on: 1 and 2.
    expect(index({ '2025-07': '24868.00', '2025-06': '12307.00' })).toEqual({
      ...{ averageIndex: '1.5000', months: 2, first: '2025-06', last: '2025-07', withoutWage: [] },
    });
  });

  it('rounds half up once, at the end', () => {
    // (1/3 + 1) ÷ 2 of 12307 each: 0.66666...
    expect(index({ '2025-01': '4102.33', '2025-02': '12307.00' }).averageIndex).toBe('0.6667');
  });

  it('leaves out months whose wage is not known, and says which', () => {
    expect(index({ '1995-01': '500.00', '2025-01': '12307.00' })).toMatchObject({
      ...{ averageIndex: '1.0000', months: 1, withoutWage: ['1995-01'] },
    });
    expect(index({ '1995-01': '500.00' })).toEqual({ months: 0, withoutWage: ['1995-01'] });
    expect(index({})).toEqual({ months: 0, withoutWage: [] });
  });
});
