import { type BooksDatabase, booksProjection } from '@provident/books';
import { type DomainEvent, businessDate, deterministicId, month } from '@provident/kernel';
import { Projector, type ReadDatabase, queryBuilder } from '@provident/projections';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import { dropEverything, testDatabase } from '@provident/projections/testing/test-database';
import { INDICATORS } from './definitions.js';
import { statisticsProjection } from './projection.js';
import { type MonthlyStatistics, StatisticsQueries } from './queries.js';
import type { StatisticsDatabase } from './tables.js';

let database: ReadDatabase;
beforeAll(async () => (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(() => dropEverything(database));

const E = '91310000MA1FL0000A';
const [ANN, BOB, EVE] = ['ann', 'bob', 'eve'].map((name) => deterministicId(name)) as [string, string, string];
const statistics = () => new StatisticsQueries(queryBuilder<StatisticsDatabase & BooksDatabase>(database.pool));

class Story {
  readonly log = new SyntheticLog();

  tell(day: string, event: DomainEvent): bigint {
    return this.log.append(event, 's-1', { effectiveDate: businessDate(day) }).position;
  }

  enrol(personId: string, from: string, schemes = ['pension', 'unemployment']): bigint {
    return this.tell(`${from}-01`, { type: 'PersonEnrolled', data: { personId, employer: E, schemes, from } });
  }

  assess(of: string, dueDate: string, amount: string): bigint {
    const due = [{ scheme: 'pension', payer: 'employee', amount }];
    const data = { declarationId: deterministicId(of), employer: E, month: of, dueDate, headcount: 1, due };
    return this.tell(`${of}-10`, { type: 'DuesAssessed', data });
  }

  pay(day: string, of: string, amount: string, late: boolean): bigint {
    const allocations = [{ month: of, scheme: 'pension', payer: 'employee', amount, late }];
    const data = { employer: E, fund: 'employee-pension', amount, valueDate: day, allocations, held: '0.00' };
    return this.tell(day, { type: 'ContributionReceived', data });
  }

  credit(day: string, of: string, personId: string, type = 'ContributionCredited'): bigint {
    const lines = [{ scheme: 'pension', payer: 'employee', amount: '8.00' }];
    return this.tell(day, { type, data: { personId, employer: E, month: of, lines, accountAmount: '8.00' } });
  }

  async projected(): Promise<this> {
    const projections = [booksProjection, statisticsProjection];
    await new Projector({ pool: database.pool, source: this.log, projections }).catchUp();
    return this;
  }
}

function pension(found: MonthlyStatistics) {
  const { scheme, due, received, receivedLate, arrears, ...rest } = found.schemes[0]!;
  expect(scheme).toBe('pension');
  const amounts = { due, received, receivedLate, arrears };
  return { ...rest, ...Object.fromEntries(Object.entries(amounts).map(([name, money]) => [name, money.toString()])) };
}

describe('monthly statistics', () => {
  it('counts participants by scheme from joiners and leavers, each person once', async () => {
    const story = new Story();
    story.enrol(ANN, '2026-01');
    story.enrol(BOB, '2026-01', ['pension']);
    story.enrol(EVE, '2026-02');
    const left = story.tell('2026-01-31', {
      type: 'EnrolmentEnded',
      data: { personId: BOB, employer: E, lastMonth: '2026-01' },
    });
    story.enrol(BOB, '2026-03', ['pension']);
    await story.projected();
    const count = async (of: string, knownAt?: bigint) => {
      const found = await statistics().monthlyStatistics(month(of), { knownAt });
      return [...found.schemes, found.all].map(({ participants }) => Number(participants));
    };
    expect(await count('2025-12')).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await count('2026-01')).toEqual([2, 0, 0, 1, 0, 2]);
    expect(await count('2026-02')).toEqual([2, 0, 0, 2, 0, 2]);
    expect(await count('2026-03')).toEqual([3, 0, 0, 2, 0, 3]);
    expect(await count('2026-02', left - 1n)).toEqual([3, 0, 0, 2, 0, 3]);
  });

  it('follows a month from assessed to paid late, as of any day and as known at any position', async () => {
    const story = new Story();
    story.assess('2026-01', '2026-01-25', '100.00');
    story.pay('2026-01-20', '2026-01', '60.00', false);
    const late = story.pay('2026-02-05', '2026-01', '39.99', true);
    await story.projected();
    const january = (asOf: string, knownAt?: bigint) =>
      statistics()
        .monthlyStatistics(month('2026-01'), { asOf: businessDate(asOf), knownAt })
        .then(pension);
    const unpaid = { due: '100.00', received: '60.00', receivedLate: '0.00', collectionRate: '0.6000' };
    expect(await january('2026-01-25')).toMatchObject({ ...unpaid, arrears: '0.00' });
    expect(await january('2026-01-31')).toMatchObject({ ...unpaid, arrears: '40.00' });
    const paid = { due: '100.00', received: '99.99', receivedLate: '39.99', collectionRate: '0.9999', arrears: '0.01' };
    expect(await january('2026-02-28')).toMatchObject(paid);
    expect(await january('2026-02-28', late - 1n)).toMatchObject({ ...unpaid, arrears: '40.00' });
    const latest = await statistics().monthlyStatistics(month('2026-01'));
    expect([latest.asOf, pension(latest)]).toMatchObject(['2026-02-05', paid]);
    const february = pension(await statistics().monthlyStatistics(month('2026-02')));
    expect(february).toMatchObject({ due: '0.00', received: '0.00', arrears: '0.01', collectionRate: undefined });
  });

  it('takes back a payer whose credit was reversed, and books income by the day it counts for', async () => {
    const story = new Story();
    story.pay('2026-01-20', '2026-01', '16.00', false);
    story.pay('2026-02-20', '2026-02', '5.00', false);
    story.credit('2026-01-20', '2026-01', ANN);
    story.credit('2026-01-20', '2026-01', BOB);
    story.credit('2026-02-10', '2026-01', BOB, 'ContributionCreditReversed');
    await story.projected();
    const found = await statistics().monthlyStatistics(month('2026-01'));
    expect(found.all.payers).toBe(1n);
    const january = await statistics().monthlyStatistics(month('2026-01'), { asOf: businessDate('2026-01-31') });
    expect(january.schemes.map(({ payers }) => Number(payers))).toEqual([2, 0, 0, 0, 0]);
    const funds = async (of: string) => {
      const { funds } = await statistics().monthlyStatistics(month(of));
      return funds.slice(0, 2).map(({ income, expenditure, balance }) => [income, expenditure, balance].join(' '));
    };
    expect(await funds('2026-01')).toEqual(['16.00 0.00 16.00', '0.00 0.00 0.00']);
    expect(await funds('2026-02')).toEqual(['5.00 0.00 21.00', '0.00 0.00 0.00']);
  });

  it('stores no name, citizen number or wage of a person', async () => {
    const story = new Story();
    const secret = { personId: ANN, citizenNumber: '11010519491231002X', name: '秘密' };
    story.tell('2026-01-01', { type: 'PersonRegistered', data: secret });
    await story.projected();
    const { rows } = await database.pool.query('select * from person');
    expect(rows).toEqual([{ position: 3n, person_id: ANN, effective_date: '2026-01-01' }]);
  });

  it('defines every indicator that it gives', async () => {
    await new Story().projected();
    const { all, funds } = await statistics().monthlyStatistics(month('2026-01'));
    const given = new Set([...Object.keys(all), ...Object.keys(funds[0]!).filter((key) => key !== 'fund')]);
    expect(new Set<string>(INDICATORS.map((each) => each.id))).toEqual(given);
  });
});
