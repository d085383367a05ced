import { businessDate, Money, month } from '@provident/kernel';
import { Projector, type ReadDatabase, queryBuilder } from '@provident/projections';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import { dropEverything, testDatabase } from '@provident/projections/testing/test-database';
import { booksProjection } from './projection.js';
import { BookQueries, type LinesQuestion } from './queries.js';
import type { BooksDatabase } from './tables.js';
import { EMPLOYERS, PEOPLE, contributionCredited } from './testing/money-events.js';

/* An account of 100,000 lines: whatever page is asked for, from whichever side, it is right and costs as little as the first. */

const LINES = 100_000;
const PAGE = 200;
const [EMPLOYER = ''] = EMPLOYERS;
const [PERSON = ''] = PEOPLE;
const QUESTION = { fund: 'employee-pension', account: 'B002', limit: PAGE } as const;

let database: ReadDatabase;
/** Every line's amount in fen, in the order of days: each is another. */
let inOrder: bigint[];
const books = () => new BookQueries(queryBuilder<BooksDatabase>(database.pool));

beforeAll(async () => {
  database = await testDatabase();
  await dropEverything(database);
  const log = new SyntheticLog();
  const days: { day: string; fen: bigint }[] = [];
  for (let place = 0; place < LINES; place += 1) {
    const day = `2025-${two(1 + (place % 12))}-${two(1 + ((place * 7) % 28))}`;
    const fen = BigInt(place + 1);
    const amount = Money.fromFen(fen);
    const credit = contributionCredited(PERSON, EMPLOYER, month('2025-01'), amount, businessDate(day));
    log.append(credit, 'account-1', { effectiveDate: businessDate(day) });
    days.push({ day, fen });
  }
  inOrder = days.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : Number(a.fen - b.fen))).map(({ fen }) => fen);
  const projector = { pool: database.pool, source: log, projections: [booksProjection], maxBatch: 5_000 };
  await new Projector(projector).catchUp();
  await database.pool.query('analyze');
}, 120_000);
afterAll(async () => {
  await dropEverything(database);
  await database.close();
});

const two = (number: number): string => String(number).padStart(2, '0');
const page = async (how: Partial<LinesQuestion>) => books().lines({ ...QUESTION, ...how });
const amounts = (lines: Awaited<ReturnType<typeof page>>) => lines.map(({ credit_fen: fen }) => fen);

/** Pages of PostgreSQL's that an answer takes: the same on every machine, unlike its time. */
async function buffers(how: Partial<LinesQuestion>): Promise<number> {
  const { sql, parameters } = books()
    .linesQuery({ ...QUESTION, ...how })
    .compile();
  const { rows } = await database.pool.query<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
    `explain (analyze, buffers, format json) ${sql}`,
    [...parameters],
  );
  const plan = rows[0]?.['QUERY PLAN'][0].Plan ?? {};
  return (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
}

it('gives any page, from both ends, behind any line, and from the midst', async () => {
  expect(amounts(await page({}))).toEqual(inOrder.slice(0, PAGE));
  const last = await page({ newestFirst: true });
  expect(amounts(last)).toEqual(inOrder.slice(-PAGE).reverse());
  const before = await page({ newestFirst: true, after: last.at(-1) });
  expect(amounts(before)).toEqual(inOrder.slice(-2 * PAGE, -PAGE).reverse());
  expect(amounts(await page({ after: before.at(-1) }))).toEqual([
    ...inOrder.slice(1 - 2 * PAGE, -PAGE),
    ...inOrder.slice(-PAGE, 1 - PAGE),
  ]);
  expect(amounts(await page({ skip: 50_000 }))).toEqual(inOrder.slice(50_000, 50_000 + PAGE));
  expect(amounts(await page({ skip: LINES - 5 }))).toEqual(inOrder.slice(-5));
});

it('reads as little for the last page as for the first', async () => {
  const first = await buffers({});
  const [nearLast] = (await page({ newestFirst: true })).slice(-1);
  expect(first).toBeLessThan(1_000);
  expect(await buffers({ newestFirst: true })).toBeLessThan(1.2 * first);
  expect(await buffers({ after: nearLast })).toBeLessThan(1.2 * first);
});
