import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { citizenNumber, declarationCsv, receiptsCsv } from '../support/invented.js';
import { isFine } from './browser.js';
import { downloaded, PortalOffice } from './portal-office.js';

let portal: PortalOffice;
const folder = mkdtempSync(join(tmpdir(), 'portal-desk-'));
beforeAll(async () => (portal = await PortalOffice.open(2)), 120_000);
afterAll(async () => {
  await portal.close();
  rmSync(folder, { recursive: true });
});

function file(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe('a clerk', () => {
  it('sees the faults of a file in its own rows, takes the marked sheet home, mends it and sends it', async () => {
    const visitor = await portal.enter('clerk');
    const { page } = visitor;
    await page.getByText('银行到账明细').click();
    const line = (reference: string, amount: string, payer: string) => [
      ...[reference, '2025-02-20', '养老', amount, payer, '', '二月'],
    ];
    const faulty = receiptsCsv([
      line('D1', '100.00', '示例单位'),
      line('D2', '-1', '=HYPERLINK("http://x","y")'),
      line('D3', '', '<script>document.title=1</script>'),
    ]);
    await page.locator('input[type=file]').setInputFiles(file('faulty.csv', faulty));
    await page.getByText('1 行可导入，3 处问题').waitFor();
    await page.getByText('金额不能为负数。').waitFor();
    await page.getByText('<script>document.title=1</script>').waitFor();
    await isFine(visitor, 'desk-faults-zh');
    const { path, name } = await downloaded(page, () => page.getByRole('button', { name: '下载标注后的表' }).click());
    expect(name).toBe('marked.xlsx');
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path);
    const sheet = book.worksheets[0] as ExcelJS.Worksheet;
    expect(sheet.getCell('H3').text).toContain('[D amount-negative] 金额不能为负数。');
    expect(sheet.getCell('E3').value).toBe(`'=HYPERLINK("http://x","y")`);
    sheet.getCell('D3').value = '5.00';
    sheet.getCell('E3').value = '某单位';
    sheet.getCell('D4').value = '6.00';
    const mended = join(folder, 'mended.xlsx');
    await book.xlsx.writeFile(mended);
    await page.locator('input[type=file]').setInputFiles(mended);
    await page.getByText('3 行可导入，0 处问题').waitFor();
    await page.getByRole('button', { name: /^导\s*入$/ }).click();
    await page.getByText('已导入 3 行').waitFor();
    await isFine(visitor, 'desk-taken-zh');
    expect(await page.title()).not.toBe('1');
  });

  it('is told in English what is wrong with a declaration, and of an unknown employer', async () => {
    const visitor = await portal.enter('clerk', { locale: 'en-GB' });
    const { page } = visitor;
    const declaration = file('declaration.csv', declarationCsv([[citizenNumber(0), '无此人', '10000.00']]));
    await page.getByLabel('Credit code of the employer').fill(portal.story.highlights[0]?.employer ?? '');
    await page.getByLabel('Declared month').fill('2025-03');
    await page.locator('input[type=file]').setInputFiles(declaration);
    await page.getByText('The person is not registered').first().waitFor();
    await isFine(visitor, 'desk-declaration-en');
    await page.getByLabel('Credit code of the employer').fill('91350100M000100Y43');
    await page.locator('input[type=file]').setInputFiles(declaration);
    await page.getByText('The employer is not registered').waitFor();
  });
});

describe('an objection', () => {
  it('is reviewed and approved with what the ledger says beside it, by two people', async () => {
    const person = await portal.enter('insured-person');
    await person.page.locator('[data-figure$=".base"]').first().click();
    await person.page.getByRole('button', { name: '提出异议' }).click();
    await person.page.getByLabel('理由').fill('申报工资有误');
    await person.page.getByRole('button', { name: /提\s*交/ }).click();
    await person.page.getByText('已受理').waitFor();
    await portal.office.head();

    const reviewer = await portal.enter('reviewer');
    await reviewer.page.getByRole('link', { name: '个人权益记录异议' }).waitFor();
    await isFine(reviewer, 'desk-queue-zh');
    await reviewer.page.getByRole('link', { name: '个人权益记录异议' }).click();
    await reviewer.page.getByText('账本中的现有记录').waitFor();
    await reviewer.page.getByText('单位申报了职工工资').waitFor();
    await isFine(reviewer, 'desk-case-zh');
    expect(await reviewer.page.locator('#content').innerText()).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    await reviewer.page.getByRole('button', { name: '不予办理' }).click();
    await reviewer.page.getByText('请写明理由').waitFor();
    await reviewer.page.getByRole('button', { name: '复核通过' }).click();
    await reviewer.page.getByText('待审批').waitFor();

    const approver = await portal.enter('approver', { locale: 'en-GB', screen: 'phone' });
    await approver.page.goto('/desk/queue');
    await approver.page.getByRole('link', { name: 'Objection to a personal record' }).click();
    await approver.page.getByText('What the ledger says').waitFor();
    await isFine(approver, 'desk-case-phone-en');
    await approver.page.getByRole('button', { name: 'Approve', exact: true }).click();
    await approver.page
      .getByText(/Approved, being carried out|Carried out/)
      .first()
      .waitFor();
    await portal.office.head();
    await person.page.goto('/statement/record');
    await person.page.getByText(/异议成立/).waitFor();
    await isFine(person, 'statement-upheld-zh');
  });
});
