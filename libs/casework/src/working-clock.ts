import { type BusinessDate, invariant, type WorkingCalendar } from '@provident/kernel';

/**
 * A limit in working days (工作日) that can be stopped. It starts the day after `startedOn`. A stop counts from the day
 * after it happened up to and including the day on which the clock goes on: the day of the stop itself is used up, the day
 * of going on is not.
 */
export interface WorkingClock {
  readonly limitDays: number;
  readonly startedOn: BusinessDate;
  /** In order of time; only the last one can be without an end, and then the clock stands still. */
  readonly stops: readonly { readonly from: BusinessDate; readonly until?: BusinessDate }[];
}

export function startClock(startedOn: BusinessDate, limitDays: number): WorkingClock {
  invariant(Number.isInteger(limitDays) && limitDays > 0, `A limit of ${limitDays} working days is none.`);
  return { limitDays, startedOn, stops: [] };
}

export function isStopped({ stops }: WorkingClock): boolean {
  const last = stops.at(-1);
  return last !== undefined && last.until === undefined;
}

export function stopClock(clock: WorkingClock, on: BusinessDate): WorkingClock {
  invariant(!isStopped(clock), `The clock is stopped already on ${on}.`);
  return { ...clock, stops: [...clock.stops, { from: on }] };
}

export function resumeClock(clock: WorkingClock, on: BusinessDate): WorkingClock {
  const last = clock.stops.at(-1);
  invariant(last !== undefined && last.until === undefined, `The clock runs already on ${on}.`);
  return { ...clock, stops: [...clock.stops.slice(0, -1), { from: last.from, until: on }] };
}

/** Working days used by the end of a day. */
export function usedDays(clock: WorkingClock, on: BusinessDate, calendar: WorkingCalendar): number {
  let used = 0;
  for (const { from, to } of runs(clock)) {
    if (from < on) used += calendar.workingDaysBetween(from, to === undefined || to > on ? on : to);
  }
  return used;
}

/**
 * The last day of the limit, unless the clock is stopped again; `undefined` while it is stopped within the limit. What ran
 * out before a stop stays run out; where a stop found no day left, the day of going on is the last.
 */
export function dueOn(clock: WorkingClock, calendar: WorkingCalendar): BusinessDate | undefined {
  let left = clock.limitDays;
  for (const { from, to } of runs(clock)) {
    if (to === undefined) return calendar.addWorkingDays(from, left);
    const used = calendar.workingDaysBetween(from, to);
    if (used > left) return calendar.addWorkingDays(from, left);
    left -= used;
  }
  return undefined;
}

/** The stretches in which the clock ran: days after `from` up to and including `to`; the last one may be open. */
function* runs({ startedOn, stops }: WorkingClock): Generator<{ from: BusinessDate; to: BusinessDate | undefined }> {
  let from: BusinessDate | undefined = startedOn;
  for (const stop of stops) {
    if (from !== undefined) yield { from, to: stop.from };
    from = stop.until;
  }
  if (from !== undefined) yield { from, to: undefined };
}
