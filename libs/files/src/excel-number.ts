import { type BusinessDate, businessDate } from '@provident/kernel';

/** Significant digits that every double keeps, and that a spreadsheet program lets a user type. */
const EXACT_DIGITS = 15;

/**
 * The digits that the user typed for a number of a workbook, or `undefined` when they are lost.
 *
 * A workbook stores numbers as binary doubles printed with up to 17 digits: a typed 12345.67 may stand there as
 * 12345.670000000001. A spreadsheet keeps 15 significant digits of what is typed, and every decimal of up to 15 digits
 * comes back exactly from its nearest double when that is printed with 15 digits. So the double is only a carrier: this
 * prints its 15 digits, without trailing zeros or exponent, and no arithmetic is done on it. A number from 10^15 up
 * (a citizen number, a long bank reference) had its further digits replaced by zeros when it was typed.
 */
export function typedDigits(stored: string): string | undefined {
  const carrier = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(carrier) || Math.abs(carrier) >= 10 ** EXACT_DIGITS) return undefined;
  return plain(carrier.toPrecision(EXACT_DIGITS));
}

/** "1.10105194912310E-5" to plain decimal digits, without trailing zeros. */
function plain(printed: string): string {
  const [mantissa = '', exponent = '0'] = printed.split('e');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction).padStart(whole.length + fraction.length + Math.max(0, -point), '0');
  const place = Math.max(0, point);
  const integer =
    digits
      .slice(0, place)
      .padEnd(place, '0')
      .replace(/^0+(?=\d)/, '') || '0';
  const decimals = digits.slice(place).replace(/0+$/, '');
  const text = decimals === '' ? integer : `${integer}.${decimals}`;
  return text === '0' ? '0' : sign + text;
}

/** First day that a workbook counts from, by its date system; day 60 of the 1900 system (29 February 1900) never was. */
const EPOCHS = { from1900: Date.UTC(1899, 11, 30), from1904: Date.UTC(1904, 0, 1) } as const;
export type DateSystem = keyof typeof EPOCHS;
const FIRST_SURE_DAY = 61;
/** 2199-12-31 in the 1900 system; later counts are numbers such as 20250115, not dates. */
const LAST_DAY = 109_574;
const DAY_MS = 86_400_000;

/** The date of a whole count of days, or `undefined` when the digits are not one. */
export function dateOfSerial(digits: string, system: DateSystem): BusinessDate | undefined {
  if (!/^\d{2,6}$/.test(digits)) return undefined;
  const day = Number(digits);
  if (day < FIRST_SURE_DAY || day > LAST_DAY) return undefined;
  return businessDate(new Date(EPOCHS[system] + day * DAY_MS).toISOString().slice(0, 10));
}
