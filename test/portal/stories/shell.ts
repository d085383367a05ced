import { isFine } from '../browser.js';
import type { PortalOffice } from '../portal-office.js';

/** Signing in and out, the menu by role, both languages, and what is refused. */
export function tellShell(of: () => PortalOffice): void {
  describe('the shell', () => {
    it('lets nobody in with a wrong password, and says so in both languages', async () => {
      const visitor = await of().browser.visitor(of().url);
      const { page } = visitor;
      await page.goto('/funds');
      await page.getByLabel('用户名').fill(of().account('fund-manager').name);
      await page.getByLabel('密码').fill('not the password');
      await page.keyboard.press('Enter');
      await page.getByText('用户名或密码不正确，或者该账户不能登录。').waitFor();
      await isFine(visitor, 'sign-in-refused-zh');
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByText('The name or the password is wrong, or the account may not sign in.').waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      await isFine(visitor, 'sign-in-refused-en');
    });

    it('keeps a session over reloads, shows rooms by role, refuses others, and ends with signing out', async () => {
      const visitor = await of().enter('fund-manager');
      const { page } = visitor;
      const cookies = await page.context().cookies();
      expect(cookies).toMatchObject([
        { name: 'provident-refresh', httpOnly: true, sameSite: 'Strict', path: '/api/access' },
      ]);
      expect(await page.evaluate<string>('JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toContain(
        'token',
      );
      // Twice in a row, as an impatient reader does: the second while the answer to the first's renewal is on its way.
      const renewal = page.waitForRequest('**/api/access/refresh');
      await page.reload({ waitUntil: 'commit' });
      await renewal;
      await page.reload();
      await page.getByRole('menuitem', { name: '基金管理' }).waitFor();
      expect(await page.getByRole('menuitem').count()).toBe(1);
      await page.goto('/supervision');
      await page.getByRole('heading', { name: '没有权限' }).waitFor();
      await isFine(visitor, 'forbidden-zh');
      await page.goto('/nowhere');
      await page.getByRole('heading', { name: '没有找到' }).waitFor();
      await page.getByRole('button', { name: /^账户/ }).click();
      await page.getByRole('menuitem', { name: '退出登录' }).click();
      await page.getByText('您已退出登录。').waitFor();
      await page.reload();
      await page.getByLabel('用户名').waitFor();
    });

    it('serves the page with a strict policy, its files for ever, and no page for an interface that is not there', async () => {
      const page = await fetch(`${of().url}/funds`);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/script-src 'self'; style-src 'self' 'nonce-[A-Za-z0-9+/]{22}=='/);
      expect(policy).not.toContain('unsafe');
      const text = await page.text();
      expect(text).not.toContain('__CSP_NONCE__');
      const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(text) ?? [];
      const file = await fetch(of().url + script, { headers: { 'accept-encoding': 'gzip' } });
      expect(file.headers.get('cache-control')).toContain('immutable');
      expect(file.headers.get('content-encoding')).toBe('gzip');
      expect((await fetch(`${of().url}/api/nothing`)).status).toBe(404);
      expect((await fetch(`${of().url}/assets/..%2f..%2fpackage.json`)).headers.get('content-type')).toContain(
        'text/html',
      );
    });
  });
}
