import { isFine } from '../browser.js';
import type { PortalOffice } from '../portal-office.js';

/** Signing in where one has signed in already. */
export function tellProvider(of: () => PortalOffice): void {
  describe('an identity provider', () => {
    it('lets in who signs in at the identity provider, by a session like any other, and nobody who is unknown there', async () => {
      const { url } = of();
      const account = (role: 'fund-manager' | 'operator') => of().account(role);
      await linkAtProvider({ url, account }, 'fund-manager', 'manager-at-provider');
      const visitor = await of().browser.visitor(of().url, { locale: 'en-GB' });
      const { page } = visitor;
      of().provider.subject = 'somebody-else';
      await page.goto('/funds');
      await isFine(visitor, 'sign-in-provider-en');
      await page.getByRole('link', { name: 'Sign in at the identity provider' }).click();
      await page.getByText('The identity provider did not name anybody who may sign in here.').waitFor();
      await isFine(visitor, 'sign-in-provider-refused-en');
      of().provider.subject = 'manager-at-provider';
      await page.getByRole('link', { name: 'Sign in at the identity provider' }).click();
      await page.getByRole('menuitem', { name: 'Funds' }).waitFor();
      await page.waitForURL('**/funds');
      await page.reload();
      await page.getByRole('menuitem', { name: 'Funds' }).waitFor();
      await page.getByRole('button', { name: /^Account/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByText('You have signed out.').waitFor();
      await page.reload();
      await page.getByLabel('Name').waitFor();
    });
  });
}

/** Has the operator link an account with a subject of the provider. */
async function linkAtProvider(
  { url, account }: { url: string; account: (role: 'fund-manager' | 'operator') => { name: string; password: string } },
  role: 'fund-manager',
  subject: string,
): Promise<void> {
  const ask = async (path: string, token?: string, body?: object): Promise<Record<string, string>> => {
    const answer = await fetch(`${url}/api/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(answer.ok).toBe(true);
    return JSON.parse((await answer.text()) || '{}') as Record<string, string>;
  };
  const signIn = async (who: typeof role | 'operator'): Promise<string | undefined> => {
    const { name, password } = account(who);
    return (await ask('access/sign-in', undefined, { name, password }))['accessToken'];
  };
  const { userId } = await ask('access/me', await signIn(role));
  await ask(`users/${userId ?? ''}/provider-login`, await signIn('operator'), { subject });
}
