import { addDays, businessDate, type BusinessDate } from '@provident/kernel';
import fc from 'fast-check';
import { CALENDAR } from './testing/cases.js';
import { dueOn, resumeClock, startClock, stopClock, usedDays, type WorkingClock } from './working-clock.js';

const FIRST = businessDate('2025-01-02');
const day = (text: string): BusinessDate => businessDate(text);

/** A clock that starts on a day, is stopped and goes on after so many days each, in turn. */
function clockOf(startedOn: BusinessDate, limitDays: number, waits: readonly number[]): WorkingClock {
  let clock = startClock(startedOn, limitDays);
  let at = startedOn;
  waits.forEach((wait, place) => {
    at = addDays(at, wait);
    clock = place % 2 === 0 ? stopClock(clock, at) : resumeClock(clock, at);
  });
  return clock;
}

/** The same, one day after the other, as somebody would tick them off on a wall calendar. */
function tickedOff({ startedOn, limitDays, stops }: WorkingClock, until: BusinessDate) {
  let used = 0;
  let due: BusinessDate | undefined;
  for (let date = addDays(startedOn, 1); date <= until; date = addDays(date, 1)) {
    const standing = stops.some((stop) => stop.from < date && (stop.until === undefined || date <= stop.until));
    if (!standing && CALENDAR.isWorkingDay(date)) {
      used += 1;
      if (used === limitDays) due = date;
    }
    // Where a stop found no day left, nobody is late while it stands still: the day of going on is the last.
    if (used === limitDays && stops.some((stop) => stop.until === date)) due = date;
  }
  return { used, due };
}

const clocks = fc
  .record({
    start: fc.integer({ min: 0, max: 300 }),
    limitDays: fc.integer({ min: 1, max: 30 }),
    waits: fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 6 }),
  })
  .map(({ start, limitDays, waits }) => clockOf(addDays(FIRST, start), limitDays, waits));

describe('a clock of working days', () => {
  it('counts as somebody does who ticks off day by day, across holidays and stops', () => {
    const seen = { stopped: 0, ended: 0 };
    fc.assert(
      fc.property(clocks, fc.integer({ min: 0, max: 200 }), (clock, later) => {
        const last = clock.stops.at(-1);
        const reached = last?.until ?? last?.from ?? clock.startedOn;
        const until = addDays(reached, later);
        expect(usedDays(clock, until, CALENDAR)).toBe(tickedOff(clock, until).used);
        const far = addDays(reached, 90);
        const { due } = tickedOff(clock, far);
        // A clock that stands still without a day left is late only once it goes on.
        const waits = last !== undefined && last.until === undefined && tickedOff(clock, far).used <= clock.limitDays;
        expect(dueOn(clock, CALENDAR)).toBe(waits ? undefined : due);
        if (waits) seen.stopped += 1;
        else seen.ended += 1;
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(seen.stopped, seen.ended)).toBeGreaterThan(50);
  });

  it('starts the day after, and skips the Spring Festival and the weekend worked for it', () => {
    const clock = startClock(day('2025-01-26'), 3);
    // 26 January is a Sunday that is worked; 27 is the day after. From 28 January to 4 February nobody works.
    expect(dueOn(clock, CALENDAR)).toBe('2025-02-06');
    expect(usedDays(clock, day('2025-02-04'), CALENDAR)).toBe(1);
  });

  it('uses up the day of the stop and not the day of going on', () => {
    const stopped = stopClock(startClock(day('2025-03-03'), 5), day('2025-03-05'));
    expect(dueOn(stopped, CALENDAR)).toBeUndefined();
    expect(usedDays(stopped, day('2025-03-31'), CALENDAR)).toBe(2);
    expect(dueOn(resumeClock(stopped, day('2025-03-17')), CALENDAR)).toBe('2025-03-20');
  });

  it('does not forget by a stop that the limit had run out', () => {
    const late = stopClock(startClock(day('2025-03-03'), 1), day('2025-03-10'));
    expect(dueOn(late, CALENDAR)).toBe('2025-03-04');
    expect(dueOn(resumeClock(late, day('2025-04-10')), CALENDAR)).toBe('2025-03-04');
  });
});
