import { type BusinessDate, isBusinessDate, isMonth, Money, type Month, monthOf } from '@provident/kernel';
import { dateOfSerial } from './excel-number.js';
import { Refusal, type Rule } from './row-cells.js';

/** Whole digits of an amount that any cell may hold: under a hundred billion yuan. */
const AMOUNT_DIGITS = 11;

/** An amount in yuan, zero or more, with at most two decimals and nothing around it. */
export const amount: Rule<Money> = (text) => {
  if (/^-\d/.test(text))
    return new Refusal('amount-negative', 'The amount is negative. Amounts here are zero or more.');
  if (/^\d{1,3}([,，]\d{3})+(\.\d*)?$/.test(text)) {
    return new Refusal('amount-separators', 'The amount has thousands separators. Write 1234567.89 without them.');
  }
  if (!/^(0|[1-9]\d*)(\.\d+)?$/.test(text)) {
    return new Refusal(
      'amount-not-a-number',
      'The cell is not an amount. Write digits with a decimal point, like 12345.67: no unit, sign, blank or exponent.',
    );
  }
  const [whole = '', decimals = ''] = text.split('.');
  if (decimals.length > 2) {
    return new Refusal('amount-decimals', 'The amount has more than two decimals. Round it to the fen.');
  }
  if (whole.length > AMOUNT_DIGITS)
    return new Refusal('amount-too-large', 'No amount is this large. Check the columns.');
  return Money.of(text);
};

/** An amount in yuan above zero. */
export const positiveAmount: Rule<Money> = (text, cell, dateSystem) => {
  const read = amount(text, cell, dateSystem);
  if (read instanceof Refusal || read.isPositive) return read;
  return new Refusal('amount-zero', 'The amount is zero. A receipt moves money; delete the row if none moved.');
};

/** A date as 2025-01-15, 2025/1/15 or 20250115, or a workbook's own date. */
export const date: Rule<BusinessDate> = (text, cell, dateSystem) => {
  const serial = cell.numeric ? dateOfSerial(text, dateSystem) : undefined;
  if (serial !== undefined) return serial;
  const parts = /^(\d{4})(?:-(\d{2})-(\d{2})|\/(\d{1,2})\/(\d{1,2})|(\d{2})(\d{2}))$/.exec(text);
  const month = parts?.[2] ?? parts?.[4] ?? parts?.[6] ?? '';
  const day = parts?.[3] ?? parts?.[5] ?? parts?.[7] ?? '';
  const read = `${parts?.[1] ?? ''}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (isBusinessDate(read)) return read;
  return new Refusal(
    'date-malformed',
    'The cell is not a date of the calendar. Write 31 July 2025 as 2025-07-31 (2025/7/31 and 20250731 are read too).',
  );
};

/** A month as 2025-01, 2025/1, 202501 or 2025年1月, or a workbook's own date of any day in it. */
export const month: Rule<Month> = (text, cell, dateSystem) => {
  const serial = cell.numeric ? dateOfSerial(text, dateSystem) : undefined;
  if (serial !== undefined) return monthOf(serial);
  const parts = /^(\d{4})(?:-(\d{2})|\/(\d{1,2})|年(\d{1,2})月|(\d{2}))$/.exec(text);
  const read = `${parts?.[1] ?? ''}-${(parts?.[2] ?? parts?.[3] ?? parts?.[4] ?? parts?.[5] ?? '').padStart(2, '0')}`;
  if (isMonth(read)) return read;
  return new Refusal('month-malformed', 'The cell is not a month. Write July 2025 as 2025-07 (202507 is read too).');
};

/** A whole number from the first to the second. */
export function wholeNumber(from: number, to: number): Rule<number> {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= from && value <= to) return value;
    return new Refusal('number-out-of-range', `The cell is not a whole number from ${from} to ${to}. Correct it.`);
  };
}
