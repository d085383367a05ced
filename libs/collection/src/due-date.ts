import { type BusinessDate, businessDate, firstDayOf, type Month } from '@provident/kernel';
import type { PolicyBook } from '@provident/policy';
import { field } from '@provident/policy/book/read-value';

/** The last day on which a month's contributions are paid in time: a local parameter, since national law fixes none. */
export function dueDate(book: PolicyBook, area: string, month: Month): BusinessDate {
  const day = field(book.parameter('collection.due_day', area, firstDayOf(month)), 'payByDay');
  return businessDate(`${month}-${day.padStart(2, '0')}`);
}
