import fc from 'fast-check';
import { instantText } from './instant-text.js';

describe('the text of an instant', () => {
  it('is that of toISOString', () => {
    const instant = fc.oneof(
      fc.date({ noInvalidDate: true }),
      fc.integer({ min: -3_000, max: 3_000 }).map((ms) => new Date(ms)),
    );
    fc.assert(
      fc.property(instant, (each) => expect(instantText(each)).toBe(each.toISOString())),
      { numRuns: 5_000 },
    );
  });

  it('is none for what is no instant, nor for what follows it wrongly', () => {
    const sound = new Date('2026-07-31T16:00:00.123Z');
    expect(instantText(sound)).toBe('2026-07-31T16:00:00.123Z');
    expect(() => instantText(new Date(Number.NaN))).toThrow(RangeError);
    expect(instantText(sound)).toBe('2026-07-31T16:00:00.123Z');
  });
});
