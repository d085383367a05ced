import fc from 'fast-check';
import { Money, type Rounding } from './money.js';
import { Exact, Rate } from './rate.js';

const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map((fen) => Money.fromFen(fen));
const rate = fc
  .integer({ min: -20_000, max: 20_000 })
  .map((tenThousandths) => Rate.of((tenThousandths / 10_000).toFixed(4)));
const roundings: Rounding[] = ['fen-half-up', 'yuan-half-up', 'fen-down', 'yuan-up', 'jiao-up'];

describe('Money', () => {
  it.each([
    ['0', '0.00'],
    ['12', '12.00'],
    ['12.3', '12.30'],
    ['-0.05', '-0.05'],
    ['9999999999999999.99', '9999999999999999.99'],
  ])('reads %s and prints %s', (text, printed) => {
    expect(Money.of(text).toString()).toBe(printed);
  });

  it.each(['', '1,000.00', '1.234', '+5', '1e3', ' 1', '007', '１２', 'NaN', '--1'])('refuses %j', (text) => {
    expect(() => Money.of(text)).toThrow(expect.objectContaining({ code: 'amount-malformed' }));
  });

  it('rounds half up away from zero, once', () => {
    expect(Money.of('7162').times(Rate.of('0.01'), 'fen-half-up').toString()).toBe('71.62');
    expect(Money.of('0.05').times(Rate.of('0.1'), 'fen-half-up').toString()).toBe('0.01');
    expect(Money.of('-0.05').times(Rate.of('0.1'), 'fen-half-up').toString()).toBe('-0.01');
    expect(Money.of('12434').times(Rate.of('0.6'), 'yuan-half-up').toString()).toBe('7460.00');
  });

  it('prints what it reads', () => {
    fc.assert(fc.property(amount, (each) => expect(Money.of(each.toString()).equals(each)).toBe(true)));
  });

  it('multiplies in whole numbers exactly as in decimals', () => {
    fc.assert(
      fc.property(amount, rate, fc.constantFrom(...roundings), (each, by, rounding) => {
        const expected = Money.round(each.exact().times(by.decimal), rounding);
        expect(each.times(by, rounding).toString()).toBe(expected.toString());
      }),
    );
  });

  it('adds and subtracts like the integers they are', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(a.plus(b).minus(b).equals(a)).toBe(true);
        expect(a.plus(b).exact().equals(new Exact(a.exact()).plus(b.exact()))).toBe(true);
      }),
    );
  });
});
