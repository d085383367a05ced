import { DomainError } from './domain-error.js';
import type { Month } from './month.js';

/** A calendar date without time or zone, "2026-07-31". Dates compare and sort as texts. */
export type BusinessDate = string & { readonly __date: true };

const DATE_TEXT = /^(19|20|21)\d{2}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

export function isBusinessDate(text: string): text is BusinessDate {
  if (!DATE_TEXT.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 10) === text;
}

/** Reads "2026-07-31". Throws `date-malformed`, also for a day that does not exist. */
export function businessDate(text: string): BusinessDate {
  if (isBusinessDate(text)) return text;
  throw new DomainError(
    'date-malformed',
    `"${text}" is not a date.`,
    'A date is written YYYY-MM-DD and must exist in the calendar.',
    'Write 31 July 2026 as 2026-07-31.',
    { value: text },
  );
}

function dayNumber(date: BusinessDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

function fromDayNumber(day: number): BusinessDate {
  return businessDate(new Date(day * DAY_MS).toISOString().slice(0, 10));
}

export function addDays(to: BusinessDate, days: number): BusinessDate {
  return fromDayNumber(dayNumber(to) + days);
}

/** Days from the first to the second; 2026-01-01 to 2026-01-03 is 2. */
export function daysBetween(from: BusinessDate, to: BusinessDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 1 for Monday … 7 for Sunday (ISO 8601). */
export function dayOfWeek(date: BusinessDate): number {
  return ((dayNumber(date) + 3) % 7) + 1;
}

export function firstDayOf(month: Month): BusinessDate {
  return businessDate(`${month}-01`);
}

export function lastDayOf(month: Month): BusinessDate {
  const [year, monthOfYear] = month.split('-').map(Number) as [number, number];
  return businessDate(new Date(Date.UTC(year, monthOfYear, 0)).toISOString().slice(0, 10));
}

/** The date in China (UTC+8, no summer time) at an instant. The business clock is injected; this only converts it. */
export function dateInChina(instant: Date): BusinessDate {
  return businessDate(new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10));
}
