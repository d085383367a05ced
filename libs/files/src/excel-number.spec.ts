import fc from 'fast-check';
import { dateOfSerial, typedDigits } from './excel-number.js';

describe('numbers of a workbook', () => {
  it.each([
    ['12345.67', '12345.67'],
    ['12345.670000000001', '12345.67'],
    ['1.1000000000000001', '1.1'],
    ['7384', '7384'],
    ['7384.00', '7384'],
    ['1E3', '1000'],
    ['1.5E-7', '0.00000015'],
    ['-0.05', '-0.05'],
    ['-0', '0'],
    ['12345.678', '12345.678'],
    ['999999999999999', '999999999999999'],
  ])('%s was typed as %s', (stored, typed) => {
    expect(typedDigits(stored)).toBe(typed);
  });

  it.each(['1.10105194912310E+17', '1000000000000000', '', ' ', 'abc', 'NaN', '1e999'])('%j is lost', (stored) => {
    expect(typedDigits(stored)).toBeUndefined();
  });

  it('gives back every amount of up to 13 digits and two decimals, however many digits the program stored', () => {
    const fen = fc.bigInt({ min: 0n, max: 10n ** 15n - 1n });
    fc.assert(
      fc.property(fen, fc.constantFrom(15, 16, 17), (amount, digits) => {
        const text = `${(amount / 100n).toString()}.${(amount % 100n).toString().padStart(2, '0')}`;
        const typed = text.replace(/\.?0+$/, '');
        expect(typedDigits(Number(text).toPrecision(digits))).toBe(text.includes('.') ? typed : text);
      }),
    );
  });

  it('reads days of both date systems, and takes 202501 and 20250115 for numbers', () => {
    expect(dateOfSerial('45658', 'from1900')).toBe('2025-01-01');
    expect(dateOfSerial('44196', 'from1904')).toBe('2025-01-01');
    expect(dateOfSerial('61', 'from1900')).toBe('1900-03-01');
    for (const digits of ['60', '45658.5', '202501', '20250115', '-3']) {
      expect(dateOfSerial(digits, 'from1900')).toBeUndefined();
    }
  });
});
