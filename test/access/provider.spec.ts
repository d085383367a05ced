import { LIMITS } from '@provident/access/limits';
import {
  type AccessApp,
  type Answer,
  ask,
  grant,
  openAccessApp,
  register,
  signIn,
  type Someone,
} from './access-app.js';
import { IdentityProvider, type Mischief } from './identity-provider.js';

const REDIRECT = 'http://127.0.0.1/api/access/provider/callback';

let provider: IdentityProvider;
let desk: AccessApp;
let li: Someone;
beforeAll(async () => {
  provider = await IdentityProvider.start();
  const { issuer, clientId, clientSecret } = provider;
  const free = { burst: 100_000, perMinute: 100_000 };
  desk = await openAccessApp({
    provider: { issuer, clientId, clientSecret, redirectUri: REDIRECT },
    rates: { addresses: free, signIns: free, users: free },
  });
  const operator = await register(desk, 'the.operator');
  await grant(desk, operator, 'operator', { kind: 'all' });
  li = await register(desk, 'li.wei');
  const { accessToken: token } = await signIn(desk, operator);
  const link = (who: Someone) =>
    ask(desk, 'POST', `/api/users/${who.userId}/provider-login`, { token, body: { subject: 'subject-1' } });
  expect((await link(li)).status).toBe(201);
  expect((await link(li)).status).toBe(201);
  expect((await link(operator)).body['type']).toBe('urn:provident:problem:provider-subject-already-linked');
});
afterAll(async () => {
  await desk.close();
  await provider.stop();
});
beforeEach(() => {
  provider.mischief = {};
  provider.subject = 'subject-1';
});

interface Flow {
  readonly authorization: URL;
  readonly cookie: string;
}

async function begin(): Promise<Flow> {
  const { status, headers } = await ask(desk, 'GET', '/api/access/provider');
  expect(status).toBe(302);
  const cookie = String(headers['set-cookie']);
  expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
  return { authorization: new URL(String(headers['location'])), cookie: cookie.split(';')[0] ?? '' };
}

/** What the provider sends the browser back with. */
async function atProvider({ authorization }: Flow): Promise<URLSearchParams> {
  const answer = await fetch(authorization, { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '').searchParams;
}

const finish = (query: URLSearchParams, cookie: string): Promise<Answer> =>
  ask(desk, 'GET', `/api/access/provider/callback?${query.toString()}`, { headers: { cookie } });

async function wholeFlow(): Promise<Answer> {
  const flow = await begin();
  return finish(await atProvider(flow), flow.cookie);
}

const REFUSED = { status: 401, body: { type: 'urn:provident:problem:sign-in-refused' } };

describe('signing in at an OpenID Connect provider', () => {
  it('lets in the user to whom the subject is linked, as a session of ours', async () => {
    const { status, body } = await wholeFlow();
    expect(status).toBe(200);
    const me = await ask(desk, 'GET', '/api/access/me', { token: body['accessToken'] as string });
    expect(me.body).toMatchObject({ userId: li.userId });
    const refreshToken = body['refreshToken'] as string;
    expect((await ask(desk, 'POST', '/api/access/refresh', { body: { refreshToken } })).status).toBe(200);
  });

  it('asks with PKCE, state and nonce, each new for every sign-in', async () => {
    const [one, other] = [await begin(), await begin()];
    const asked = one.authorization.searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      ...{ response_type: 'code', client_id: 'provident', redirect_uri: REDIRECT, scope: 'openid' },
      code_challenge_method: 'S256',
    });
    for (const each of ['state', 'nonce', 'code_challenge']) {
      expect(asked.get(each)).toMatch(/^[\w-]{40,}$/);
      expect(asked.get(each)).not.toBe(other.authorization.searchParams.get(each));
    }
  });

  it('reads the keys of the provider once', async () => {
    await wholeFlow();
    const before = provider.keySetRequests;
    expect((await wholeFlow()).status).toBe(200);
    expect(provider.keySetRequests).toBe(before);
  });

  it('refuses a subject whom nobody has linked', async () => {
    provider.subject = 'subject-of-nobody';
    expect(await wholeFlow()).toMatchObject(REFUSED);
  });

  const now = Math.floor(Date.now() / 1_000);
  it.each<[string, Mischief]>([
    ['signed by another key', { otherKey: true }],
    ['not signed', { unsigned: true }],
    ['of an unknown key', { header: { kid: 'k2' } }],
    ['for another client', { claims: { aud: 'somebody-else' } }],
    ['for several clients', { claims: { aud: ['provident', 'somebody-else'], azp: 'somebody-else' } }],
    ['of another issuer', { claims: { iss: 'http://127.0.0.1:1' } }],
    ['that has expired', { claims: { exp: now - 3_600 } }],
    ['of another sign-in', { claims: { nonce: 'another' } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['without a subject', { claims: { sub: undefined } }],
  ])('refuses an identity token %s', async (_, mischief) => {
    provider.mischief = mischief;
    expect(await wholeFlow()).toMatchObject(REFUSED);
  });
});

describe('the way back from the provider', () => {
  it('is gone once', async () => {
    const flow = await begin();
    const query = await atProvider(flow);
    expect((await finish(query, flow.cookie)).status).toBe(200);
    expect(await finish(query, flow.cookie)).toMatchObject(REFUSED);
  });

  it('is refused in another browser, with another state, without a code, and too late', async () => {
    const [mine, theirs] = [await begin(), await begin()];
    const query = await atProvider(mine);
    expect(await finish(query, theirs.cookie)).toMatchObject(REFUSED);
    expect(await finish(query, '')).toMatchObject(REFUSED);
    const mixed = new URLSearchParams({
      code: query.get('code') ?? '',
      state: (await atProvider(theirs)).get('state') ?? '',
    });
    expect(await finish(mixed, theirs.cookie)).toMatchObject(REFUSED);
    expect(await finish(new URLSearchParams({ code: 'x' }), mine.cookie)).toMatchObject(REFUSED);
    const denied = await begin();
    const state = denied.authorization.searchParams.get('state') ?? '';
    expect(await finish(new URLSearchParams({ error: 'access_denied', state }), denied.cookie)).toMatchObject(REFUSED);
    const late = await begin();
    const lateQuery = await atProvider(late);
    desk.clock.forward(LIMITS.providerFlowMs);
    expect(await finish(lateQuery, late.cookie)).toMatchObject(REFUSED);
  });
});

describe('a provider that is away', () => {
  it('is said to be, and found when it is back', async () => {
    const away = await IdentityProvider.start();
    const { issuer, clientId, clientSecret } = away;
    await away.stop();
    const app = await openAccessApp({ provider: { issuer, clientId, clientSecret, redirectUri: REDIRECT } });
    try {
      const answer = await ask(app, 'GET', '/api/access/provider');
      expect([answer.status, answer.body['type']]).toEqual([503, 'urn:provident:problem:provider-unavailable']);
      expect(JSON.stringify(answer.body)).not.toContain('ECONNREFUSED');
    } finally {
      await app.close();
    }
  });

  it('that was never configured is refused', async () => {
    const app = await openAccessApp();
    try {
      expect((await ask(app, 'GET', '/api/access/provider')).status).toBe(404);
    } finally {
      await app.close();
    }
  });
});
