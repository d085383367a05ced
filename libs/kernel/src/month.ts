import { DomainError } from './domain-error.js';
import type { BusinessDate } from './business-date.js';

/** A calendar month as text, "2026-07". Months compare and sort as texts. */
export type Month = string & { readonly __month: true };

const MONTH_TEXT = /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/;

export function isMonth(text: string): text is Month {
  return MONTH_TEXT.test(text);
}

/** Reads "2026-07". Throws `month-malformed`. */
export function month(text: string): Month {
  if (isMonth(text)) return text;
  throw new DomainError(
    'month-malformed',
    `"${text}" is not a month.`,
    'A month is written YYYY-MM, from 1900-01 to 2199-12.',
    'Write July 2026 as 2026-07.',
    { value: text },
  );
}

/** Months since year 0: the whole number that month arithmetic works on. */
function index(of: Month): number {
  return Number(of.slice(0, 4)) * 12 + Number(of.slice(5)) - 1;
}

function fromIndex(value: number): Month {
  return month(`${String(Math.floor(value / 12)).padStart(4, '0')}-${String((value % 12) + 1).padStart(2, '0')}`);
}

export function addMonths(to: Month, months: number): Month {
  return fromIndex(index(to) + months);
}

/** Whole months from the first to the second: 2026-01 to 2026-03 is 2. Negative when the second is earlier. */
export function monthsBetween(from: Month, to: Month): number {
  return index(to) - index(from);
}

export function monthOf(date: BusinessDate): Month {
  return date.slice(0, 7) as Month;
}

export function monthFrom(year: number, monthOfYear: number): Month {
  return month(`${String(year).padStart(4, '0')}-${String(monthOfYear).padStart(2, '0')}`);
}

export function yearOf(of: Month | BusinessDate): number {
  return Number(of.slice(0, 4));
}

/** 1 for January … 12 for December. */
export function monthOfYear(of: Month): number {
  return Number(of.slice(5));
}
