import { ImportReceipts } from '@provident/collection';
import { businessDate } from '@provident/kernel';
import { receiptsCsv } from '../../support/invented.js';
import { isFine } from '../browser.js';
import type { PortalOffice } from '../portal-office.js';

/** What waits to be looked after and what strangers typed. */
export function tellFundLists(of: () => PortalOffice): void {
  describe('the lists of the fund manager', () => {
    it('opens arrears, gaps and unidentified receipts in English and on a phone', async () => {
      const visitor = await of().enter('fund-manager', { locale: 'en-GB', screen: 'phone' });
      const { page } = visitor;
      await page.goto('/funds?asOf=2025-01-31');
      await page.getByRole('link', { name: 'Look Arrears' }).waitFor();
      await isFine(visitor, 'funds-overview-phone-en');
      await page.getByRole('link', { name: 'Look Arrears' }).click();
      await page.getByRole('heading', { name: 'Arrears' }).waitFor();
      await page.getByText('Nothing is owed.').waitFor();
      await isFine(visitor, 'funds-arrears-phone-en');
      await page.goto('/funds/receipts?asOf=2025-12-31');
      await page.getByRole('heading', { name: 'Unidentified receipts' }).waitFor();
      await isFine(visitor, 'funds-receipts-phone-en');
      await page.goto('/funds/gaps');
      await page.getByText('Control account').waitFor();
      await isFine(visitor, 'funds-gaps-phone-en');
    });

    it('shows what strangers typed as text', async () => {
      const { ledger } = of().office;
      const row = [
        'XSS-1',
        '2025-01-20',
        '失业',
        '12.34',
        '<img src=x onerror=alert(1)>',
        '',
        '<script>alert(2)</script>',
      ];
      const context = ledger.context('system:test', businessDate('2025-01-20'), 'xss');
      await ledger.commands.execute(new ImportReceipts(receiptsCsv([row]), {}, context));
      await of().office.head();
      const visitor = await of().enter('fund-manager');
      const { page } = visitor;
      const dialogs: string[] = [];
      page.on('dialog', (dialog) => {
        dialogs.push(dialog.message());
        void dialog.dismiss();
      });
      await page.goto('/funds/receipts');
      await page.getByText('<img src=x onerror=alert(1)>', { exact: true }).waitFor();
      await page.getByText('<script>alert(2)</script>', { exact: true }).waitFor();
      await isFine(visitor, 'funds-receipts-typed-zh');
      expect(dialogs).toEqual([]);
    });
  });
}
