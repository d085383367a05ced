import { businessDate, deterministicId, type DomainEvent } from '@provident/kernel';
import { Projector, queryBuilder, type ReadDatabase } from '@provident/projections';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import { testDatabase } from '@provident/projections/testing/test-database';
import { EmployerNames } from '../employer-names/employer-names.js';
import { statisticsProjection } from '../projection.js';
import type { StatisticsDatabase } from '../tables.js';
import { ArrearsQueries } from './arrears.js';

const LATE = '91310000MA1FL0000A';
const POOR = '91310000MA1FL0000B';
const log = new SyntheticLog();
let database: ReadDatabase;
let beforePayment: bigint;

function tell(day: string, event: DomainEvent): bigint {
  return log.append(event, 's-1', { effectiveDate: businessDate(day) }).position;
}

function assess(employer: string, month: string, amounts: Readonly<Record<string, string>>): void {
  const due = Object.entries(amounts).map(([scheme, amount]) => ({ scheme, payer: 'employer', amount }));
  const data = { declarationId: deterministicId(employer, month), employer, month, headcount: 1, due };
  tell(`${month}-10`, { type: 'DuesAssessed', data: { ...data, dueDate: `${month}-24` } });
}

function pay(day: string, employer: string, month: string, scheme: string, amount: string): void {
  const allocations = [{ month, scheme, payer: 'employer', amount, late: true }];
  const data = { employer, fund: 'employee-medical', amount, valueDate: day, allocations, held: '0.00' };
  tell(day, { type: 'ContributionReceived', data });
}

beforeAll(async () => {
  database = await testDatabase();
  const registered = { unitType: 'enterprise', registeredOn: '2025-01-01', riskClass: 1, area: '310000' };
  tell('2025-01-01', { type: 'EmployerRegistered', data: { creditCode: LATE, name: '旧名', ...registered } });
  const changed = { creditCode: LATE, name: '<b>新名</b>', changedOn: '2025-02-01', reason: '更名' };
  tell('2025-02-01', { type: 'EmployerParticularsChanged', data: changed });
  assess(LATE, '2025-01', { medical: '100.00', maternity: '10.00', pension: '50.00' });
  assess(LATE, '2025-02', { medical: '7.00' });
  assess(POOR, '2025-02', { pension: '300.00' });
  beforePayment = log.head;
  pay('2025-03-05', LATE, '2025-01', 'medical', '99.99');
  pay('2025-03-06', LATE, '2025-01', 'maternity', '10.00');
  await new Projector({ pool: database.pool, source: log, projections: [statisticsProjection] }).catchUp();
});
afterAll(() => database.close());

const arrears = async (asOf: string, knownAt?: bigint, limit = 10) => {
  const queries = new ArrearsQueries(queryBuilder<StatisticsDatabase>(database.pool));
  const found = await queries.arrears({ asOf: businessDate(asOf), knownAt, limit });
  return {
    rows: found.arrears.map((each) => [
      each.employer,
      each.fund,
      each.amount.toString(),
      each.months,
      each.oldestMonth,
    ]),
    all: [found.count, found.total.toString()],
  };
};

it('tells what is owed past its due day, by employer and fund, the largest first', async () => {
  expect(await arrears('2025-02-24')).toEqual({
    rows: [
      [LATE, 'employee-medical', '110.00', 1, '2025-01'],
      [LATE, 'employee-pension', '50.00', 1, '2025-01'],
    ],
    all: [2n, '160.00'],
  });
  expect(await arrears('2025-02-25')).toMatchObject({ all: [3n, '467.00'] });
});

it('counts what was paid by the day, and only what was known', async () => {
  expect(await arrears('2025-03-31')).toEqual({
    rows: [
      [POOR, 'employee-pension', '300.00', 1, '2025-02'],
      [LATE, 'employee-pension', '50.00', 1, '2025-01'],
      [LATE, 'employee-medical', '7.01', 2, '2025-01'],
    ],
    all: [3n, '357.01'],
  });
  expect(await arrears('2025-03-31', beforePayment)).toMatchObject({ all: [3n, '467.00'] });
  const first = await arrears('2025-03-31', undefined, 1);
  expect([first.rows.length, first.all]).toEqual([1, [3n, '357.01']]);
  expect(await arrears('2025-01-01')).toEqual({ rows: [], all: [0n, '0.00'] });
});

it('knows what employers are called now', async () => {
  const names = new EmployerNames(queryBuilder<StatisticsDatabase>(database.pool));
  expect(await names.byCode([LATE, POOR])).toEqual([{ creditCode: LATE, name: '<b>新名</b>' }]);
  expect(await names.byCode([])).toEqual([]);
});
