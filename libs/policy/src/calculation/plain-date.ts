import { inputError } from './input-error.js';

/**
 * Months and days of any year of the Gregorian calendar, as whole numbers. A case may name a month far outside the years
 * that the ledger itself accepts, so that formulas do their own arithmetic.
 */
export function monthIndex(text: string): number {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1;
}

export function monthText(index: number): string {
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Days since 1970-01-01. Refuses a day that the calendar does not have, such as 2026-02-30. */
export function dayNumber(path: string, text: string): number {
  const instant = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== text) {
    throw inputError(path, `${text} does not exist in the calendar`, '2026-07-31');
  }
  return instant.getTime() / 86_400_000;
}
