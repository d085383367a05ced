import { ratio } from './ratio.js';

describe('ratio', () => {
  it.each([
    ['workers per retiree 2013', '24177', '8041', 2, '3.01'],
    ['collection share of pension income 2011', '13956', '16895', 4, '0.8260'],
    ['a tie goes up', '1', '8', 2, '0.13'],
    ['one third of a fall', '-1', '3', 4, '-0.3333'],
  ])('%s', (_name, numerator, denominator, decimals, expected) => {
    expect(ratio(numerator, denominator, decimals)).toBe(expected);
  });

  it('has no value where nothing is due', () => {
    expect(ratio('0', '0', 4)).toBeUndefined();
  });
});
