import { readFileSync } from 'node:fs';
import { CheckpointDesk } from '@provident/supervision';
import { isFine } from '../browser.js';
import { downloaded, type PortalOffice } from '../portal-office.js';

/** From alerts and checkpoints through a replay to the kit that is taken home. */
export function tellRegulator(of: () => PortalOffice): void {
  describe('the regulator', () => {
    it('checks in the browser that one checkpoint goes on from another', async () => {
      const desk = of().office.ledger.get(CheckpointDesk);
      await desk.sign('request');
      await of().moreEvents();
      await desk.sign('request');
      const visitor = await of().enter('supervisor');
      const { page } = visitor;
      await page.goto('/supervision?view=checkpoints');
      await page.getByRole('button', { name: '验证' }).click();
      await page.getByText(/^一致：前 .* 个事件原样保留/).waitFor();
      await isFine(visitor, 'regulator-checkpoints-zh');
    });

    it('starts a replay, watches it, and reads that every table is the same', async () => {
      const visitor = await of().enter('supervisor', { locale: 'en-GB' });
      const { page } = visitor;
      await page.goto('/supervision?view=replay');
      await page.getByText('Not started yet.').waitFor();
      await page.getByRole('button', { name: 'Start a replay' }).click();
      await page.getByRole('progressbar').waitFor();
      await isFine(visitor, 'regulator-replay-running-en');
      await page.getByText(/^All \d+ tables are the same/).waitFor({ timeout: 60_000 });
      await isFine(visitor, 'regulator-replay-en');
    });

    it('sees alerts, restatements, who read what and what was refused, on a phone too', async () => {
      const visitor = await of().enter('supervisor', { screen: 'phone' });
      const { page } = visitor;
      await page.goto('/supervision');
      await page.getByRole('combobox', { name: '监督检查' }).waitFor();
      await page
        .getByText(/没有预警|倒填/)
        .first()
        .waitFor();
      await isFine(visitor, 'regulator-alerts-phone-zh');
      await page.goto('/supervision?view=records');
      await page.getByText('被拒绝的请求').click();
      await page.getByText('/api/').or(page.getByText('没有被拒绝的请求。')).first().waitFor();
      await isFine(visitor, 'regulator-refusals-phone-zh');
      await page.goto('/supervision?view=restatements');
      await page.getByText('请选择先前的日期。').waitFor();
      await isFine(visitor, 'regulator-restatements-phone-zh');
    });

    it('takes the verifier and the books home', async () => {
      const visitor = await of().enter('supervisor', { locale: 'en-GB' });
      const { page } = visitor;
      await page.goto('/supervision?view=kit');
      const take = (what: string) =>
        downloaded(page, () => page.getByRole('button', { name: `Download ${what}` }).click());
      const verifier = await take('Verifier (verify.mjs)');
      expect(verifier.name).toBe('verify.mjs');
      expect(readFileSync(verifier.path, 'utf8')).toContain('export async function verifyConsistency');
      expect((await take('The books for hledger')).name).toBe('books.journal');
      await isFine(visitor, 'regulator-kit-en');
    });
  });
}
