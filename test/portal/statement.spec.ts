import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { businessDate, month } from '@provident/kernel';
import type { NamedStatement } from '@provident/statements';
import { codeOf } from '@provident/statements/pdf/statement-document';
import { CheckpointDesk } from '@provident/supervision';
import type { Page } from 'playwright-core';
import type { Highlight, StoryStep } from '../../deploy/sample/story.js';
import { sampleStory } from '../support/sample-story.js';
import { isFine } from './browser.js';
import { downloaded, PortalOffice } from './portal-office.js';

const MONTHS = 2;
let portal: PortalOffice;
beforeAll(async () => (portal = await PortalOffice.open(MONTHS, [correction()])), 300_000);
afterAll(() => portal.close());

/** January turns out to be somebody else's, who joined in February only: a correction in red for the statement to show. */
function correction(): StoryStep {
  const { highlights } = sampleStory(MONTHS);
  const found = (what: Highlight['what']): string => highlights.find((each) => each.what === what)?.person ?? '';
  return {
    ...{ do: 'correct-credit', on: businessDate('2025-04-09'), month: month('2025-01') },
    ...{ wrong: found('wrong-credit'), right: found('joiner'), reason: '单位申报有误，按复核结果更正' },
  };
}

const figureOf = async (page: Page, name: string): Promise<string> =>
  (await page.locator(`[data-figure="${name}"]`).first().innerText()).trim();

describe('the insured person', () => {
  it('reads the year on one page, asks why a figure is what it is, and takes the page home', async () => {
    const visitor = await portal.enter('insured-person');
    const { page } = visitor;
    await page.getByRole('heading', { name: '个人权益记录单' }).waitFor();
    await page.getByText('更正（红字冲正）').waitFor();
    await isFine(visitor, 'statement-record-zh');
    const base = page.locator('[data-figure$=".base"]').first();
    const shown = (await base.innerText()).trim();
    await base.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `为什么是 ${shown}？` }).waitFor();
    await page.getByText('单位申报了职工工资').waitFor();
    await isFine(visitor, 'statement-why-zh');
    await page.keyboard.press('Escape');
    const own = await figureOf(page, 'year.employee');
    const { name, path } = await downloaded(page, () => page.getByRole('button', { name: '下载 PDF' }).click());
    expect(name).toBe('statement-2025.pdf');
    const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
    expect(text).toContain('社会保险个人权益记录单');
    expect(text).toContain(own);
    expect(await page.locator('#content').innerText()).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it('has every figure explained', async () => {
    const { page } = await portal.enter('insured-person', { locale: 'en-GB' });
    await page.getByRole('heading', { name: 'Statement of rights' }).waitFor();
    const names = await page
      .locator('[data-figure]')
      .evaluateAll((all) => [...new Set(all.map((each) => each.getAttribute('data-figure') ?? ''))]);
    // One of every kind: months, and schemes, are alike.
    const kinds = new Map(names.map((figure) => [figure.replace(/^(month|correction)\.[^.]+/, '$1'), figure]));
    const asked = [...kinds].filter(([kind]) => !/medical|unemployment|work-injury/.test(kind));
    expect(asked.length).toBeGreaterThan(10);
    for (const [, figure] of asked) {
      const text = await figureOf(page, figure);
      await page.locator(`[data-figure="${figure}"]`).first().click();
      const drawer = page.getByRole('dialog');
      await drawer.getByRole('heading', { name: /^Why is it / }).waitFor();
      expect(await drawer.getByRole('heading', { name: /^Why is it / }).innerText()).toBe(`Why is it ${text}?`);
      if (figure.startsWith('correction.')) expect(await drawer.innerText()).toContain('was taken back in red');
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'hidden' });
    }
  });

  it('verifies the proofs in the browser, which refuses what was tampered with', async () => {
    const visitor = await portal.enter('insured-person', { locale: 'en-GB' });
    const { page } = visitor;
    await portal.office.head();
    await portal.office.ledger.get(CheckpointDesk).sign('request');
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByRole('button', { name: 'Verify this statement' }).click();
    await page.getByText('Proven', { exact: true }).waitFor();
    await isFine(visitor, 'statement-verified-en');
    const { path } = await downloaded(page, () => page.getByRole('button', { name: 'Keep the proof' }).click());
    const proof = readFileSync(path, 'utf8');
    const verify = async (name: string, text: string): Promise<void> => {
      const file = `${path}-${name}.json`;
      writeFileSync(file, text);
      await page.locator('input[type=file]').setInputFiles(file);
    };
    await verify('same', proof);
    await page.getByText('Proven', { exact: true }).waitFor();
    // The proof that lies inside the printed statement is as good.
    const printed = await downloaded(page, async () => {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Download PDF' }).click();
    });
    execFileSync('pdfdetach', ['-savefile', 'statement-2025.proof.json', '-o', `${path}-inside`, printed.path]);
    await page.getByRole('button', { name: 'Verify' }).click();
    await verify('inside', readFileSync(`${path}-inside`, 'utf8'));
    await page.getByText('Proven', { exact: true }).waitFor();
    const account = await figureOf(page, 'account.closing');
    const raised = proof.replaceAll(`"closing":"${account.replaceAll(',', '')}"`, '"closing":"99999.99"');
    expect(raised).not.toBe(proof);
    await verify('raised', raised);
    await page.getByText('Not proven').waitFor();
    await isFine(visitor, 'statement-tampered-en');
    await verify('record', proof.replace('ContributionCredited', 'ContributionDoubled '));
    await page.getByText(/The record is not in the tree/).waitFor();
    await verify('nothing', '<html>');
    await page.getByText('Not proven').waitFor();
  });

  it('hands the page to somebody without an account, who checks it where its code leads', async () => {
    const own = await portal.enter('insured-person');
    const { path } = await downloaded(own.page, () => own.page.getByRole('button', { name: '下载 PDF' }).click());
    for (const name of ['statement-2025.json', 'statement-2025.proof.json']) {
      execFileSync('pdfdetach', ['-savefile', name, '-o', `${path}-${name}`, path]);
    }
    const statement = JSON.parse(readFileSync(`${path}-statement-2025.json`, 'utf8')) as NamedStatement;
    const code = codeOf(statement, portal.url);
    const stranger = await portal.browser.visitor(portal.url, { locale: 'en-GB' });
    const { page } = stranger;
    const choose = async (name: string, bytes: Buffer): Promise<void> => {
      writeFileSync(`${path}-${name}`, bytes);
      await page.locator('input[type=file]').setInputFiles(`${path}-${name}`);
    };
    await page.goto(code);
    await page.getByText('the record of 2025, area 310000').waitFor();
    await page.getByText(statement.digest).waitFor();
    await choose('printed.pdf', readFileSync(path));
    await page.getByText('Genuine: it is what the ledger holds, and the one that the code names').waitFor();
    await page.getByText(statement.account.closing.replace(/\B(?=(\d{3})+\.)/g, ',')).waitFor();
    await isFine(stranger, 'verify-genuine-en');

    const proof = readFileSync(`${path}-statement-2025.proof.json`, 'utf8');
    await choose('proof.json', Buffer.from(proof));
    await page.getByText('Genuine: it is what the ledger holds, and the one that the code names').waitFor();
    await choose('raised.json', Buffer.from(proof.replaceAll(`"${statement.account.closing}"`, '"99999.99"')));
    await page.getByText('Not genuine: it was altered').waitFor();
    await isFine(stranger, 'verify-altered-en');
    // What the log does not prove is held by the digest alone: an employer's name.
    const [employer = ''] = Object.values(statement.employers);
    await choose('renamed.json', Buffer.from(proof.replaceAll(employer, '别的单位')));
    await page.getByText('Not genuine: it was altered').waitFor();
    await choose('bare.pdf', Buffer.from('%PDF-1.4\n%%EOF'));
    await page.getByText('Nothing can be said: the file holds no proofs').waitFor();

    await page.goto(code.replace(':2025:', ':2024:').replace(statement.digest, 'ab'.repeat(32)));
    await choose('other.pdf', readFileSync(path));
    await page.getByText('Another document: the code is of 2024, the file of 2025').waitFor();
    await page.goto(code.replace(statement.digest, 'ab'.repeat(32)));
    await choose('somebody.pdf', readFileSync(path));
    await page.getByText('Another document: another record of 2025').waitFor();
    await isFine(stranger, 'verify-other-en');
    const phone = await portal.browser.visitor(portal.url, { screen: 'phone' });
    await phone.page.goto('/verify');
    await phone.page.getByText('未通过二维码打开').waitFor();
    await isFine(phone, 'verify-phone-zh');
  });

  it('objects to a figure and follows the case, whatever the text looks like', async () => {
    const visitor = await portal.enter('insured-person');
    const { page } = visitor;
    await page.locator('[data-figure$=".base"]').first().click();
    await page.getByRole('button', { name: '提出异议' }).click();
    const reason = '<img src=x onerror="document.title=1">=HYPERLINK("http://x") 工资申报偏低';
    await page.getByLabel('您认为应为').fill('12000.00');
    await page.getByLabel('理由').fill(reason);
    await isFine(visitor, 'statement-dispute-zh');
    await page.getByRole('button', { name: /提\s*交/ }).click();
    await page.getByText('已受理').waitFor();
    await portal.office.head();
    await page.goto('/statement/cases');
    await page.getByRole('rowheader', { name: '个人权益记录异议' }).waitFor();
    await page.getByText('待复核').waitFor();
    await page.getByText('剩余 15 个工作日').waitFor();
    await isFine(visitor, 'statement-cases-zh');
    expect(await page.title()).not.toBe('1');
  });

  it('calculates when to retire and about how much, on a phone', async () => {
    const visitor = await portal.enter('insured-person', { locale: 'en-GB', screen: 'phone' });
    const { page } = visitor;
    await page.getByRole('heading', { name: 'Statement of rights' }).waitFor();
    await page.locator('.month-card summary').first().click();
    await isFine(visitor, 'statement-record-phone-en');
    const overflow = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(overflow).toBe(false);
    const base = await figureOf(page, 'month.2025-02.base');
    await page.goto('/statement/calculators');
    const [retirement, pension] = [page.locator('.ant-card').first(), page.locator('.ant-card').nth(1)];
    // The index is that of the record: the months' bases over the average wage of 12,307 yuan.
    const index = await pension.getByLabel('Average contribution index').inputValue();
    expect(index).toBe((Number(base.replaceAll(',', '')) / 12_307).toFixed(4));
    await pension.getByText('of the 1 months on record from Feb 2025').waitFor();
    // The number says that she is a woman; which of the two ages was hers before, she says.
    await pension.getByRole('button', { name: 'Calculate' }).click();
    await pension.getByText('Please choose the group').last().waitFor();
    for (const card of [retirement, pension]) await card.getByLabel('Group').selectOption('female-50');
    await pension.getByRole('button', { name: 'Calculate' }).click();
    await pension.getByText('Each month', { exact: true }).waitFor();
    await retirement.getByRole('button', { name: 'Calculate' }).click();
    await retirement.getByText('Retirement month', { exact: true }).waitFor();
    await pension.getByText('How it is reckoned').click();
    await pension
      .getByText(/国发〔2005〕38号/)
      .first()
      .waitFor();
    await isFine(visitor, 'statement-calculators-phone-en');
  });
});
