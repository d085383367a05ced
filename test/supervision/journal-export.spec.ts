import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BooksDatabase, BookQueries } from '@provident/books';
import { FUNDS, Money } from '@provident/kernel';
import { queryBuilder, type ReadDatabase } from '@provident/projections';
import { testDatabase } from '@provident/projections/testing/test-database';
import { exportBooks, hledgerAccount, type JournalQuestion } from '@provident/supervision';
import { netDebit } from '@provident/supervision/journal-export/journal-books';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { Agency } from '../support/agency.js';
import { project } from '../support/as-of-check.js';
import { moves } from '../support/moves.js';
import type { MemoryStore } from '../support/memory-store.js';
import { describeWithTool, runTool } from '../support/tool-suite.js';

let database: ReadDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'provident-books-'));
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const db = () => queryBuilder<BooksDatabase>(database.pool);
const seed = Math.floor(Date.now() / 86_400_000);

async function exported(format: 'hledger' | 'beancount' | 'xlsx', question: JournalQuestion = {}): Promise<string> {
  const path = join(folder, `books.${format}`);
  await exportBooks(db(), format, question, path);
  return path;
}

/** Balance of every account, debits positive, by its name in the journal. */
async function ownBalances(question: JournalQuestion): Promise<Record<string, string>> {
  const rows = await new BookQueries(db()).trialBalance(question);
  return Object.fromEntries(
    rows.map((row) => [hledgerAccount({ ...row, account: row.account.code }), netDebit(row).toString()]),
  );
}

function hledgerBalances(path: string): Record<string, string> {
  const csv = runTool('hledger', ['-f', path, 'balance', '--flat', '--empty', '--no-total', '--output-format=csv']);
  const table: string[][] = parse(csv);
  const rows = table.slice(1);
  return Object.fromEntries(rows.map(([name = '', amount = '']) => [name, Money.of(plain(amount)).toString()]));
}

/** hledger writes zero without a commodity and without places. */
function plain(amount: string): string {
  const text = amount.replace(/ CNY$/, '');
  return text === '0' ? '0.00' : text;
}

async function played(numRuns: number): Promise<MemoryStore> {
  const { ledger } = await Agency.play(fc.sample(moves, { numRuns, seed: 11 }).flat());
  await project(database, ledger.log, 500);
  return ledger.log;
}

describeWithTool('hledger', 'hledger', () => {
  it('agrees on every balance to the fen, as of any day and as known at any position', async () => {
    let vouchers = 0;
    await fc.assert(
      fc.asyncProperty(moves, fc.nat({ max: 999 }), fc.boolean(), async (sequence, perMille, byDay) => {
        const { log } = (await Agency.play(sequence)).ledger;
        await project(database, log, 500);
        const event = log.events[Math.floor((log.events.length * perMille) / 1_000)];
        for (const question of [{}, byDay ? { asOf: event?.metadata.effectiveDate } : { knownAt: event?.position }]) {
          const path = await exported('hledger', question);
          expect(hledgerBalances(path)).toEqual(await ownBalances(question));
          vouchers += (readFileSync(path, 'utf8').match(/^\d{4}-\d{2}-\d{2} \(/gm) ?? []).length;
        }
      }),
      { numRuns: 6, seed },
    );
    expect(vouchers).toBeGreaterThan(50);
  });

  it('accepts the journal under all its strict checks, and finds a changed digit', async () => {
    await played(6);
    const path = await exported('hledger');
    runTool('hledger', ['-f', path, 'check', '--strict']);
    const lines = readFileSync(path, 'utf8').split('\n');
    const at = lines.findIndex((line) => /^ {4}.* {2}-\d+\.\d\d CNY$/.test(line));
    const changed = (lines[at] ?? '').replace(/(\d) CNY$/, (_, digit: string) => `${(Number(digit) + 1) % 10} CNY`);
    writeFileSync(path, lines.with(at, changed).join('\n'));
    expect(() => runTool('hledger', ['-f', path, 'check'])).toThrow();
  });

  it('draws a balance sheet by the types that the accounts carry, memorandum accounts aside', async () => {
    await played(6);
    const sheet = runTool('hledger', ['-f', await exported('hledger'), 'balancesheetequity']);
    expect(sheet).toContain('收入户存款');
    expect(sheet).not.toContain('B001');
  });

  it('is given one fund alone where one is asked for', async () => {
    await played(6);
    const [fund] = FUNDS;
    const balances = hledgerBalances(await exported('hledger', { fund }));
    expect(balances).toEqual(await ownBalances({ fund }));
    expect(Object.keys(balances).every((name) => name.includes(fund))).toBe(true);
  });
});

describeWithTool('bean-check', 'beancount', () => {
  it('accepts the file, its closing balances included, and finds a changed digit', async () => {
    await played(6);
    const path = await exported('beancount');
    expect(runTool('bean-check', [path])).toBe('');
    const text = readFileSync(path, 'utf8');
    const changed = text.replace(
      /( balance .* )(-?\d+)\.(\d)\d CNY/,
      (_, before: string, yuan: string) => `${before}${yuan}.99 CNY`,
    );
    writeFileSync(path, changed === text ? `${text}broken` : changed);
    expect(() => runTool('bean-check', [path])).toThrow();
  });
});

describe('a workbook of the books', () => {
  it('holds the trial balance and every voucher line; amounts are numbers and no text is a formula', async () => {
    const log = await played(6);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(await exported('xlsx'));
    const [balances, vouchers] = workbook.worksheets;
    const rows = await new BookQueries(db()).trialBalance({});
    expect(balances?.rowCount).toBe(rows.length + 1);
    const closing = rows.map((each) => each.closing.toString());
    const shown = rows.map((_, place) => (balances?.getRow(place + 2).getCell(8).value as number).toFixed(2));
    expect(shown).toEqual(closing);
    const lines = await database.pool.query<{ count: bigint }>('select count(*) from journal_line');
    expect(vouchers?.rowCount).toBe(Number(lines.rows[0]?.count) + 1);
    const events = new Set(log.events.map(({ id }) => id));
    for (let row = 2; row <= (vouchers?.rowCount ?? 0); row += 1) {
      expect(events.has(vouchers?.getRow(row).getCell(12).text ?? '')).toBe(true);
    }
    vouchers?.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined()));
  });

  it('defuses what a spreadsheet program would run', async () => {
    await played(2);
    await database.pool.query(`update fund_voucher set entered_by = '=HYPERLINK("http://x")', party = '+1'`);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(await exported('xlsx'));
    const row = workbook.worksheets[1]?.getRow(2);
    expect([row?.getCell(14).value, row?.getCell(16).value]).toEqual([`'+1`, `'=HYPERLINK("http://x")`]);
    const journal = readFileSync(await exported('hledger'), 'utf8');
    expect(journal).toContain('entered-by:=HYPERLINK( http://x )');
  });
});
