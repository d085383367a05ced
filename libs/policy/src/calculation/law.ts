import type { BusinessDate } from '@provident/kernel';
import { areaChain, NATION } from '../book/area.js';
import type { PolicyBook } from '../book/policy-book.js';
import type { PolicyValue } from '../book/policy-value.js';

const DAY_MS = 86_400_000;

/** The law as a formula sees it: the parameters of one area on one day, or the newest ones where no day is named. */
export class Law {
  readonly area: string;
  private known: PolicyBook | undefined;

  constructor(
    /** Asked only when the formula takes a parameter. */
    private readonly open: () => PolicyBook,
    area?: string,
    readonly on?: BusinessDate,
    readonly knownAt?: BusinessDate,
  ) {
    this.area = area ?? NATION;
  }

  private get book(): PolicyBook {
    return (this.known ??= this.open());
  }

  take(id: string): PolicyValue {
    return this.on === undefined
      ? this.book.newest(id, this.area)
      : this.book.parameter(id, this.area, this.on, this.knownAt);
  }

  has(id: string, day: string): boolean {
    return this.book.find(id, this.area, day as BusinessDate, this.knownAt) !== undefined;
  }

  /**
   * The values in force from day number `start` (days since 1970) up to but without `end`, in date order, each with its
   * number of days. Throws `parameter-missing` when a day has none.
   */
  periods(id: string, start: number, end: number): readonly { value: PolicyValue; days: number }[] {
    const changes = this.changes(id);
    const periods: { value: PolicyValue; days: number }[] = [];
    for (let day = start; day < end; ) {
      const next = Math.min(end, ...changes.filter((change) => change > day));
      const value = this.book.parameter(id, this.area, dateOf(day), this.knownAt);
      const last = periods.at(-1);
      if (last?.value === value) last.days += next - day;
      else periods.push({ value, days: next - day });
      day = next;
    }
    return periods;
  }

  /** Day numbers on which a value may begin or cease to count, in this area or one that contains it. */
  private changes(id: string): readonly number[] {
    return areaChain(this.area)
      .flatMap((area) => this.book.history(id, area))
      .flatMap(({ from, to }) => [
        ...(from === 'unknown' ? [] : [dayOf(from)]),
        ...(to === undefined ? [] : [dayOf(to) + 1]),
      ]);
  }
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

function dateOf(day: number): BusinessDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10) as BusinessDate;
}
