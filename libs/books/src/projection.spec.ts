import { businessDate, FUNDS, Money, month } from '@provident/kernel';
import { Projector, type ReadDatabase, queryBuilder } from '@provident/projections';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import { dropEverything, testDatabase } from '@provident/projections/testing/test-database';
import fc from 'fast-check';
import { voucherFor } from './posting-rules.js';
import { booksProjection } from './projection.js';
import { BookQueries } from './queries.js';
import { type BooksDatabase, KNOWN_BLOCK } from './tables.js';
import {
  EMPLOYERS,
  PEOPLE,
  SOME_DAYS,
  contributionCredited,
  contributionReceived,
  creditReversed,
  moneyEvent,
} from './testing/money-events.js';
import { naiveBalance } from './testing/naive-books.js';
import { verifyBooks } from './verify.js';

let database: ReadDatabase;
beforeAll(async () => (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(() => dropEverything(database));

const db = () => queryBuilder<BooksDatabase>(database.pool);
const books = () => new BookQueries(db());
const [EMPLOYER = ''] = EMPLOYERS;
const [PERSON = '', OTHER = ''] = PEOPLE;
const JANUARY = month('2026-01');
const DAY = businessDate('2026-02-10');

async function project(log: SyntheticLog, maxBatch = 1000): Promise<void> {
  await new Projector({ pool: database.pool, source: log, projections: [booksProjection], maxBatch }).catchUp();
}

describe('books', () => {
  it('answers every balance as a naive fold over the log does, as of any day and position', async () => {
    const question = fc.record({
      fund: fc.constantFrom(...FUNDS),
      account: fc.constantFrom('1002', '2001', '4001', '5001', 'B001', 'B002'),
      asOf: fc.option(fc.constantFrom(...SOME_DAYS), { nil: undefined }),
      knownPart: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
    });
    const cases = fc.record({
      events: fc.array(moneyEvent, { minLength: 1, maxLength: 60 }),
      maxBatch: fc.integer({ min: 1, max: 40 }),
      questions: fc.array(question, { minLength: 5, maxLength: 25 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ events, maxBatch, questions }) => {
        await dropEverything(database);
        const log = new SyntheticLog(KNOWN_BLOCK / 7n);
        for (const { event, day } of events) log.append(event, 's-1', { effectiveDate: day });
        await project(log, maxBatch);
        for (const { knownPart, ...rest } of questions) {
          const knownAt = knownPart === undefined ? undefined : (log.head * BigInt(Math.round(knownPart * 100))) / 100n;
          const asked = { ...rest, knownAt };
          expect((await books().balance(asked)).toString()).toBe(naiveBalance(log.all(), asked).toString());
        }
        for (const event of log.all()) {
          const voucher = voucherFor(event);
          if (voucher === undefined) continue;
          const shown = await books().voucher(event.position);
          expect(shown).toMatchObject({
            ...{ fund: voucher.fund, templates: voucher.templates.join('+'), total_fen: voucher.total.fen },
            ...{ event_type: event.type, event_id: event.id, effective_date: event.metadata.effectiveDate },
            lines: voucher.lines.map(({ account, detail, side, amount }) => ({
              ...{ account, detail },
              ...{ debit_fen: side === 'debit' ? amount.fen : 0n, credit_fen: side === 'credit' ? amount.fen : 0n },
            })),
          });
        }
        const found = await verifyBooks(db());
        expect(found.findings.filter((each) => each.severity === 'error')).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('keeps assets = liabilities + net assets in every fund, and shows where a figure comes from', async () => {
    const log = new SyntheticLog();
    const parts = [{ month: JANUARY, payer: 'employee' as const, amount: Money.of('800'), late: false }];
    const receipt = log.append(
      contributionReceived({ employer: EMPLOYER, fund: 'employee-pension', parts, held: Money.of('30'), day: DAY }),
      `dues-${EMPLOYER}`,
      { effectiveDate: DAY },
    );
    await project(log);
    const [pension] = await books().fundPositions({ fund: 'employee-pension' });
    expect(pension).toMatchObject({
      assets: Money.of('830'),
      liabilities: Money.of('30'),
      netAssets: Money.of('800'),
      income: Money.of('800'),
    });
    const [line] = await books().lines({ fund: 'employee-pension', account: '4001', limit: 10 });
    expect(line).toMatchObject({
      position: receipt.position,
      event_id: receipt.id,
      credit_fen: 80_000n,
      party: EMPLOYER,
    });
    expect(await books().voucher(receipt.position)).toMatchObject({
      templates: 'JT01+JT34',
      effective_date: '2026-02-10',
      entered_by: 'test',
      lines: [{ account: '1002' }, { account: '4001', detail: 'employee.current' }, { account: '2001' }],
    });
    const rows = await books().trialBalance({ fund: 'employee-pension', from: businessDate('2026-02-11') });
    expect(rows.map((row) => [row.account.code, row.opening.toString(), row.closing.toString()])).toEqual([
      ['1002', '830.00', '830.00'],
      ['2001', '30.00', '30.00'],
      ['4001', '800.00', '800.00'],
    ]);
    await expect(books().balance({ fund: 'employee-pension', account: '9999' })).rejects.toMatchObject({
      code: 'account-unknown',
    });
  });

  it('pages through the lines of an account without leaving one out', async () => {
    const log = new SyntheticLog();
    for (let i = 1; i <= 7; i += 1) {
      const event = contributionCredited(PERSON, EMPLOYER, JANUARY, Money.fromFen(BigInt(i)), DAY);
      log.append(event, 'account-1', { effectiveDate: SOME_DAYS[i % 3]! });
    }
    await project(log);
    const seen: bigint[] = [];
    for (let after: { position: bigint; line: number } | undefined; ; ) {
      const page = await books().lines({ fund: 'employee-pension', account: 'B002', limit: 3, after });
      seen.push(...page.map((line) => line.credit_fen));
      const last = page.at(-1);
      if (last === undefined) break;
      after = { position: last.position, line: last.line };
    }
    expect(seen).toEqual([3n, 6n, 1n, 4n, 7n, 2n, 5n]);
  });

  it('ties the personal accounts to their control account, and lists settled months that differ', async () => {
    const log = new SyntheticLog();
    const parts = [{ month: JANUARY, payer: 'employee' as const, amount: Money.of('800'), late: false }];
    const fund = 'employee-pension' as const;
    log.append(contributionReceived({ employer: EMPLOYER, fund, parts, held: Money.zero, day: DAY }), 'dues-1');
    const settled = { declarationId: PERSON, employer: EMPLOYER, month: JANUARY, settledOn: DAY };
    log.append({ type: 'ContributionMonthSettled', data: settled }, 'dues-1');
    await project(log);
    expect((await verifyBooks(db())).findings).toEqual([
      {
        check:
          "a settled month's pension money of employees is on the people's record, or waits for a clerk as a conflict",
        severity: 'error',
        text: `${EMPLOYER} 2026-01: received 800.00, credited 0.00`,
      },
    ]);
    log.append(contributionCredited(PERSON, EMPLOYER, JANUARY, Money.of('800'), DAY), 'account-1');
    log.append(creditReversed(PERSON, EMPLOYER, JANUARY, Money.of('800'), DAY), 'account-1');
    log.append(contributionCredited(OTHER, EMPLOYER, JANUARY, Money.of('790'), DAY), 'account-2');
    await project(log);
    expect(await verifyBooks(db())).toMatchObject({
      ...{ vouchers: 4n, personalAccounts: 2n, clean: true },
      findings: [{ severity: 'notice', text: `${EMPLOYER} 2026-01: received 800.00, credited 790.00` }],
    });
    expect(await books().personalAccount(OTHER)).toEqual({ principal: Money.of('790'), interest: Money.zero });
    expect(await books().personalAccount(PERSON)).toEqual({ principal: Money.zero, interest: Money.zero });
  });

  it('finds a single fen that was changed behind its back', async () => {
    const log = new SyntheticLog();
    const fund = 'employee-pension' as const;
    log.append(contributionReceived({ employer: EMPLOYER, fund, parts: [], held: Money.of('9'), day: DAY }), 'dues-1');
    log.append(contributionCredited(PERSON, EMPLOYER, JANUARY, Money.of('800'), DAY), 'account-1');
    await project(log);
    await database.pool.query('update fund_line set credit_fen = credit_fen + 1 where account = $1', ['2001']);
    await database.pool.query('update account_balance set principal_fen = principal_fen - 1');
    const { clean, findings } = await verifyBooks(db());
    expect(clean).toBe(false);
    expect(findings.map((each) => each.check)).toEqual([
      'every voucher balances and its lines lie in its fund',
      'turnovers are the sums of the lines',
      "every personal account's balance is the sum of its movements",
      'personal accounts add up to the control account',
    ]);
  });
});
