import { calculate } from '../calculate.js';
import { nationalSeries } from './national-series.js';

describe('the national series', () => {
  const series = nationalSeries();

  it('says of every figure how it was verified', () => {
    expect(series).toHaveLength(404);
    const statuses = new Set(series.map(({ status }) => status));
    expect([...statuses].toSorted()).toEqual(['confirmed', 'derived', 'not_rechecked', 'secondary']);
    for (const { value, year } of series) {
      expect(value).toMatch(/^-?\d+(\.\d+)?$/);
      expect(year).toBeGreaterThanOrEqual(2010);
    }
  });

  it('holds figures that the formulas take as they stand', () => {
    for (const { value } of series) {
      const inputs = { parts: [value], publishedTotal: value, tolerance: '0' };
      expect(calculate('statistics-total', inputs).result['consistent']).toBe(true);
    }
  });
});
