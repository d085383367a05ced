import { LIMITS } from '@provident/access/limits';
import { type AccessApp, type Answer, ask, openAccessApp, PASSWORD, register, type Someone } from './access-app.js';

/* A session of a browser: its refresh token travels in a cookie that scripts cannot read. */

let desk: AccessApp;
let li: Someone;
beforeAll(async () => {
  desk = await openAccessApp();
  li = await register(desk, 'li.wei');
});
afterAll(() => desk.close());

const cookieOf = ({ headers }: Answer): string => String(headers['set-cookie']);
const held = (answer: Answer): string => cookieOf(answer).split(';')[0] ?? '';
const enter = (headers: Record<string, string> = {}): Promise<Answer> =>
  ask(desk, 'POST', '/api/access/sign-in', { body: { name: li.name, password: PASSWORD, browser: true }, headers });
const renew = (cookie: string): Promise<Answer> =>
  ask(desk, 'POST', '/api/access/refresh', { body: {}, headers: { cookie } });

it('gets its refresh token in a cookie of its own and nowhere else', async () => {
  const entered = await enter({ host: 'portal.example.cn' });
  expect(entered).toMatchObject({ status: 200, body: { accessToken: expect.any(String) } });
  expect(entered.body).not.toHaveProperty('refreshToken');
  expect(cookieOf(entered)).toMatch(
    /^provident-refresh=[\w-]{43}; Path=\/api\/access; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/,
  );
  // On this machine there is no TLS to ask for.
  expect(cookieOf(await enter({ host: '127.0.0.1:3000' }))).not.toContain('Secure');
});

it('goes on by the cookie, also when an answer was lost; later a used one ends it', async () => {
  const entered = await enter();
  const renewed = await renew(held(entered));
  expect(renewed.status).toBe(200);
  const again = await renew(held(entered));
  expect(again.status).toBe(200);
  desk.clock.forward(LIMITS.renewalGraceMs);
  expect((await renew(held(entered))).status).toBe(401);
  // The one who copied it and the one who owns it both sign in again.
  expect((await renew(held(again))).status).toBe(401);
});

it('ends with signing out, which takes the cookie away', async () => {
  const entered = await enter();
  const out = await ask(desk, 'POST', '/api/access/sign-out', { token: String(entered.body['accessToken']) });
  expect(cookieOf(out)).toMatch(/^provident-refresh=; .*Max-Age=0/);
  expect((await renew(held(entered))).status).toBe(401);
  expect((await renew('provident-refresh=')).status).toBe(401);
});

it('is told who it is, by name, and how else one can sign in', async () => {
  const { body } = await enter();
  expect(await ask(desk, 'GET', '/api/access/me', { token: String(body['accessToken']) })).toMatchObject({
    body: { userId: li.userId, loginName: 'li.wei', rights: [] },
  });
  expect(await ask(desk, 'GET', '/api/access/ways')).toMatchObject({ status: 200, body: { provider: false } });
});
