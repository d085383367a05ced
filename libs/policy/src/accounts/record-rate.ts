import { firstDayOf, monthFrom, Rate } from '@provident/kernel';
import type { PolicyBook } from '../book/policy-book.js';
import { type ParameterReference, referenceTo } from '../book/policy-value.js';
import { textOf } from '../book/read-value.js';

export interface ReferencedRate {
  readonly rate: Rate;
  readonly reference: ParameterReference;
}

/** The record rate (记账利率) of a year: national since 2016, local before. Throws `parameter-missing` while unannounced. */
export function recordRate(book: PolicyBook, area: string, year: number): ReferencedRate {
  return rateOn(book, 'account.record_rate', area, year);
}

function rateOn(book: PolicyBook, id: string, area: string, year: number): ReferencedRate {
  const value = book.parameter(id, area, firstDayOf(monthFrom(year, 1)));
  return { rate: Rate.of(textOf(value)), reference: referenceTo(value) };
}
