import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { DisableUser, Logins, SigningKeys } from '@provident/access';
import { CommandBus } from '@nestjs/cqrs';
import { LIMITS } from '@provident/access/limits';
import { PasswordHasher } from '@provident/access/sign-in/password-hasher';
import { pauseAfter } from '@provident/access/sign-in/pauses';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { type AccessApp, type Answer, ask, bySystem, openAccessApp, PASSWORD, register, signIn } from './access-app.js';

let desk: AccessApp;
beforeAll(async () => {
  const free = { burst: 100_000, perMinute: 100_000 };
  desk = await openAccessApp({ rates: { addresses: free, signIns: free, users: free } });
});
afterAll(() => desk.close());

let people = 0;
const someone = () => register(desk, `person.${(people += 1)}`);
const tryIn = (name: string, password: string): Promise<Answer> =>
  ask(desk, 'POST', '/api/access/sign-in', { body: { name, password } });
const change = (name: string, password: string, newPassword: string): Promise<Answer> =>
  ask(desk, 'POST', '/api/access/password', { body: { name, password, newPassword } });
const me = (token: string): Promise<Answer> => ask(desk, 'GET', '/api/access/me', { token });
const refresh = (refreshToken: string): Promise<Answer> =>
  ask(desk, 'POST', '/api/access/refresh', { body: { refreshToken } });
const code = ({ status, body }: Answer): string => `${status} ${String(body['type']).split(':').at(-1)}`;

describe('signing in with a local account', () => {
  it('gives a token that says who, and nothing that the user may do', async () => {
    const li = await someone();
    const { accessToken } = await signIn(desk, li);
    expect(await me(accessToken)).toMatchObject({ status: 200, body: { userId: li.userId, rights: [] } });
    const claims = decodeJwt(accessToken);
    expect(Object.keys(claims).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub']);
    expect(Number(claims.exp) - Number(claims.iat)).toBe(600);
    expect(decodeProtectedHeader(accessToken)).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt' });
  });

  it('does the same work and gives the same answer for a wrong password and for a name that nobody has', async () => {
    const li = await someone();
    const work = jest.spyOn(PasswordHasher.prototype, 'verify');
    const wrong = await tryIn(li.name, 'Wrong-horse-7-battery');
    const unknown = await tryIn('nobody.at.all', 'Wrong-horse-7-battery');
    expect(work.mock.calls.map(([stored]) => stored === undefined)).toEqual([false, true]);
    work.mockRestore();
    expect(unknown.body).toEqual(wrong.body);
    expect([code(wrong), code(unknown)]).toEqual(['401 sign-in-refused', '401 sign-in-refused']);
  });

  it('refuses a disabled user like an unknown one, and ends what he had open', async () => {
    const li = await someone();
    const { accessToken, refreshToken } = await signIn(desk, li);
    await desk.app.get(CommandBus, { strict: false }).execute(new DisableUser(li.userId, 'left', bySystem()));
    expect(code(await tryIn(li.name, PASSWORD))).toBe('401 sign-in-refused');
    expect(code(await me(accessToken))).toBe('401 not-signed-in');
    expect(code(await refresh(refreshToken))).toBe('401 session-over');
  });

  it('keeps no password and no token in clear', async () => {
    const li = await someone();
    const { refreshToken } = await signIn(desk, li);
    const { rows } = await desk.database.pool.query<{ text: string }>(
      `select (select string_agg(l::text, ' ') from vault.login l) || (select string_agg(r::text, ' ')
       from vault.refresh_token r) || coalesce((select string_agg(a::text, ' ') from vault.attempt a), '') as text`,
    );
    expect(rows[0]?.text).toContain('$argon2id$');
    expect(rows[0]?.text).not.toContain(PASSWORD);
    expect(rows[0]?.text).not.toContain(refreshToken);
  });
});

describe('failing again and again', () => {
  it('costs a growing pause', () => {
    const pauses = [1, 4, 5, 6, 7, 30].map(pauseAfter);
    expect(pauses).toEqual([0, 0, 30_000, 60_000, 120_000, LIMITS.longestPauseMs]);
  });

  it.each(['known', 'unknown'])(
    'pauses a %s name, for the right password as well, until the time is over',
    async (kind) => {
      const name = kind === 'known' ? (await someone()).name : `ghost.${randomUUID()}`;
      for (let tries = 0; tries < LIMITS.freeFailures; tries += 1) {
        expect(code(await tryIn(name, 'Wrong-horse-7-battery'))).toBe('401 sign-in-refused');
      }
      const paused = await tryIn(name, PASSWORD);
      expect(code(paused)).toBe('429 sign-in-paused');
      expect(paused.headers['retry-after']).toBe('30');
      desk.clock.forward(30_000);
      expect((await tryIn(name, PASSWORD)).status).toBe(kind === 'known' ? 200 : 401);
    },
  );

  it('counts tries at the same time as many', async () => {
    const li = await someone();
    const answers = await Promise.all(Array.from({ length: 12 }, () => tryIn(li.name, 'Wrong-horse-7-battery')));
    const refused = answers.filter((each) => code(each) === '401 sign-in-refused');
    expect(refused).toHaveLength(LIMITS.freeFailures);
  });

  it('is forgotten after a good sign-in', async () => {
    const li = await someone();
    for (let round = 0; round < 2; round += 1) {
      for (let tries = 1; tries < LIMITS.freeFailures; tries += 1) await tryIn(li.name, 'Wrong-horse-7-battery');
      await signIn(desk, li);
    }
  });
});

describe('passwords', () => {
  it('handed out by an operator are changed at the first sign-in and are void after a week', async () => {
    const li = await someone();
    const logins = desk.app.get(Logins, { strict: false });
    const temporary = await logins.temporaryPassword(li.userId);
    expect(code(await tryIn(li.name, PASSWORD))).toBe('401 sign-in-refused');
    expect(code(await tryIn(li.name, temporary))).toBe('403 password-change-required');
    const next = 'Another-horse-8-battery';
    expect((await change(li.name, temporary, next)).status).toBe(204);
    await signIn(desk, li, next);
    const again = await logins.temporaryPassword(li.userId);
    desk.clock.forward(LIMITS.temporaryPasswordMs);
    expect(code(await tryIn(li.name, again))).toBe('401 sign-in-refused');
  });

  it('are changed with the present one, which ends every session', async () => {
    const li = await someone();
    const { accessToken, refreshToken } = await signIn(desk, li);
    const next = 'Another-horse-8-battery';
    expect(code(await change(li.name, 'Wrong-horse-7-battery', next))).toBe('401 sign-in-refused');
    expect((await change(li.name, PASSWORD, next)).status).toBe(204);
    expect(code(await me(accessToken))).toBe('401 not-signed-in');
    expect(code(await refresh(refreshToken))).toBe('401 session-over');
    await signIn(desk, li, next);
  });

  it.each([
    ['Short-7', 'has 7 characters'],
    ['all-lower-case-letters', 'kinds of characters'],
    ['Password-2026-!!', 'common word'],
    ['aA1-aA1-aA1-aA1-', 'same few characters'],
    ['Person.1-is-my-Name-7', 'login name'],
  ])('like %s are refused: %s', async (weak, why) => {
    const li = await register(desk, `person.1${randomUUID().slice(0, 8)}`);
    const shown = weak.replace('Person.1', li.name);
    const answer = await change(li.name, PASSWORD, shown);
    expect(code(answer)).toBe('422 password-weak');
    expect(answer.body['title']).toContain(why);
    expect(JSON.stringify(answer.body)).not.toContain(shown);
  });

  it('are not used again', async () => {
    const li = await someone();
    expect(code(await change(li.name, PASSWORD, PASSWORD))).toBe('409 password-already-used');
    expect((await change(li.name, PASSWORD, 'Another-horse-8-battery')).status).toBe(204);
    expect(code(await change(li.name, 'Another-horse-8-battery', PASSWORD))).toBe('409 password-already-used');
  });

  it('must be changed when they are old', async () => {
    const li = await someone();
    desk.clock.forward(LIMITS.passwordAgeMs);
    expect(code(await tryIn(li.name, PASSWORD))).toBe('403 password-change-required');
  });
});

describe('a session', () => {
  it('goes on by refreshing, each token once', async () => {
    const li = await someone();
    const first = await signIn(desk, li);
    desk.clock.forward(LIMITS.accessTokenSeconds * 1_000 + 1_000);
    expect(code(await me(first.accessToken))).toBe('401 not-signed-in');
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(200);
    expect((await me(second.body['accessToken'] as string)).status).toBe(200);
  });

  it('ends for both holders when a refresh token comes twice', async () => {
    const first = await signIn(desk, await someone());
    const second = await refresh(first.refreshToken);
    expect(code(await refresh(first.refreshToken))).toBe('401 session-over');
    expect(code(await refresh(second.body['refreshToken'] as string))).toBe('401 session-over');
    expect(code(await me(second.body['accessToken'] as string))).toBe('401 not-signed-in');
  });

  it('is won by one of two that refresh at the same time', async () => {
    const { refreshToken } = await signIn(desk, await someone());
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  });

  it('ends by signing out, by idleness and by its age', async () => {
    const li = await someone();
    const out = await signIn(desk, li);
    expect((await ask(desk, 'POST', '/api/access/sign-out', { token: out.accessToken })).status).toBe(204);
    expect(code(await me(out.accessToken))).toBe('401 not-signed-in');
    expect(code(await refresh(out.refreshToken))).toBe('401 session-over');
    const idle = await signIn(desk, li);
    desk.clock.forward(LIMITS.refreshIdleMs);
    expect(code(await refresh(idle.refreshToken))).toBe('401 session-over');
    let { refreshToken } = await signIn(desk, li);
    for (let quarter = 1; quarter <= 3; quarter += 1) {
      desk.clock.forward(LIMITS.sessionMs / 4);
      refreshToken = (await refresh(refreshToken)).body['refreshToken'] as string;
    }
    desk.clock.forward(LIMITS.sessionMs / 4);
    expect(code(await refresh(refreshToken))).toBe('401 session-over');
  });
});

describe('access tokens that are not ours', () => {
  const other = generateKeyPairSync('ed25519').privateKey;
  const forged = async (
    token: string,
    changes: { header?: object; claims?: object; key?: 'ours' | 'another' } = {},
  ): Promise<string> => {
    const { privateKey } = await desk.app.get(SigningKeys, { strict: false }).signing();
    const header = { ...decodeProtectedHeader(token), ...changes.header } as { alg: string };
    const claims = { ...decodeJwt(token), ...changes.claims };
    return new SignJWT(claims).setProtectedHeader(header).sign(changes.key === 'another' ? other : privateKey);
  };
  const unsigned = (token: string, alg: string): string => {
    const header = Buffer.from(JSON.stringify({ ...decodeProtectedHeader(token), alg })).toString('base64url');
    return `${header}.${token.split('.')[1] ?? ''}.`;
  };

  it('are refused: forged, altered, unsigned, for another audience, of another kind', async () => {
    const { accessToken } = await signIn(desk, await someone());
    expect((await me(await forged(accessToken))).status).toBe(200);
    const [head = '', body = '', signature = ''] = accessToken.split('.');
    const altered = Buffer.from(JSON.stringify({ ...decodeJwt(accessToken), sub: randomUUID() })).toString('base64url');
    const bad = {
      'signed by another': await forged(accessToken, { key: 'another' }),
      'of an unknown key': await forged(accessToken, { header: { kid: randomUUID() } }),
      'without a key': await forged(accessToken, { header: { kid: undefined } }),
      'for another area': await forged(accessToken, { claims: { aud: 'provident:320000' } }),
      'of another issuer': await forged(accessToken, { claims: { iss: 'somebody' } }),
      'of another kind': await forged(accessToken, { header: { typ: 'JWT' } }),
      'without an end': await forged(accessToken, { claims: { exp: undefined } }),
      'of another session': await forged(accessToken, { claims: { sid: randomUUID() } }),
      'of a session of somebody else': await forged(accessToken, { claims: { sub: randomUUID() } }),
      'alg none': unsigned(accessToken, 'none'),
      'alg HS256': unsigned(accessToken, 'HS256'),
      'altered claims': `${head}.${altered}.${signature}`,
      'no signature': `${head}.${body}.`,
      'no token': 'x',
    };
    for (const [what, token] of Object.entries(bad))
      expect([what, code(await me(token))]).toEqual([what, '401 not-signed-in']);
  });

  it('are refused when they come by another way than the header', async () => {
    const { accessToken } = await signIn(desk, await someone());
    for (const headers of [{ authorization: accessToken }, { authorization: `Basic ${accessToken}` }, {}]) {
      const answer = await ask(desk, 'GET', `/api/access/me?access_token=${accessToken}`, { headers });
      expect(code(answer)).toBe('401 not-signed-in');
      expect(answer.headers['www-authenticate']).toContain('Bearer');
    }
  });

  it('expire with their key, and outlive a rotation', async () => {
    const li = await someone();
    const keys = desk.app.get(SigningKeys, { strict: false });
    const { accessToken } = await signIn(desk, li);
    await keys.rotate();
    const rotated = await signIn(desk, li);
    expect(decodeProtectedHeader(rotated.accessToken).kid).not.toBe(decodeProtectedHeader(accessToken).kid);
    expect((await me(accessToken)).status).toBe(200);
    const published = await ask(desk, 'GET', '/api/access/keys');
    expect(JSON.stringify(published.body)).toContain(String(decodeProtectedHeader(accessToken).kid));
    expect(JSON.stringify(published.body)).not.toContain('"d"');
    await keys.revokeAll();
    expect(code(await me(rotated.accessToken))).toBe('401 not-signed-in');
    expect((await me((await signIn(desk, li)).accessToken)).status).toBe(200);
  });
});
