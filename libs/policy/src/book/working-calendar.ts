import { businessDate, type CalendarYear, WorkingCalendar } from '@provident/kernel';
import { NATION } from './area.js';
import type { PolicyBook } from './policy-book.js';

/**
 * The working-day calendar of every year whose holiday notice is stored; any other year is refused by the calendar.
 * @public part of what the library offers: time limits in working days are computed by it
 */
export function workingCalendar(book: PolicyBook): WorkingCalendar {
  return new WorkingCalendar(calendarYears(book));
}

export function calendarYears(book: PolicyBook): readonly CalendarYear[] {
  return book.history('calendar.holidays', NATION).map((value) => {
    const days = value.content as { daysOff: readonly string[]; workedWeekends: readonly string[] };
    return {
      year: Number(value.from.slice(0, 4)),
      daysOff: days.daysOff.map(businessDate),
      workedWeekends: days.workedWeekends.map(businessDate),
      notice: value.basis.number ?? value.basis.document,
    };
  });
}
