import { Script } from 'node:vm';
import { FilterError } from './filter-error.js';
import { RegexMatcher } from './regex-matcher.js';

/** What the script says when its time was up by the clock. */
const timeIsUp = () => {
  throw Object.assign(new Error('Script execution timed out'), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });
};

afterEach(() => jest.restoreAllMocks());

it('matches again when a busy machine let the time run out without letting the thread run', () => {
  jest.spyOn(Script.prototype, 'runInContext').mockImplementationOnce(timeIsUp).mockImplementationOnce(timeIsUp);
  expect(new RegexMatcher('^(Paid|Due)$').matchAll(['Paid', 'Left', 'Due'])).toEqual([true, false, true]);
});

it('refuses an expression that keeps the thread at work', () => {
  expect(() => new RegexMatcher('^(a+)+$').matchAll([`${'a'.repeat(40)}!`])).toThrow(FilterError);
});
