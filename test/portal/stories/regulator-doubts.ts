import { businessDate } from '@provident/kernel';
import { READ_DATABASE, type ReadDatabase } from '@provident/projections';
import {
  CheckpointDesk,
  CheckpointReader,
  newWitnessKey,
  ProofDesk,
  readWitnessRequest,
  signAsWitness,
} from '@provident/supervision';
import { isFine } from '../browser.js';
import type { PortalOffice } from '../portal-office.js';

/** What a regulator is there for: a figure that no event made, and a witness who does not take the agency's word. */
export function tellRegulatorDoubts(of: () => PortalOffice): void {
  describe('the regulator who doubts', () => {
    it('reads which figure was altered beside the log, and what it should be', async () => {
      const { pool } = of().office.ledger.app.get<ReadDatabase>(READ_DATABASE, { strict: false });
      const { rows } = await pool.query<{ person_id: string; balance: string }>(
        `update account_balance set principal_fen = principal_fen + 12345
         where person_id = (select person_id from account_balance order by person_id limit 1)
         returning person_id::text, (principal_fen - 12345)::text as balance`,
      );
      const [{ person_id: person, balance } = { person_id: '', balance: '' }] = rows;
      const visitor = await of().enter('supervisor');
      const { page } = visitor;
      await page.goto('/supervision?view=replay');
      await page.getByRole('button', { name: '开始重放' }).click();
      await page.getByText('1 张表有差异').waitFor({ timeout: 60_000 });
      await page
        .getByRole('row', { name: /account_balance/ })
        .getByRole('button')
        .click();
      await page.getByText('数值不同').waitFor();
      await page.getByText(`principal_fen: 现行 ${BigInt(balance) + 12_345n} · 重算 ${balance}`).waitFor();
      await isFine(visitor, 'regulator-replay-differs-zh');
      await pool.query('update account_balance set principal_fen = principal_fen - 12345 where person_id = $1', [
        person,
      ]);
    });

    it('sees which checkpoint a witness has signed, and checks his signature in the browser', async () => {
      const { ledger } = of().office;
      const desk = ledger.get(CheckpointDesk);
      const key = newWitnessKey('audit.example.cn/w1');
      const context = (step: string) => ledger.context('system:test', businessDate('2026-01-15'), 'witness', step);
      await desk.admitWitness(key.publicKey.text, '示例审计机构', context('admit'));
      const logKeys = (await ledger.get(CheckpointReader).signingKeys()).map((each) => each.key);
      const looks = (text: string, seen = {}) =>
        signAsWitness(readWitnessRequest(text), { key: key.text, logKeys, seen, seconds: 1_767_196_800 });
      const first = await desk.sign('request');
      const seen = looks(first.note);
      await desk.cosign(first.size, seen.line, context('cosign'));
      await of().moreEvents();
      const second = await desk.sign('request');
      const { text } = await ledger.get(ProofDesk).consistency(first.size, second.size);
      await desk.cosign(second.size, looks(text, seen.seen).line, context('cosign again'));
      await of().office.head();

      const visitor = await of().enter('supervisor', { locale: 'en-GB' });
      const { page } = visitor;
      await page.goto('/supervision?view=checkpoints');
      const newest = page.getByRole('row').filter({ hasText: second.size.toLocaleString('en-US') });
      expect((await newest.getByRole('cell').nth(3).innerText()).trim()).toBe('1');
      await page.getByRole('cell', { name: '示例审计机构' }).waitFor();
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await page.getByText(/^Consistent: the first/).waitFor();
      await page.getByText('The newer one is cosigned by 示例审计机构').waitFor();
      await isFine(visitor, 'regulator-witness-en');
    });
  });
}
