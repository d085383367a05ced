import type { BusinessDate, WorkingCalendar } from '@provident/kernel';

/** How a limit stands on a day. */
export interface Deadline {
  readonly dueOn: BusinessDate;
  /** Working days left; 0 on the last day, below 0 when it is over. */
  readonly daysLeft: number;
  readonly isOverdue: boolean;
}

/** A clock that stands still is measured on the day on which it stopped. */
export function deadlineOn(
  dueOn: string,
  { today, stoppedOn, calendar }: { today: BusinessDate; stoppedOn: string | undefined; calendar: WorkingCalendar },
): Deadline {
  const due = dueOn as BusinessDate;
  const on = stoppedOn === undefined || stoppedOn > today ? today : (stoppedOn as BusinessDate);
  const isOverdue = due < on;
  const daysLeft = isOverdue ? -calendar.workingDaysBetween(due, on) : calendar.workingDaysBetween(on, due);
  return { dueOn: due, daysLeft, isOverdue };
}
