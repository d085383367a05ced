import { businessDate } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import { isExaminationDue } from './control-watch.js';

const [YESTERDAY, TODAY] = [businessDate('2026-01-14'), businessDate('2026-01-15')];
const START_MS = 1_000;
const LATER_MS = START_MS + LIMITS.firstExaminationMs;

describe('the watch', () => {
  it('examines first when the process has run for a while, then once a day', () => {
    expect(isExaminationDue(LATER_MS - 1, START_MS, TODAY, undefined)).toBe(false);
    expect(isExaminationDue(LATER_MS, START_MS, TODAY, undefined)).toBe(true);
    expect(isExaminationDue(LATER_MS, START_MS, TODAY, TODAY)).toBe(false);
    expect(isExaminationDue(START_MS, START_MS, TODAY, YESTERDAY)).toBe(true);
  });
});
