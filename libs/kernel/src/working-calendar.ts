import { addDays, dayOfWeek, type BusinessDate } from './business-date.js';
import { DomainError } from './domain-error.js';

/** One year of the State Council's holiday notice (国务院办公厅节假日安排通知). */
export interface CalendarYear {
  readonly year: number;
  /** Days off, weekends within a holiday included. */
  readonly daysOff: readonly BusinessDate[];
  /** Weekend days that are worked in exchange (调休上班). */
  readonly workedWeekends: readonly BusinessDate[];
  /** Number of the notice, e.g. 国办发明电〔2024〕12号. */
  readonly notice: string;
}

/** Tells working days (工作日) from days off. A year without data is refused, never guessed. */
export class WorkingCalendar {
  private readonly years: ReadonlyMap<number, { off: ReadonlySet<string>; worked: ReadonlySet<string> }>;

  constructor(years: readonly CalendarYear[]) {
    this.years = new Map(
      years.map((each) => [each.year, { off: new Set(each.daysOff), worked: new Set(each.workedWeekends) }]),
    );
  }

  /** Throws `calendar-year-missing` when the holiday notice of that year is not loaded. */
  isWorkingDay(date: BusinessDate): boolean {
    const year = this.years.get(Number(date.slice(0, 4)));
    if (year === undefined) {
      throw new DomainError(
        'calendar-year-missing',
        `The working-day calendar of ${date.slice(0, 4)} is not loaded.`,
        'Time limits in working days follow the State Council holiday notice of the year.',
        'Add the year to libs/policy/data/cn/working-calendar.yaml.',
        { year: date.slice(0, 4) },
      );
    }
    if (year.worked.has(date)) return true;
    return dayOfWeek(date) <= 5 && !year.off.has(date);
  }

  /** The last day of a limit of `count` working days that starts the day after `from`. */
  addWorkingDays(from: BusinessDate, count: number): BusinessDate {
    let day = from;
    for (let left = count; left > 0; ) {
      day = addDays(day, 1);
      if (this.isWorkingDay(day)) left -= 1;
    }
    return day;
  }

  /** Working days after `from` up to and including `to`. */
  workingDaysBetween(from: BusinessDate, to: BusinessDate): number {
    let count = 0;
    for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (this.isWorkingDay(day)) count += 1;
    return count;
  }
}
