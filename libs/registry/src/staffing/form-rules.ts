import { type BusinessDate, businessDate, firstDayOf, type Month } from '@provident/kernel';
import type { PolicyBook } from '@provident/policy';
import { field } from '@provident/policy/book/read-value';

/** The reasons for joining or leaving that are in force in a month. Throws `parameter-missing`. */
export function changeReasons(
  book: PolicyBook,
  area: string,
  month: Month,
  change: 'add' | 'reduce',
): readonly string[] {
  const value = book.parameter('decl.change_form', area, firstDayOf(month));
  return (value.content as Readonly<Record<'add' | 'reduce', readonly string[]>>)[change];
}

/** The last day for the form of a month: changes are reported before payment, so the day on which the month is to be paid. */
export function cutOffDate(book: PolicyBook, area: string, month: Month): BusinessDate {
  const day = field(book.parameter('collection.due_day', area, firstDayOf(month)), 'payByDay');
  return businessDate(`${month}-${day.padStart(2, '0')}`);
}
