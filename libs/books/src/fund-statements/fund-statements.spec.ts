import { businessDate, type Fund, FUNDS, Money, month } from '@provident/kernel';
import { Projector, queryBuilder, type ReadDatabase } from '@provident/projections';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import { dropEverything, testDatabase } from '@provident/projections/testing/test-database';
import fc from 'fast-check';
import { CHART } from '../chart-of-accounts.js';
import { booksProjection } from '../projection.js';
import { BookQueries } from '../queries.js';
import type { BooksDatabase } from '../tables.js';
import { contributionReceived, EMPLOYERS, moneyEvent, SOME_DAYS } from '../testing/money-events.js';
import { naiveBalance } from '../testing/naive-books.js';
import { BALANCE_SHEET } from './balance-sheet.js';
import { type FundStatement, FundStatements } from './fund-statements.js';
import { INCOME_EXPENDITURE } from './income-expenditure.js';

let database: ReadDatabase;
beforeAll(async () => (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(() => dropEverything(database));

const statements = () => new FundStatements(queryBuilder<BooksDatabase>(database.pool));
const books = () => new BookQueries(queryBuilder<BooksDatabase>(database.pool));
const FEBRUARY_END = businessDate('2026-02-28');

async function project(log: SyntheticLog): Promise<void> {
  await new Projector({ pool: database.pool, source: log, projections: [booksProjection] }).catchUp();
}

function figure({ lines }: FundStatement, id: string, column = 1): string {
  const found = lines.find(({ line }) => line.id === id);
  return (found?.figures[column] ?? Money.of('-1')).toString();
}

const sum = (...texts: string[]) => Money.sum(texts.map((each) => Money.of(each))).toString();

describe('the forms', () => {
  const names = (form: typeof BALANCE_SHEET, fund: Fund) => form.lines(fund).map(({ zh }) => zh);

  it('have the lines of 会社保01 and 会社保02, in their order', () => {
    expect(names(BALANCE_SHEET, 'employee-medical')).toEqual([
      ...['库存现金', '收入户存款', '财政专户存款', '支出户存款', '国库存款', '暂付款', '其中：异地就医预付金'],
      ...['债券投资', '资产总计', '暂收款', '其中：异地就医资金', '借入款项', '负债合计'],
      ...['一般基金结余', '（一）统筹基金', '（二）个人账户基金', '（三）待转基金', '净资产合计', '负债与净资产总计'],
    ]);
    expect(names(BALANCE_SHEET, 'employee-pension')).toEqual(
      expect.arrayContaining(['其中：委托上级投资', '委托投资', '其中：下级归集委托投资']),
    );
    expect(names(BALANCE_SHEET, 'work-injury')).toContain('储备金结余');
    expect(names(INCOME_EXPENDITURE, 'unemployment')).toEqual([
      ...[
        '一、基金收入',
        '社会保险费收入',
        '财政补贴收入',
        '利息收入',
        '转移收入',
        '上级补助收入',
        '下级上解收入',
        '其他收入',
      ],
      ...['二、基金支出', '社会保险待遇支出', '稳定岗位补贴支出', '技能提升补贴支出', '转移支出', '上解上级支出'],
      ...['补助下级支出', '其他支出', '三、本期基金结余'],
    ]);
    expect(
      names(INCOME_EXPENDITURE, 'employee-medical').filter((name) => /基金收入|基金支出|结余|待转/.test(name)),
    ).toEqual([
      ...['一、统筹基金收入', '二、个人账户基金收入', '三、统筹基金支出', '四、个人账户基金支出'],
      ...['统筹基金结余', '个人账户基金结余', '待转基金', '五、本期基金结余'],
    ]);
  });

  it('name only accounts of the chart, and every line once', () => {
    const codes = new Set<string>(CHART.map(({ code }) => code));
    for (const form of [BALANCE_SHEET, INCOME_EXPENDITURE]) {
      for (const fund of FUNDS) {
        const lines = form.lines(fund);
        expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
        for (const { figure: drawn } of lines) {
          if (drawn.kind === 'flow') expect(codes).toContain(drawn.of.account);
          if (drawn.kind === 'balance') for (const { account } of drawn.of) expect(codes).toContain(account);
        }
      }
    }
  });
});

describe('the statements', () => {
  it('balance, add up, agree with each other and with a naive fold, after any events, as of any day and position', async () => {
    const cases = fc.record({
      events: fc.array(moneyEvent, { minLength: 15, maxLength: 40 }),
      day: fc.constantFrom(...SOME_DAYS),
      knownPart: fc.constantFrom(0, 50, 80, 100),
    });
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(cases, async ({ events, day: asOf, knownPart }) => {
        await dropEverything(database);
        const log = new SyntheticLog();
        for (const { event, day } of events) log.append(event, 's-1', { effectiveDate: day });
        await project(log);
        const knownAt = (log.head * BigInt(knownPart)) / 100n;
        for (const fund of FUNDS) {
          const question = { fund, asOf, knownAt };
          const sheet = await statements().balanceSheet(question);
          for (const column of [0, 1]) {
            expect(figure(sheet, 'assets', column)).toBe(figure(sheet, 'liabilities-and-net-assets', column));
          }
          if (fund === 'employee-medical') {
            expect(sum(figure(sheet, 'pooled'), figure(sheet, 'personal'), figure(sheet, 'pending'))).toBe(
              figure(sheet, 'general'),
            );
          }
          const cash = naiveBalance(log.all(), { fund, account: '1002', asOf, knownAt }).toString();
          expect(figure(sheet, 'income-account')).toBe(cash);
          if (cash !== '0.00') moved += 1;
          const year = await statements().incomeExpenditure({ ...question, period: 'year' });
          const grown = Money.of(figure(sheet, 'net-assets', 1)).minus(Money.of(figure(sheet, 'net-assets', 0)));
          expect(figure(year, 'fund-balance', 0)).toBe(grown.toString());
          const months = await statements().months({ ...question, count: 3 });
          const monthly = await statements().incomeExpenditure({ ...question, period: 'month' });
          const last = months.at(-1)!;
          expect(last.balance.toString()).toBe(figure(sheet, 'net-assets'));
          expect(last.income.minus(last.expenditure).toString()).toBe(figure(monthly, 'fund-balance', 0));
        }
      }),
      { numRuns: 12 },
    );
    expect(moved).toBeGreaterThan(10);
  });

  it('tell the month from the year, and the year from the one before', async () => {
    const log = new SyntheticLog();
    for (const [day, amount] of [
      ['2025-11-10', '100'],
      ['2026-01-10', '20'],
      ['2026-02-10', '3'],
    ] as const) {
      const parts = [{ month: month('2026-01'), payer: 'employer' as const, amount: Money.of(amount), late: false }];
      const [employer = ''] = EMPLOYERS;
      const given = { employer, fund: 'employee-medical' as const, parts, held: Money.zero, day: businessDate(day) };
      log.append(contributionReceived(given), 's-1', { effectiveDate: businessDate(day) });
    }
    await project(log);
    const question = { fund: 'employee-medical', asOf: FEBRUARY_END } as const;
    const monthly = await statements().incomeExpenditure({ ...question, period: 'month' });
    expect(monthly.columns).toMatchObject([
      { zh: '本月数', from: '2026-02-01', to: '2026-02-28' },
      { zh: '本年累计数', from: '2026-01-01' },
    ]);
    expect([0, 1].map((column) => figure(monthly, 'pooled-income-4001', column))).toEqual(['3.00', '23.00']);
    const yearly = await statements().incomeExpenditure({ ...question, period: 'year' });
    expect([0, 1].map((column) => figure(yearly, 'fund-balance', column))).toEqual(['23.00', '100.00']);
    const sheet = await statements().balanceSheet(question);
    expect([0, 1].map((column) => figure(sheet, 'pooled', column))).toEqual(['100.00', '123.00']);
    const months = await statements().months({ ...question, count: 4 });
    expect(months.map(({ month: each, income, balance }) => [each, income.toString(), balance.toString()])).toEqual([
      ['2025-11', '100.00', '100.00'],
      ['2025-12', '0.00', '100.00'],
      ['2026-01', '20.00', '120.00'],
      ['2026-02', '3.00', '123.00'],
    ]);
    const lines = { fund: 'employee-medical', account: '4001' } as const;
    expect(await books().lineTotals({ ...lines, detail: 'pooled' })).toMatchObject({ lines: 3n });
    expect(await books().lineTotals({ ...lines, detail: 'pool' })).toMatchObject({ lines: 0n });
  });
});
