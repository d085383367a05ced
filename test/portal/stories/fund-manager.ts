import ExcelJS from 'exceljs';
import { isFine } from '../browser.js';
import { downloaded, type PortalOffice } from '../portal-office.js';

/** From what is wrong first, through a statement's figure down to its voucher, to the workbook. */
export function tellFundManager(of: () => PortalOffice): void {
  describe('the fund manager', () => {
    it('sees first what is wrong, and goes from a figure of a statement down to its voucher', async () => {
      const visitor = await of().enter('fund-manager');
      const { page } = visitor;
      await page.goto('/funds?asOf=2025-01-31');
      await page.getByText('待查暂收款').first().waitFor();
      await page.getByText('企业职工基本养老保险基金').waitFor();
      await isFine(visitor, 'funds-overview-zh');
      await page.getByRole('link', { name: '查看报表 企业职工基本养老保险基金' }).press('Enter');
      await page.getByText('资产总计等于负债与净资产总计').waitFor();
      await isFine(visitor, 'funds-balance-sheet-zh');
      const assets = await page.getByRole('row', { name: /^资产总计/ }).innerText();
      const owned = await page.getByRole('row', { name: /^负债与净资产总计/ }).innerText();
      expect(assets.replace('资产总计', '')).toBe(owned.replace('负债与净资产总计', ''));
      await page.getByRole('tab', { name: '收支表（会社保02）' }).click();
      const income = page.getByRole('row', { name: /^社会保险费收入/ });
      await income.waitFor();
      await isFine(visitor, 'funds-income-zh');
      const figure = (await income.getByRole('link').first().innerText()).trim();
      await income.getByRole('link').first().click();
      await page.getByText(/共 .* 行/).waitFor();
      const rows = page.locator('.long-body [role=row][aria-busy=false]');
      await rows.first().waitFor();
      await isFine(visitor, 'funds-lines-zh');
      // The lines behind the figure come to the figure.
      await page.getByText(`贷方 ${figure}`).waitFor();
      await rows.first().focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: /^凭证 / }).waitFor();
      await page.getByText('收到保险费').waitFor();
      await isFine(visitor, 'funds-voucher-zh');
      expect(await page.getByRole('main').innerText()).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
    });

    it('draws a year, shows it as a table too, and exports what he sees', async () => {
      const visitor = await of().enter('fund-manager', { locale: 'en-GB' });
      const { page } = visitor;
      await page.goto('/funds/employee-medical?asOf=2025-01-31&view=chart');
      await page
        .getByRole('img', { name: /income, expenditure and balance/ })
        .locator('canvas')
        .waitFor();
      await isFine(visitor, 'funds-chart-en');
      await page.getByRole('button', { name: 'As a table' }).click();
      await page.getByRole('row', { name: /^Jan 2025/ }).waitFor();
      const [, income = ''] = (await page.getByRole('row', { name: /^Jan 2025/ }).innerText()).split('\t');
      const { name, path } = await downloaded(page, () => page.getByRole('button', { name: 'Export XLSX' }).click());
      expect(name).toBe("Employees' basic medical fund 2025-01-31.xlsx");
      const book = new ExcelJS.Workbook();
      await book.xlsx.readFile(path);
      const sheet = book.getWorksheet('会社保02');
      const column = (at: number) => sheet?.getColumn(at).values ?? [];
      const pooled = column(2)[column(1).indexOf('I. Income of the pooled fund')] as number;
      const personal = column(2)[column(1).indexOf('II. Income of the personal account fund')] as number;
      expect((pooled + personal).toLocaleString('en-US', { minimumFractionDigits: 2 })).toBe(income.trim());
    });
  });
}
