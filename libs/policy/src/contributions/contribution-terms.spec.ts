import { Money, month } from '@provident/kernel';
import { loadPolicy } from '../book/load-policy.js';
import { contributionDue } from './contribution-due.js';
import { contributionTerms } from './contribution-terms.js';

describe('contribution terms of Shanghai 2025', () => {
  const book = loadPolicy();
  const terms = (of: string) => contributionTerms(book, { area: '310000', month: month(of), riskClass: 1 });

  it('changes the bounds on 1 July', () => {
    expect(terms('2025-06').bounds).toEqual({ floor: Money.of('7384'), ceiling: Money.of('36921') });
    expect(terms('2025-07').bounds).toEqual({ floor: Money.of('7460'), ceiling: Money.of('37302') });
  });

  it('gives every month of 2025 its lines, with the parameter behind each', () => {
    for (let each = 1; each <= 12; each += 1) {
      const { lines, parameters } = terms(`2025-${String(each).padStart(2, '0')}`);
      expect(lines.map(({ scheme, payer, rate }) => `${scheme} ${payer} ${rate.toString()}`)).toEqual([
        'pension employer 0.16',
        'pension employee 0.08',
        'medical employer 0.09',
        'medical employee 0.02',
        'unemployment employer 0.005',
        'unemployment employee 0.005',
        'work-injury employer 0.002',
      ]);
      expect(parameters).toHaveLength(11);
    }
  });

  it('says where a local value was not re-checked', () => {
    const confidence = (of: string, id: string) => terms(of).parameters.find((used) => used.id === id)?.confidence;
    expect(confidence('2025-01', 'medical.employer')).toBe('local-not-rechecked');
    expect(confidence('2025-02', 'medical.employer')).toBe('official');
    expect(confidence('2025-02', 'unemployment.employee')).toBe('local-not-rechecked');
  });

  it('bounds the wage and rounds each line to the fen', () => {
    const due = (wage: string) => contributionDue(terms('2025-07'), Money.of(wage));
    expect(due('7000').bound).toBe('floor');
    expect(due('7460').bound).toBe('none');
    expect(due('99999.99')).toMatchObject({ base: Money.of('37302'), bound: 'ceiling' });
    expect(due('8123.45').amounts.map(String)).toEqual([
      '1299.75',
      '649.88',
      '731.11',
      '162.47',
      '40.62',
      '40.62',
      '16.25',
    ]);
  });

  it('refuses a month whose rates are not stored, naming the parameter', () => {
    expect(() => terms('2026-01')).toThrow('No value of unemployment.employer');
    expect(() => contributionTerms(book, { area: '310000', month: month('2025-01'), riskClass: 9 })).toThrow(
      '9 is not a risk class',
    );
  });

  it('uses the bounds of one scheme where an area prints them', () => {
    const overlay = (parameter: string, value: string) => ({
      parameter,
      area: '310000',
      from: '2025-01-01',
      value,
      basis: { document: 'test' },
      source: 'test',
      confidence: 'local-example' as const,
    });
    const apart = book.withOverlay([overlay('base.floor.medical', '8000.00')]);
    const { lines, bounds } = contributionTerms(apart, { area: '310000', month: month('2025-07'), riskClass: 1 });
    const due = contributionDue({ ...terms('2025-07'), lines, bounds }, Money.of('7500'));
    expect(due.base).toEqual(Money.of('7500'));
    expect(due.amounts.map(String).slice(0, 4)).toEqual(['1200.00', '600.00', '720.00', '160.00']);
  });
});
