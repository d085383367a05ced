import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SigningKeys } from '@provident/access';
import { decodeJwt, generateKeyPair, SignJWT } from 'jose';
import { createHttpApplication } from '../../apps/office/src/http-application.js';
import { type Holds, join, type SignedIn } from '../support/people.js';
import { openTestLedger, type TestLedger } from '../support/test-ledger.js';
import { AREA, makePlace, type Place } from './office-places.js';

/*
 * The OWASP API Security Top 10 (2023), a group each, against the whole office: an attacker has an account of his own and
 * tries what is not his.
 */
let office: TestLedger;
let app: NestFastifyApplication;
let now = new Date('2026-01-15T02:00:00Z');
let mine: Place;
let theirs: Place;
let insured: SignedIn;
let administrator: SignedIn;
let clerk: SignedIn;
let reviewer: SignedIn;

beforeAll(async () => {
  office = await openTestLedger(createHttpApplication, { now: () => now });
  app = office.ledger.app as NestFastifyApplication;
  [mine, theirs] = [await makePlace(app, 0), await makePlace(app, 1)];
  await office.head();
  const { employer, personId } = mine;
  insured = await joins([{ role: 'insured-person', scope: { kind: 'own-person', personId } }], personId);
  administrator = await joins([{ role: 'employer-administrator', scope: { kind: 'own-employer', employer } }]);
  [clerk, reviewer] = [await joins(['clerk', 'reviewer', 'approver']), await joins(['reviewer'])];
}, 120_000);
afterAll(() => office.close());

const joins = (holds: readonly Holds[], personId?: string): Promise<SignedIn> =>
  join(app, async (payload) => (await ask('POST', '/api/access/sign-in', { payload })).body, holds, personId);

interface Asked {
  readonly who?: { readonly headers: Readonly<Record<string, string>> };
  readonly payload?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(method: 'GET' | 'POST', url: string, { who, payload, headers }: Asked = {}) {
  const answer = await app.inject({
    ...{ method, url, headers: { ...who?.headers, ...headers } },
    ...(payload === undefined ? {} : { payload: payload as object }),
  });
  const text = answer.body;
  const isJson = String(answer.headers['content-type']).includes('json') && text !== '';
  const body = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: answer.statusCode, body, text, headers: answer.headers };
}
const codeOf = ({ body }: { body: Record<string, unknown> }) => String(body['type']).split(':').at(-1);

describe('API1 broken object level authorisation', () => {
  it('refuses another person’s statement, record, cards and cases', async () => {
    for (const path of ['statements/2025', 'registration', 'cards']) {
      expect((await ask('GET', `/api/people/${mine.personId}/${path}`, { who: insured })).status).not.toBe(403);
      expect((await ask('GET', `/api/people/${theirs.personId}/${path}`, { who: insured })).status).toBe(403);
    }
    expect((await ask('GET', `/api/desk/cases/${mine.personCase}`, { who: insured })).status).toBe(200);
    expect((await ask('GET', `/api/desk/cases/${theirs.personCase}`, { who: insured })).status).toBe(403);
  });

  it('refuses another employer’s file, conversation, notice and case', async () => {
    for (const path of ['registration', 'documents', 'administrators', 'staffing']) {
      expect((await ask('GET', `/api/employers/${mine.employer}/${path}`, { who: administrator })).status).toBe(200);
      expect((await ask('GET', `/api/employers/${theirs.employer}/${path}`, { who: administrator })).status).toBe(403);
    }
    for (const [own, other] of [
      [`threads/${mine.thread}/messages`, `threads/${theirs.thread}/messages`],
      [`threads?employer=${mine.employer}`, `threads?employer=${theirs.employer}`],
      [`cases/${mine.employerCase}`, `cases/${theirs.employerCase}`],
    ]) {
      expect((await ask('GET', `/api/desk/${own ?? ''}`, { who: administrator })).status).toBe(200);
      expect((await ask('GET', `/api/desk/${other ?? ''}`, { who: administrator })).status).toBe(403);
    }
    // A list that names nobody is everybody's: not his.
    expect((await ask('GET', '/api/desk/threads', { who: administrator })).status).toBe(403);
    const twice = `/api/desk/threads?employer=${mine.employer}&employer=${theirs.employer}`;
    expect((await ask('GET', twice, { who: administrator })).status).toBe(403);
  });

  it('tells an unknown thing and another’s in the same way', async () => {
    const unknown = await ask('GET', `/api/desk/cases/${randomUUID()}`, { who: insured });
    const foreign = await ask('GET', `/api/desk/cases/${theirs.personCase}`, { who: insured });
    expect([unknown.status, unknown.text]).toEqual([foreign.status, foreign.text]);
  });
});

describe('API2 broken authentication', () => {
  const me = (token: string) => ask('GET', '/api/access/me', { headers: { authorization: `Bearer ${token}` } });
  const tokenOf = ({ headers }: SignedIn) => headers.authorization.slice(7);

  it('takes no forged token: another key, no signature, another algorithm, a changed subject', async () => {
    const good = tokenOf(clerk);
    expect((await me(good)).status).toBe(200);
    const claims = decodeJwt(good);
    const { privateKey } = await generateKeyPair('EdDSA');
    const [{ kid = '' } = {}] = (await app.get(SigningKeys, { strict: false }).published()) as { kid?: string }[];
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' }).sign(privateKey);
    const [, payload = '', signature = ''] = good.split('.');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const none = `${part({ alg: 'none', kid, typ: 'at+jwt' })}.${payload}.`;
    const changed = `${good.split('.')[0] ?? ''}.${part({ ...claims, sub: reviewer.userId })}.${signature}`;
    const secret = new TextEncoder().encode(kid.padEnd(32, 'x'));
    const confused = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid, typ: 'at+jwt' }).sign(secret);
    for (const token of [forged, none, changed, confused, `${good}x`]) expect((await me(token)).status).toBe(401);
    // Who acts is never what a header says.
    expect((await ask('GET', '/api/access/me', { headers: { 'x-actor': clerk.actor } })).status).toBe(401);
  });

  it('takes no token of a session that was ended, and no refresh token twice', async () => {
    const someone = await joins([]);
    expect((await ask('POST', '/api/access/sign-out', { who: someone })).status).toBe(204);
    expect((await me(tokenOf(someone))).status).toBe(401);
    expect((await ask('POST', '/api/access/refresh', { payload: { refreshToken: 'x'.repeat(43) } })).status).toBe(401);
  });

  it('takes no expired token', async () => {
    const someone = await joins([]);
    now = new Date(now.getTime() + 601_000);
    const late = await me(tokenOf(someone));
    now = new Date('2026-01-15T02:00:00Z');
    expect([late.status, codeOf(late)]).toEqual([401, 'not-signed-in']);
  });

  it('tells nothing of who has an account', async () => {
    const tryIn = (name: string) =>
      ask('POST', '/api/access/sign-in', { payload: { name, password: 'wrong-Password-1' } });
    const [known, unknown] = [await tryIn(clerk.name), await tryIn('no.body.at.all')];
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
  });
});

describe('API3 broken object property level authorisation', () => {
  it('takes no approver, reviewer, maker or status that a request brings', async () => {
    const request = {
      ...{ employer: mine.employer, fund: 'unemployment', amount: '1.00', refundedOn: '2026-01-15', reason: 'twice' },
    };
    const opening = { procedure: 'overpayment-refund', request };
    for (const more of [
      { approver: clerk.actor },
      { reviewer: clerk.actor },
      { status: 'approved' },
      { actor: 'x:y' },
    ]) {
      expect((await ask('POST', '/api/cases', { who: clerk, payload: { ...opening, ...more } })).status).toBe(400);
      const inside = { ...opening, request: { ...request, ...more } };
      expect((await ask('POST', '/api/cases', { who: clerk, payload: inside })).status).toBe(400);
    }
  });

  it('takes no amount with an approval: what was looked at is what is approved', async () => {
    const path = `/api/cases/${mine.employerCase}`;
    const payload = { evidence: 'b'.repeat(64), amount: '1000000.00' };
    expect((await ask('POST', `${path}/approvals`, { who: clerk, payload })).status).toBe(400);
    expect(
      (await ask('POST', `${path}/approvals`, { who: clerk, payload: { evidence: payload.evidence } })).status,
    ).toBe(422);
  });

  it('grants no right through the registration of a user', async () => {
    const operator = await joins(['operator']);
    const payload = { personId: randomUUID(), role: 'operator', grants: [{ role: 'operator' }] };
    expect((await ask('POST', '/api/users', { who: operator, payload })).status).toBe(400);
    const own = { role: 'clerk', scope: { kind: 'own-area', area: AREA }, departments: ['tax'], from: '2026-01-01' };
    const granting = { who: operator, payload: { ...own, reason: 'x' } };
    expect(codeOf(await ask('POST', `/api/users/${operator.userId}/roles`, granting))).toBe('own-rights');
  });
});

describe('API4 unrestricted resource consumption', () => {
  it('bounds bodies, pages and rates', async () => {
    const large = { name: 'x'.repeat(2_000_000), password: 'y' };
    expect((await ask('POST', '/api/access/sign-in', { payload: large })).status).toBe(413);
    const supervisor = await joins(['supervisor']);
    expect((await ask('GET', '/api/access/read-log?limit=100000', { who: supervisor })).status).toBe(400);
    const narrow = await openTestLedger(createHttpApplication, undefined, {
      rates: {
        addresses: { burst: 5, perMinute: 1 },
        users: { burst: 1_000, perMinute: 1_000 },
        signIns: { burst: 3, perMinute: 1 },
      },
    });
    try {
      const quick = narrow.ledger.app as NestFastifyApplication;
      const statuses = [];
      for (let asked = 0; asked < 8; asked += 1) {
        const payload = { name: `guess.${asked}`, password: 'wrong-Password-1' };
        const answer = await quick.inject({ method: 'POST', url: '/api/access/sign-in', payload });
        statuses.push(answer.statusCode);
        if (answer.statusCode === 429) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      }
      expect(statuses.slice(0, 3)).toEqual([401, 401, 401]);
      expect(new Set(statuses.slice(3))).toEqual(new Set([429]));
    } finally {
      await narrow.close();
    }
  });
});

describe('API5 broken function level authorisation', () => {
  it('lets nobody do what belongs to another role', async () => {
    const path = `/api/cases/${mine.employerCase}`;
    const check = { evidence: 'b'.repeat(64) };
    for (const [who, method, url] of [
      [insured, 'POST', `${path}/approvals`],
      [administrator, 'POST', `${path}/reviews`],
      [reviewer, 'POST', `${path}/approvals`],
      [administrator, 'POST', '/api/employers'],
      [insured, 'GET', '/api/books/funds'],
      [clerk, 'POST', '/api/users'],
      [clerk, 'POST', '/api/accounts/year-closings'],
      [clerk, 'GET', '/api/access/read-log'],
    ] as const) {
      const answer = await ask(method, url, { who, ...(method === 'POST' ? { payload: check } : {}) });
      expect([url, answer.status, codeOf(answer)]).toEqual([url, 403, 'not-permitted']);
    }
  });
});

describe('API6 unrestricted access to sensitive business flows', () => {
  it('lets one person with every role neither review nor approve what he made', async () => {
    const request = {
      ...{ employer: mine.employer, fund: 'unemployment', amount: '2.00', refundedOn: '2026-01-15', reason: 'twice' },
    };
    const opened = await ask('POST', '/api/cases', {
      who: clerk,
      payload: { procedure: 'overpayment-refund', request },
    });
    const path = `/api/cases/${String(opened.body['caseId'])}`;
    let evidence: unknown;
    for (const kind of ['refund-application', 'payment-proof']) {
      ({ evidence } = (
        await ask('POST', `${path}/documents`, { who: clerk, payload: { kind, sha256: 'a'.repeat(64) } })
      ).body);
    }
    const payload = { evidence };
    expect(codeOf(await ask('POST', `${path}/reviews`, { who: clerk, payload }))).toBe('checker-is-maker');
    expect((await ask('POST', `${path}/reviews`, { who: reviewer, payload })).status).toBe(201);
    expect(codeOf(await ask('POST', `${path}/approvals`, { who: clerk, payload }))).toBe('checker-is-maker');
  });
});

describe('API7 server side request forgery', () => {
  it('fetches no address that a request brings', async () => {
    const payload = { name: 'http://127.0.0.1:1/', password: 'http://127.0.0.1:1/', issuer: 'http://127.0.0.1:1/' };
    expect((await ask('POST', '/api/access/sign-in', { payload })).status).toBe(400);
    // Where no provider is configured there is nowhere to go to, whatever the request says.
    expect((await ask('GET', '/api/access/provider?issuer=http://127.0.0.1:1/')).status).toBe(404);
  });
});

describe('API8 security misconfiguration', () => {
  it('answers with headers that keep browsers and caches from harm, and errors without the inside', async () => {
    const answer = await ask('GET', '/api/access/me', { who: clerk });
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'") as string,
      'x-content-type-options': 'nosniff',
    });
    for (const url of [
      '/api/people/%00/statements/2025',
      "/api/people/'/registration",
      '/api/desk/cases/x',
      '/api/nowhere',
    ]) {
      const wrong = await ask('GET', url, { who: clerk });
      expect([url, wrong.status]).toEqual([url, expect.any(Number)]);
      expect(wrong.status).toBeLessThan(500);
      expect(wrong.text).not.toMatch(/node_modules|at .*\.(js|ts)|postgres|select /i);
    }
  });
});

describe('API9 improper inventory management', () => {
  it('answers no route of earlier programs', async () => {
    for (const url of [
      '/api/accounts/corrections',
      `/api/employers/${mine.employer}/cancellation`,
      `/api/people/${mine.personId}/merge`,
      '/api/policy/approvals',
    ]) {
      expect([url, (await ask('POST', url, { who: clerk, payload: {} })).status]).toEqual([url, 404]);
    }
  });
});

describe('API10 unsafe consumption of APIs', () => {
  it('believes nothing of a provider’s answer that was not asked for', async () => {
    const forged = '/api/access/provider/callback?code=x&state=y';
    expect((await ask('GET', forged)).status).toBeGreaterThanOrEqual(400);
    expect((await ask('GET', forged)).text).not.toContain('accessToken');
  });
});

it('what was refused is on record, and who read whose record', async () => {
  const supervisor = await joins(['supervisor']);
  await ask('GET', `/api/people/${theirs.personId}/registration`, { who: insured });
  await ask('GET', `/api/people/${theirs.personId}/registration`, { who: clerk });
  const refusals = (await ask('GET', '/api/access/refusals?limit=5', { who: supervisor })).text;
  expect(refusals).toContain(insured.userId);
  expect(refusals).not.toContain(theirs.personId);
  const reads = (await ask('GET', `/api/access/read-log?personId=${theirs.personId}`, { who: supervisor })).text;
  expect(reads).toContain(clerk.userId);
  expect(reads).not.toContain(insured.userId);
  // A list tells of several people: each of them finds it in the log.
  expect((await ask('GET', '/api/desk/queues/maker', { who: reviewer })).text).toContain(mine.personCase);
  const listed = (await ask('GET', `/api/access/read-log?personId=${mine.personId}&limit=3`, { who: insured })).text;
  expect(listed).toContain(reviewer.userId);
  expect(listed).toContain('queue.read');
});
