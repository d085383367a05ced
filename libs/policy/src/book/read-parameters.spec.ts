import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { businessDate } from '@provident/kernel';
import { loadPolicy, readPolicy } from './load-policy.js';
import { readParameters } from './read-parameters.js';

/** A family of one parameter with these value lines; the first of them stands in line 9. */
const family = (unit: string, ...values: string[]) =>
  [
    'family: test',
    'parameters:',
    '  - id: test.rate',
    '    zh: 测试',
    '    description: for the test',
    `    unit: ${unit}`,
    '    basis: { document: 测试法 }',
    '    values:',
    ...values.map((value) => `      - { ${value}, source: test, confidence: official }`),
  ].join('\n');

const problems = (unit: string, ...values: string[]) =>
  readParameters('test.yaml', family(unit, ...values), new Set(['S_KNOWN'])).problems.map(
    ({ line, problem }) => `${line}: ${problem}`,
  );

describe('the checks on parameter files', () => {
  it('accepts values in order, open at the end', () => {
    expect(problems('ratio', 'from: 2020-01-01, to: 2020-12-31, value: 0.1', 'from: 2021-01-01, value: 0.2')).toEqual(
      [],
    );
  });

  it('names overlap, gap, order and impossible dates with their line', () => {
    const first = 'from: 2020-01-01, to: 2020-12-31, value: 0.1';
    expect(problems('ratio', first, 'from: 2020-12-31, value: 0.2')[0]).toMatch(/^10: .*overlaps the value before/);
    expect(problems('ratio', 'from: 2020-01-01, value: 0.1', 'from: 2021-01-01, value: 0.2')[0]).toMatch(
      /^10: .*overlaps the open value before it/,
    );
    expect(problems('ratio', first, 'from: 2021-01-02, value: 0.2')[0]).toMatch(
      /^10: .*gap: nothing is stored from 2021-01-01 to 2021-01-02/,
    );
    expect(problems('ratio', first, 'from: 2021-01-02, value: 0.2, gap: not found')).toEqual([]);
    expect(problems('ratio', first, 'from: 2019-01-01, to: 2019-12-31, value: 0.2')[0]).toMatch(/^10: .*out of order/);
    expect(problems('ratio', 'from: 2020-02-30, value: 0.1')[0]).toMatch(/^9: .*2020-02-30 is not a day/);
    expect(problems('ratio', 'from: 2020-02-02, to: 2020-02-01, value: 0.1')[0]).toMatch(/^9: .*is before from/);
  });

  it('keeps areas apart', () => {
    expect(problems('ratio', 'from: 2020-01-01, value: 0.1', 'area: 310000, from: 2019-01-01, value: 0.2')).toEqual([]);
  });

  it('names unknown units, fields and sources, and values in another unit', () => {
    expect(problems('percent', 'from: 2020-01-01, value: 0.1')[0]).toMatch(/^6: unit must be equal to one of/);
    expect(problems('ratio', 'from: 2020-01-01, value: 16 %')[0]).toMatch(/^9: .*"16 %" is not in ratio/);
    expect(problems('days', 'from: 2020-01-01, value: 9.5')[0]).toMatch(/^9: .*"9.5" is not in days/);
    expect(problems('ratio', 'from: 2020-01-01, value: 0.1, until: 2021')[0]).toMatch(/^9: .*until/);
    expect(problems('ratio', 'year: 2020, from: 2020-01-01, value: 0.1')[0]).toMatch(/^9: .*either from/);
    const text = family('ratio', 'from: 2020-01-01, value: 0.1').replace('source: test', 'source: S_UNKNOWN');
    expect(readParameters('test.yaml', text, new Set()).problems[0]?.problem).toMatch(/S_UNKNOWN is not listed/);
  });

  it('reports broken YAML with its line', () => {
    expect(readParameters('test.yaml', 'family: test\nparameters: [', new Set()).problems[0]?.line).toBeGreaterThan(1);
  });

  it('refuses a folder with a problem, naming file and line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'policy-'));
    writeFileSync(join(folder, 'sources.yaml'), 'S_KNOWN: { level: A }\n');
    writeFileSync(join(folder, 'a.yaml'), family('ratio', 'from: 2020-01-01, value: 0.1'));
    expect(readPolicy(folder).parameter('test.rate', '310115', businessDate('2020-01-01')).content).toBe('0.1');
    writeFileSync(join(folder, 'b.yaml'), family('ratio', 'from: 2020-01-01, value: x'));
    expect(() => readPolicy(folder)).toThrow('b.yaml:9: test.rate: "x" is not in ratio');
  });
});

describe('the shipped parameters', () => {
  const book = loadPolicy();
  const day = businessDate('2025-08-01');

  it('let the nearest area win', () => {
    expect(book.parameter('base.floor.pension', '440103', day).content).toBe('5510.00');
    expect(book.parameter('base.floor.pension', '445100', day).content).toBe('4775.00');
    expect(book.parameter('pension.employer', '440103', day).area).toBe('000000');
  });

  it('name what is missing', () => {
    expect(() => book.parameter('base.floor', '540000', day)).toThrow(
      'No value of base.floor (缴费基数下限) is stored for area 540000 on 2025-08-01.',
    );
    expect(() => book.parameter('base.flor', '310000', day)).toThrow('There is no parameter "base.flor"');
    expect(() => book.parameter('account.record_rate', '310000', businessDate('2026-06-30'))).toThrow('No value');
    expect(() => book.parameter('base.floor', '310000', day, businessDate('2025-08-31'))).toThrow(
      'It was published only on 2025-10-24.',
    );
  });

  it('give every value a legal basis, a source and a confidence', () => {
    expect(book.definitions.size).toBeGreaterThan(150);
  });
});
