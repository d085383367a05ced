import { businessDate, fold, month } from '@provident/kernel';
import type { Figure } from '../figures.js';
import { DEFINITIONS_SHA256 } from './definitions-digest.js';
import type { StatisticsEvent } from './events.js';
import { compareRelease } from './rebuilt-release.js';
import { type ReleaseCommand, statisticsReleases } from './release.js';

const FIGURES: Figure[] = [
  { indicator: 'due', of: 'pension', value: '2400.00' },
  { indicator: 'collectionRate', of: 'pension', value: null },
];

function release(position: string, reason?: string): ReleaseCommand {
  return {
    type: 'Release',
    releaseId: '00000000-0000-5000-8000-000000000001',
    ...{ month: month('2025-07'), asOf: businessDate('2025-07-31'), position },
    ...{ definitions: DEFINITIONS_SHA256, figures: FIGURES, reason },
  };
}

function decided(...commands: readonly ReleaseCommand[]): readonly StatisticsEvent[] {
  const events: StatisticsEvent[] = [];
  for (const command of commands) {
    events.push(...statisticsReleases.decide(command, fold(statisticsReleases, events)));
  }
  return events;
}

describe('a release of statistics', () => {
  it('is numbered per month; the same position again is already so', () => {
    const events = decided(release('7'), release('7'), release('9', 'a late declaration'));
    expect(events.map(({ data }) => [data.number, data.position, data.reason])).toEqual([
      [1, '7', undefined],
      [2, '9', 'a late declaration'],
    ]);
  });

  it('of a month that was released before says why, and never knows less', () => {
    expect(() => decided(release('7'), release('9'))).toThrow('were released before, as release 1');
    expect(() => decided(release('7'), release('5', 'an earlier state'))).toThrow('cannot be known at 5');
  });

  it('that is computed again names every figure that differs, also one that only one side has', () => {
    const [event] = decided(release('7'));
    if (event === undefined) throw new Error('Nothing was released.');
    expect(compareRelease(event.data, FIGURES)).toMatchObject({ sameDefinitions: true, differences: [] });
    const rebuilt: Figure[] = [
      { indicator: 'due', of: 'pension', value: '2400.01' },
      { indicator: 'due', of: 'medical', value: '1.00' },
    ];
    expect(compareRelease(event.data, rebuilt).differences).toEqual([
      { indicator: 'due', of: 'pension', released: '2400.00', rebuilt: '2400.01' },
      { indicator: 'due', of: 'medical', released: null, rebuilt: '1.00' },
    ]);
  });
});
