import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { citizenNumber, declarationCsv, employersCsv, peopleCsv, receiptsCsv } from '../support/invented.js';
import { isFine } from './browser.js';
import { conflictingEnrolment } from './conflicting-enrolment.js';
import { downloaded, PortalOffice } from './portal-office.js';

let portal: PortalOffice;
const folder = mkdtempSync(join(tmpdir(), 'portal-desk-'));
beforeAll(async () => (portal = await PortalOffice.open(2)), 300_000);
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
    await page.getByText('已导入 3 行，0 处问题').waitFor();
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

describe('the register', () => {
  it('takes employers and people by file, and tells in its rows what the register would refuse', async () => {
    const visitor = await portal.enter('clerk');
    const { page } = visitor;
    const choose = (name: string, bytes: Buffer) => page.locator('input[type=file]').setInputFiles(file(name, bytes));
    await page.getByText('单位登记').click();
    const employers = employersCsv([7, 8]);
    await choose('employers.csv', employers);
    await page.getByText('2 行可导入，0 处问题').waitFor();
    await page.getByRole('button', { name: /^导\s*入$/ }).click();
    await page.getByText('已导入 2 行，0 处问题').waitFor();
    await choose('renamed.csv', Buffer.from(employers.toString().replace('示例7号单位', '改了名的单位')));
    await page.getByText('1 行可导入，1 处问题').waitFor();
    await page.getByRole('row', { name: /改了名的单位/ }).waitFor();
    await isFine(visitor, 'desk-employers-zh');
    await page.getByText('参保登记').click();
    const people = peopleCsv([{ place: 3, employer: 7 }], '2025-02').toString();
    const faulty = people.replace('养老', '养鸡');
    await choose('people.csv', Buffer.from(faulty));
    await page.getByText('0 行可导入，1 处问题').waitFor();
    const { path } = await downloaded(page, () => page.getByRole('button', { name: '下载标注后的表' }).click());
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path);
    expect(book.worksheets[0]?.getCell('F2').text).toContain('[D ');
    await choose('mended.csv', Buffer.from(people));
    await page.getByText('1 行可导入，0 处问题').waitFor();
    await page.getByRole('button', { name: /^导\s*入$/ }).click();
    await page.getByText('已导入 1 行，0 处问题').waitFor();
  });
});

const pdfWith = (action: string): Buffer =>
  Buffer.from(`%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R ${action}>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>> endobj
trailer <</Root 1 0 R>>
%%EOF`);
const QUIET = pdfWith('');
/** Tries to act when it is opened, in plain words and in disguise. */
const ACTING = [
  pdfWith("/OpenAction <</S/JavaScript/JS(app.alert\\('x'\\))>>"),
  pdfWith("/Open#41ction <</S/J#61vaScript/#4aS(app.alert\\('x'\\))>>"),
];
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('a case opened at the desk', () => {
  it('tells at the fields what is wrong, and of a person who is not registered', async () => {
    const visitor = await portal.enter('clerk');
    const { page } = visitor;
    await page.getByRole('tab', { name: '新办' }).click();
    await page.getByLabel('事项').selectOption({ label: '个人权益记录更正' });
    await page.getByRole('button', { name: /^受\s*理$/ }).click();
    await page.getByText('请填写此项').first().waitFor();
    await page.getByLabel('误记的参保人').fill(citizenNumber(99));
    await page.getByLabel('应记的参保人').fill(citizenNumber(98));
    await page.getByLabel('月份').fill('2025-1');
    await page.getByText('格式不对，应如：2025-07').waitFor();
    await page.getByLabel('月份').fill('2025-01');
    await page.getByLabel('更正日期').fill('2025-03-01');
    await page.getByLabel('理由').fill('单位申报有误');
    await page.getByRole('button', { name: /^受\s*理$/ }).click();
    await page.getByText('此人未登记，或不在您的业务范围内。').first().waitFor();
    await isFine(visitor, 'desk-open-faults-zh');
  });

  it('goes with its documents to the reviewer, who opens them beside it, and back, and again', async () => {
    const clerk = await portal.enter('clerk', { locale: 'en-GB' });
    const { page } = clerk;
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto('/desk/open');
    await page.getByLabel('Procedure', { exact: true }).selectOption({ label: 'Refund of an over-payment' });
    await page.getByLabel('Employer', { exact: true }).fill('91350100M000100Y44');
    await page.getByLabel('Fund', { exact: true }).selectOption({ label: 'Unemployment fund' });
    await page.getByLabel('Amount', { exact: true }).fill('12.00');
    await page.getByLabel('Refunded on', { exact: true }).fill('2025-03-03');
    await page.getByLabel('Reason', { exact: true }).fill('Paid twice');
    await page.getByRole('button', { name: /Open$/ }).click();
    await page.getByText('it should be like 91350100M000100Y43').waitFor();
    await page.getByLabel('Employer', { exact: true }).fill(portal.story.highlights[0]?.employer ?? '');
    await page.getByRole('button', { name: /Open$/ }).click();
    await page.getByText('Opened, documents missing').waitFor();

    const add = async (kind: string, name: string, bytes: Buffer): Promise<void> => {
      await page.getByLabel('Kind of document').selectOption({ label: kind });
      await page.locator('input[type=file]').setInputFiles(file(name, bytes));
      await page.locator('.documents').getByText(name).waitFor();
    };
    await add('Application for a refund', '申请.pdf', QUIET);
    for (const [at, bytes] of ACTING.entries()) await add('Application for a refund', `acting-${at}.pdf`, bytes);
    await page.locator('input[type=file]').setInputFiles(file('page.pdf', Buffer.from('<html><script>1</script>')));
    await page.getByText('The file is none of the types that are kept.').waitFor();
    await add('Proof of the payment', 'proof.png', PNG);
    await page.getByText('Waits for review').waitFor();
    await page.locator('.documents li').filter({ hasText: '申请.pdf' }).getByRole('button', { name: 'Look' }).click();
    await page.locator('iframe.document-frame').waitFor();
    for (const at of ACTING.keys()) {
      await page
        .locator('.documents li')
        .filter({ hasText: `acting-${at}.pdf` })
        .getByRole('button', { name: 'Look' })
        .click();
    }
    await page.getByText('This PDF holds a script').nth(1).waitFor();
    expect(await page.locator('iframe.document-frame').count()).toBe(1);
    await isFine(clerk, 'desk-documents-en');
    expect(dialogs).toEqual([]);
    const kept = await downloaded(page, () => page.getByRole('button', { name: 'Download 申请.pdf' }).click());
    expect(readFileSync(kept.path).equals(QUIET)).toBe(true);
    expect(kept.name).toBe('申请.pdf');

    const reviewer = await portal.enter('reviewer');
    await reviewer.page.goto(page.url());
    await reviewer.page.getByText('proof.png').waitFor();
    expect(await reviewer.page.getByText('添加材料').count()).toBe(0);
    const sent = reviewer.page.locator('.documents li').filter({ hasText: 'proof.png' });
    await sent.getByRole('button', { name: '查看' }).click();
    await reviewer.page.getByRole('img', { name: 'proof.png' }).waitFor();
    await reviewer.page.getByLabel('意见').fill('请补缴费明细');
    await reviewer.page.getByRole('button', { name: '退回补正' }).click();
    await reviewer.page.getByText('退回补正').first().waitFor();
    await isFine(reviewer, 'desk-documents-review-zh');

    await portal.office.head();
    await page.reload();
    await page.getByText('Returned for supplement').waitFor();
    await add('Proof of the payment', '明细.csv', Buffer.from('日期,摘要\n2025-02-20,<img src=x onerror=alert(1)>\n'));
    await page.getByRole('button', { name: 'Look' }).last().click();
    await page.getByText('<img src=x onerror=alert(1)>').waitFor();
    await page.getByRole('button', { name: 'Hand in again' }).click();
    await page.getByText('Waits for review').waitFor();
    expect(dialogs).toEqual([]);
  });
});

describe('what contradicts a record', () => {
  it('is listed by name, and its case is opened with what the ledger knows of it', async () => {
    const { name, declaring } = await conflictingEnrolment(portal.office);
    await portal.office.head();
    const visitor = await portal.enter('clerk');
    const { page } = visitor;
    await page.getByRole('tab', { name: '冲突' }).click();
    await page.getByRole('row', { name: `参保关系冲突 ${name} 2025年2月 ${declaring}` }).waitFor();
    await isFine(visitor, 'desk-conflicts-zh');
    await page.getByRole('button', { name: new RegExp(`办理 .*${name}`) }).click();
    await page.getByText(`参保关系冲突 · ${name} · 2025年2月`).waitFor();
    expect(await page.getByLabel('参保人').count()).toBe(0);
    await page.getByLabel('处理结果').selectOption({ label: '按申报参保，原参保关系终止' });
    await page.getByLabel('处理日期').fill('2025-02-10');
    await page.getByLabel('理由').fill('已换单位');
    await page.getByRole('button', { name: /^受\s*理$/ }).click();
    await page.getByRole('heading', { name: new RegExp(`参保关系冲突处理.*${name}`) }).waitFor();
    const request = page.getByRole('region', { name: '申请内容' });
    for (const text of [name, declaring, '2025年2月10日', '按申报参保，原参保关系终止']) {
      await request.getByText(text).first().waitFor();
    }
    expect(await page.locator('#content').innerText()).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    await isFine(visitor, 'desk-conflict-case-zh');
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
    await reviewer.page.getByText(/受理 · \S+ \(参保人\)/).waitFor();
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
