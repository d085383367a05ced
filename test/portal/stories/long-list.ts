import { READ_QUERIES } from '@provident/projections';
import type { Page } from 'playwright-core';
import { sql, type Kysely } from 'kysely';
import { creditMany } from '../../support/many-credits.js';
import { isFine } from '../browser.js';
import type { PortalOffice } from '../portal-office.js';

const MORE = 100_000;
const MOST_DRAWN = 60;
const PAGE = 200;
const ADDRESS = '/funds/employee-pension/accounts/B002';

/** What the list is to show, by the database's own order. */
interface Expected {
  readonly vouchers: readonly string[];
  readonly details: readonly string[];
}

/** An account of more than 100,000 voucher lines, looked through by wheel, keys, filter and order. */
export function tellLongList(of: () => PortalOffice): void {
  describe('a list of 100,000 voucher lines', () => {
    let expected: Expected;
    beforeAll(async () => {
      const { ledger } = of().office;
      await creditMany(ledger, MORE);
      await of().office.head();
      const { rows } = await sql<{ position: bigint; detail: string }>`
        select position, detail from journal_line where fund = 'employee-pension' and account = 'B002'
        order by effective_date, position, line`.execute(
        ledger.app.get<Kysely<unknown>>(READ_QUERIES, { strict: false }),
      );
      expected = { vouchers: rows.map((row) => row.position.toString()), details: rows.map((row) => row.detail) };
    }, 400_000);

    it('is looked through by keys and wheel, from end to end, with few rows drawn and few pages asked for', async () => {
      const visitor = await of().enter('fund-manager');
      const { page } = visitor;
      const asked = pagesAsked(page);
      await page.goto(ADDRESS);
      const { vouchers } = expected;
      const last = vouchers.length - 1;
      expect(last).toBeGreaterThan(MORE);
      await page.getByText(`共 ${(last + 1).toLocaleString('en-US')} 行`).waitFor();
      await showsFrom(page, vouchers, 0);
      await isFine(visitor, 'funds-long-list-zh');
      expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(last + 2));

      await page.locator('.long-body [role=row]').first().focus();
      await page.keyboard.press('End');
      await showsUpTo(page, vouchers, last);
      await isFine(visitor, 'funds-long-list-end-zh');
      for (let at = 1; at <= 40; at += 1) await page.keyboard.press('PageUp');
      await isSettled(page);
      await showsInOrder(page, vouchers);
      await page.keyboard.press('Home');
      await showsFrom(page, vouchers, 0);
      expect(await focusedRow(page)).toBe(0);
      // Another place is a jump, not a walk: here, by the scroll bar into the midst.
      await page.evaluate(`document.querySelector('.long-list').scrollTop = ${50_000 * 40}`);
      await isSettled(page);
      await showsInOrder(page, vouchers);
      expect(asked.length).toBeLessThan(25);

      await page.locator('.long-body').hover();
      for (let turn = 0; turn < 40; turn += 1) {
        await page.mouse.wheel(0, 1_200);
        expect(await uncovered(page)).toBe(0);
      }
      await isSettled(page);
      await showsInOrder(page, vouchers);
      expect(asked.length).toBeLessThan(40);
      expect(asked.filter((limit) => limit > PAGE)).toEqual([]);
    });

    it('is turned round and narrowed down, and a line opens its voucher', async () => {
      const visitor = await of().enter('fund-manager', { locale: 'en-GB' });
      const { page } = visitor;
      await page.goto(ADDRESS);
      const newest = [...expected.vouchers].reverse();
      await page.getByText('Newest first').click();
      await showsFrom(page, newest, 0);
      await page.getByRole('combobox', { name: 'Detail' }).selectOption({ label: 'interest' });
      const interest = newest.filter((_, at) => expected.details.at(-1 - at) === 'interest');
      await page.getByText(`${interest.length.toLocaleString('en-US')} lines`).waitFor();
      await showsFrom(page, interest, 0);
      await isFine(visitor, 'funds-long-list-narrowed-en');
      await page.locator('.long-body [role=row]').first().press('Enter');
      await page.getByRole('heading', { name: `Voucher ${interest[0]}` }).waitFor();
    });
  });
}

/** How many lines each page was asked to have. */
function pagesAsked(page: Page): number[] {
  const asked: number[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname.endsWith('/B002/lines')) asked.push(Number(url.searchParams.get('limit')));
  });
  return asked;
}

interface Shown {
  readonly at: number;
  readonly voucher: string;
}

/** The rows that stand in the page, filled or not, by their place in the list. */
async function shown(page: Page): Promise<Shown[]> {
  const rows = await page.locator('.long-body [role=row]').evaluateAll((all) =>
    all.map((row) => ({
      at: Number(row.getAttribute('aria-rowindex')) - 2,
      voucher: row.querySelectorAll('[role=gridcell]')[1]?.textContent ?? '',
    })),
  );
  expect(rows.length).toBeLessThan(MOST_DRAWN);
  return rows;
}

async function isSettled(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))`);
  await page.locator('.long-body [role=row][aria-busy=true]').first().waitFor({ state: 'detached' });
}

/** Every row that stands in the page is the one that belongs to its place. */
async function showsInOrder(page: Page, vouchers: readonly string[]): Promise<Shown[]> {
  const rows = await shown(page);
  expect(rows).toEqual(rows.map(({ at }) => ({ at, voucher: vouchers[at] })));
  return rows;
}

async function showsFrom(page: Page, vouchers: readonly string[], first: number): Promise<void> {
  await page.locator(`.long-body [aria-rowindex="${first + 2}"][aria-busy=false]`).waitFor();
  await page.getByText(vouchers[first] ?? '', { exact: true }).waitFor();
  await isSettled(page);
  await showsInOrder(page, vouchers);
}

async function showsUpTo(page: Page, vouchers: readonly string[], last: number): Promise<void> {
  await page.locator(`.long-body [aria-rowindex="${last + 2}"][aria-busy=false]`).waitFor();
  await isSettled(page);
  expect((await showsInOrder(page, vouchers)).at(-1)?.at).toBe(last);
  expect(await focusedRow(page)).toBe(last);
}

const focusedRow = async (page: Page): Promise<number> =>
  Number(await page.evaluate(`document.activeElement.getAttribute('aria-rowindex')`)) - 2;

/** Pixels in sight, once the browser has drawn, where no row stands. */
function uncovered(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const list = document.querySelector('.long-list');
    const sight = list.getBoundingClientRect();
    const rows = [...document.querySelectorAll('.long-body [role=row]')].map((row) => row.getBoundingClientRect());
    const top = Math.min(...rows.map((row) => row.top).filter((top) => top > sight.top - 2000));
    const bottom = Math.max(...rows.map((row) => row.bottom));
    resolve(Math.max(0, top - sight.top - 40) + Math.max(0, sight.top + list.clientHeight - bottom));
  })))`);
}
