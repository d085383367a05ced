import { businessDate } from '@provident/kernel';
import { Restatements } from '@provident/supervision';
import { StatisticsReleases } from '@provident/statistics';
import { FIRST, FIRST_DUES, JULY, SECOND, SmallStory } from '../support/small-story.js';
import { openTestLedger, type TestLedger } from '../support/test-ledger.js';

/* What was known when: releases that come out again, and restatements that name their events. */

let office: TestLedger;
let story: SmallStory;
const DAY = businessDate('2025-12-31');

beforeAll(async () => {
  office = await openTestLedger();
  story = new SmallStory(office);
  await story.register();
  await story.declare(0);
});
afterAll(() => office.close());

const context = (name: string) => office.ledger.context('statistician:sun', DAY, name);
const restated = async (before: bigint, mostCauses = 20) =>
  office.ledger.get(Restatements).report({ before, asOf: DAY, mostCauses });

describe('released statistics', () => {
  it('come out again from their position, whatever the log has taken since', async () => {
    const releases = office.ledger.get(StatisticsReleases);
    const first = await releases.release({ month: JULY, asOf: DAY }, context('first'));
    expect(first.release).toMatchObject({ number: 1, month: JULY, asOf: DAY });
    expect(first.release.figures).toContainEqual({ indicator: 'due', of: 'pension', value: '4190.40' });
    expect(first.release.figures).toContainEqual({ indicator: 'received', of: 'pension', value: '0.00' });
    await story.pay(0, '2025-07-15', FIRST_DUES);
    await expect(releases.release({ month: JULY, asOf: DAY }, context('again'))).rejects.toThrow('released before');
    const second = await releases.release({ month: JULY, asOf: DAY, reason: '收到缴款' }, context('second'));
    expect(second.release.figures).toContainEqual({ indicator: 'received', of: 'pension', value: '4190.40' });
    for (const number of [1, 2]) {
      expect(await releases.rebuild(JULY, number)).toMatchObject({ sameDefinitions: true, differences: [] });
    }
    await expect(releases.rebuild(JULY, 3)).rejects.toThrow('no release 3');
  });
});

describe('a restatement report', () => {
  it('names for every account, month and indicator the events in between, and nothing else', async () => {
    const before = await office.head();
    await story.declare(1);
    await story.pay(1, '2025-08-20', { 养老: '100.00' });
    // Moves a month from one person to another: no account, month or indicator as a whole changes.
    await story.correct(story.anna, story.carla, '2025-09-01');
    const report = await restated(before);
    const accounts = report.books.map(
      (each) => `${each.month} ${each.fund} ${each.account} ${each.difference.toString()}`,
    );
    expect(accounts).toEqual(['2025-08 employee-pension 1002 100.00', '2025-08 employee-pension 4001 -100.00']);
    for (const { events, causes } of report.books) {
      expect(events).toBe(1n);
      expect(causes).toMatchObject([
        { type: 'ContributionReceived', stream: `dues-${SECOND}`, effectiveDate: '2025-08-20' },
      ]);
    }
    const pension = report.figures.filter((each) => each.of === 'pension' && each.month === JULY);
    expect(pension.map((each) => each.indicator)).toEqual([
      ...['due', 'received', 'receivedLate', 'arrears', 'collectionRate'],
    ]);
    expect(pension[0]).toMatchObject({ before: '4190.40', events: 1n, causes: [{ type: 'DuesAssessed' }] });
    expect(pension[1]).toMatchObject({
      before: '4190.40',
      after: '4290.40',
      causes: [{ type: 'ContributionReceived' }],
    });
    expect(pension[3]?.causes.map((each) => each.type)).toEqual(['DuesAssessed', 'ContributionReceived']);
    expect(report.figures.every(({ causes }) => causes.every(({ stream }) => !stream.endsWith(FIRST)))).toBe(true);
    expect((await restated(before, 1)).figures.find((each) => each.indicator === 'arrears')?.causes).toHaveLength(1);
  });

  it('is empty where nothing happened, and refuses an order that cannot be', async () => {
    const head = await office.head();
    expect(await restated(head)).toMatchObject({ books: [], figures: [] });
    await expect(restated(head + 1n)).rejects.toThrow('is not before');
  });
});
