import { businessDate, deterministicId, type DomainEvent, Money } from '@provident/kernel';
import { loadPolicy } from '@provident/policy';
import { Projector, queryBuilder, type ReadDatabase } from '@provident/projections';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import { testDatabase } from '@provident/projections/testing/test-database';
import { statisticsProjection } from '../projection.js';
import type { StatisticsDatabase } from '../tables.js';
import { lateFeeTerms } from './late-fee-terms.js';
import { type LateFeesQuestion, LateFeesQueries } from './late-fees.js';

const [LATE, POOR, FINED] = ['91310000MA1FL0000A', '91310000MA1FL0000B', '91310000MA1FL0000C'] as const;
const AREA = '310000';
const log = new SyntheticLog();
let database: ReadDatabase;
let beforeCharge: bigint;

function tell(day: string, type: string, data: DomainEvent['data']): bigint {
  return log.append({ type, data }, 's-1', { effectiveDate: businessDate(day) }).position;
}

function assess(employer: string, month: string, amount: string, dueDate: string): void {
  const due = [{ scheme: 'pension', payer: 'employer', amount }];
  const data = { declarationId: deterministicId(employer, month), employer, month, headcount: 1, due, dueDate };
  tell(dueDate, 'DuesAssessed', data);
}

function pay(day: string, employer: string, month: string, amount: string): void {
  const allocations = [{ month, scheme: 'pension', payer: 'employer', amount, late: true }];
  const data = { employer, fund: 'employee-pension', amount, valueDate: day, allocations, held: '0.00' };
  tell(day, 'ContributionReceived', data);
}

const FEE = deterministicId('fee');
beforeAll(async () => {
  database = await testDatabase();
  assess(LATE, '2025-01', '249.99', '2025-01-28');
  pay('2025-02-07', LATE, '2025-01', '100.00');
  pay('2025-02-17', LATE, '2025-01', '140.00');
  // 9.99 a day late bears less than half a fen: nobody ever charges it, and it is on no list.
  pay('2025-01-29', LATE, '2025-01', '9.99');
  assess(POOR, '2025-02', '1000.00', '2025-02-24');
  // A month of 2011: two days at 0.002, the rest at 0.0005.
  assess(POOR, '2011-06', '90.00', '2011-06-28');
  pay('2011-07-10', POOR, '2011-06', '90.00');
  // Declared late and paid from what had been over since before its due date: not late.
  assess(FINED, '2025-01', '50.00', '2025-01-28');
  const allocations = [{ month: '2025-01', scheme: 'pension', payer: 'employer', amount: '50.00', late: true }];
  const lateParts = [{ month: '2025-01', scheme: 'pension', amount: '50.00', receivedOn: '2025-01-10' }];
  const applied = { employer: FINED, fund: 'employee-pension', allocations, lateParts, appliedOn: '2025-02-20' };
  beforeCharge = tell('2025-02-20', 'HeldReceiptApplied', applied);
  const charge = { feeId: FEE, employer: LATE, month: '2025-01', scheme: 'pension', to: '2025-02-07', fee: '0.50' };
  tell('2025-03-01', 'LateFeeCharged', charge);
  const paid = [{ feeId: FEE, month: '2025-01', scheme: 'pension', amount: '0.20' }];
  tell('2025-03-02', 'LateFeeReceived', { employer: LATE, allocations: paid });
  const fine = (fineId: string) => ({ fineId, employer: FINED, amount: '40.00' });
  tell('2025-03-03', 'FineImposed', fine(deterministicId('first')));
  tell('2025-03-03', 'FineImposed', fine(deterministicId('second')));
  tell('2025-03-04', 'FinePaid', { ...fine(deterministicId('first')), amount: '15.00' });
  tell('2025-03-05', 'FineRevoked', fine(deterministicId('second')));
  await new Projector({ pool: database.pool, source: log, projections: [statisticsProjection] }).catchUp();
});
afterAll(() => database.close());

async function owed(on: string, more: Partial<LateFeesQuestion> = {}) {
  const asOf = businessDate(on);
  const terms = lateFeeTerms(loadPolicy(), AREA, asOf);
  const queries = new LateFeesQueries(queryBuilder<StatisticsDatabase>(database.pool));
  const found = await queries.owed({ asOf, terms, limit: 10, ...more });
  return {
    rows: found.employers.map(({ employer, toBeAssessed, paidLate, accruing, overdue, charged, fines }) => [
      employer,
      ...[toBeAssessed, paidLate, accruing, overdue, charged, fines].map(String),
    ]),
    all: [found.count, found.total.toString()],
  };
}

it('lists who owes late fees and fines, who owes most first', async () => {
  expect(await owed('2025-03-06')).toEqual({
    rows: [
      [FINED, '0.00', '0.00', '0.00', '0.00', '0.00', '25.00'],
      // 1000.00 for ten days; 90.00 for two days at 0.002 and ten at 0.0005.
      [POOR, '0.81', '90.00', '5.00', '1000.00', '0.00', '0.00'],
      [LATE, '1.40', '140.00', '0.00', '0.00', '0.30', '0.00'],
    ],
    all: [3n, '32.51'],
  });
});

it('counts what had happened by the day, and only what was known', async () => {
  expect(await owed('2025-02-20')).toEqual({
    rows: [
      [LATE, '1.90', '240.00', '0.00', '0.00', '0.00', '0.00'],
      [POOR, '0.81', '90.00', '0.00', '0.00', '0.00', '0.00'],
    ],
    all: [2n, '2.71'],
  });
  expect(await owed('2025-03-06', { knownAt: beforeCharge })).toMatchObject({
    rows: [
      [POOR, '0.81', '90.00', '5.00', '1000.00', '0.00', '0.00'],
      [LATE, '1.90', '240.00', '0.00', '0.00', '0.00', '0.00'],
    ],
  });
  expect(await owed('2011-01-01')).toEqual({ rows: [], all: [0n, '0.00'] });
});

it('gives page after page, and those alone that wait for an assessment', async () => {
  const first = await owed('2025-03-06', { limit: 1 });
  expect([first.rows.map(([employer]) => employer), first.all]).toEqual([[FINED], [3n, '32.51']]);
  const after = { total: Money.of('5.81'), employer: POOR };
  const last = await owed('2025-03-06', { after });
  expect([last.rows.map(([employer]) => employer), last.all]).toEqual([[LATE], [3n, '32.51']]);
  const end = await owed('2025-03-06', { after: { total: Money.of('1.70'), employer: LATE } });
  expect(end).toEqual({ rows: [], all: [3n, '32.51'] });
  const waiting = await owed('2025-03-06', { onlyToBeAssessed: true });
  expect([waiting.rows.map(([employer]) => employer), waiting.all]).toEqual([
    [POOR, LATE],
    [2n, '7.51'],
  ]);
});

it('stops at the principal where the area caps it', async () => {
  const asOf = businessDate('2199-12-31');
  const terms = { ...lateFeeTerms(loadPolicy(), AREA, asOf), isCapped: true };
  const { rows } = await owed('2199-12-31', { terms });
  expect(rows.find(([employer]) => employer === POOR)?.slice(3, 5)).toEqual(['1000.00', '1000.00']);
});
