import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dues, FileDeclaration, ImportReceipts, ImposeFine } from '@provident/collection';
import { EventStore } from '@provident/event-store';
import { businessDate, month } from '@provident/kernel';
import { receiptsCsv } from '../support/invented.js';
import { SAMPLE_FILES } from '../support/sample-story.js';
import { isFine } from './browser.js';
import { PortalOffice } from './portal-office.js';

/*
 * An employer declares March, pays a part of it late and is fined. The fund manager sees what it owes; a clerk looks at the
 * late fee, charges it, and it is charged.
 */
let portal: PortalOffice;
let employer: string;
beforeAll(async () => {
  portal = await PortalOffice.open(2);
  employer = portal.story.highlights.find(({ what }) => what === 'late-payment')?.employer ?? '';
  const { ledger } = portal.office;
  const on = (day: string, what: string) => ledger.context('system:test', businessDate(day), what);
  const file = readFileSync(join(SAMPLE_FILES, 'declarations', `${employer}-2025-03.csv`));
  const declared = new FileDeclaration(employer, month('2025-03'), file, {}, on('2025-03-08', 'march'));
  await ledger.commands.execute(declared);
  await portal.office.head();
  const line = ['L1', '2025-05-10', '养老', '1000.00', '', employer];
  await ledger.commands.execute(new ImportReceipts(receiptsCsv([line]), {}, on('2025-05-10', 'late')));
  const decision = {
    ...{
      employer,
      decisionNumber: '沪人社罚决〔2025〕7号',
      ground: 'non-payment' as const,
      base: '50.00',
      amount: '60.00',
    },
    ...{ orderExpiredOn: businessDate('2025-05-01'), imposedOn: businessDate('2025-05-12') },
    documentHash: 'e'.repeat(64),
  };
  await ledger.commands.execute(new ImposeFine(decision, on('2025-05-12', 'fine')));
  await portal.office.head();
}, 180_000);
afterAll(() => portal.close());

it('the fund manager sees late fees and fines beside the arrears, and opens an employer to all it owes', async () => {
  const visitor = await portal.enter('fund-manager');
  const { page } = visitor;
  await page.goto('/funds/arrears?asOf=2025-05-31');
  await page.getByRole('heading', { name: '滞纳金和罚款' }).waitFor();
  const row = page.getByRole('region', { name: '滞纳金和罚款' }).getByRole('row', { name: new RegExp(employer) });
  await row.waitFor();
  expect(await row.innerText()).toContain('60.00');
  await isFine(visitor, 'funds-late-fees-zh');
  await row.getByRole('button').first().press('Enter');
  const panel = page.getByRole('dialog', { name: '应缴款项' });
  await panel.getByText('沪人社罚决〔2025〕7号').waitFor();
  await panel.getByRole('region', { name: '加收中的滞纳金' }).waitFor();
  const fees = panel.getByRole('region', { name: '待核定滞纳金' });
  // From the day after the due date to 10 May: at 0.0005 a day, by article 86.
  expect(await fees.innerText()).toMatch(/23\.50\s+47\s+0\.0005\s+1,000\.00[\s\S]*第86条/);
  await isFine(visitor, 'funds-dues-zh');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
});

it('a clerk looks at the late fee, is asked once more, and charges it', async () => {
  const visitor = await portal.enter('clerk', { locale: 'en-GB', screen: 'phone' });
  const { page } = visitor;
  await page.goto('/desk/assess');
  const look = page.getByRole('button', { name: 'Look and assess' });
  await look.waitFor();
  await isFine(visitor, 'desk-assess-phone-en');
  await look.click();
  const panel = page.getByRole('dialog', { name: 'What is owed' });
  await panel.getByRole('button', { name: 'Charge the late fees' }).click();
  await panel.getByText('Late fees to be charged: 1, in all 23.50 yuan.').waitFor();
  await isFine(visitor, 'desk-assess-confirm-phone-en');
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await panel.getByRole('button', { name: 'Charge the late fees' }).click();
  expect(await chargedFees()).toBe(0);
  await panel.getByRole('button', { name: 'Yes, charge them' }).click();
  await page.getByText('No late fee waits to be assessed.').waitFor();
  expect(await chargedFees()).toBe(1);
  await isFine(visitor, 'desk-assessed-phone-en');

  const manager = await portal.enter('fund-manager', { locale: 'en-GB', screen: 'phone' });
  await manager.page.goto('/funds/arrears');
  const row = manager.page.getByRole('row', { name: new RegExp(employer) }).last();
  await row.getByRole('button').first().click();
  await manager.page.getByRole('region', { name: 'Late fees charged and unpaid' }).waitFor();
  await isFine(manager, 'funds-charged-phone-en');
});

/** How many late fees the employer's stream has. */
async function chargedFees(): Promise<number> {
  let count = 0;
  for await (const { type } of portal.office.ledger.get(EventStore).read(dues, employer))
    if (type === 'LateFeeCharged') count += 1;
  return count;
}
