import { hash, randomBytes, randomUUID } from 'node:crypto';
import { PersonKeys, pruneVault, ReadLog, Vault } from '@provident/access';
import { RateLimiter } from '@provident/access/hardening/rate-limits';
import { LIMITS } from '@provident/access/limits';
import { type EventSource, LogReader } from '@provident/event-store';
import { ReadSide } from '@provident/projections';
import { entry, tally } from '@provident/projections/testing/tally';
import { citizenNumber } from '../support/invented.js';
import {
  type AccessApp,
  AREA,
  ask,
  EMPLOYER,
  grant,
  openAccessApp,
  register,
  signIn,
  type Someone,
} from './access-app.js';

let desk: AccessApp;
let clerk: Someone & { readonly token: string };
let supervisor: Someone & { readonly token: string };
beforeAll(async () => {
  const free = { burst: 100_000, perMinute: 100_000 };
  desk = await openAccessApp({ rates: { addresses: free, signIns: { burst: 8, perMinute: 1 }, users: free } });
  const [one, other] = [await register(desk, 'the.clerk'), await register(desk, 'the.supervisor')];
  await grant(desk, one, 'clerk', { kind: 'own-area', area: AREA }, ['tax']);
  await grant(desk, other, 'supervisor', { kind: 'all' });
  clerk = { ...one, token: (await signIn(desk, one)).accessToken };
  supervisor = { ...other, token: (await signIn(desk, other)).accessToken };
});
afterAll(() => desk.close());

const enrol = (body: unknown, headers: Record<string, string> = {}, token = clerk.token) =>
  ask(desk, 'POST', '/api/enrolments', { token, body, headers });

describe('an answer', () => {
  it('bears the headers that keep browsers and caches from harm', async () => {
    const { headers } = await ask(desk, 'GET', '/api/formulas', clerk);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age='),
      'x-content-type-options': 'nosniff',
    });
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('to a failure tells nothing of the inside', async () => {
    const { status, body } = await ask(desk, 'GET', '/api/failing');
    expect(status).toBe(500);
    expect(Object.keys(body).sort()).toEqual(['status', 'title', 'type']);
    expect(JSON.stringify(body)).not.toContain('secret of the inside');
  });

  it.each([
    ['what is no JSON', '{"employer":', 400],
    ['too much', `{"employer":"${'x'.repeat(LIMITS.jsonBodyBytes)}"}`, 413],
    ['a prototype', '{"__proto__":{"employer":"x"}}', 400],
  ])('to %s is a problem', async (_, payload, status) => {
    const answer = await desk.app.inject({
      ...{ method: 'POST', url: '/api/enrolments', payload },
      headers: { authorization: `Bearer ${clerk.token}`, 'content-type': 'application/json' },
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).not.toMatch(/node_modules|at .*\.js/);
  });
});

describe('rates', () => {
  it('are tokens that come back with time, per caller, in bounded memory', () => {
    let now = 0;
    const limiter = new RateLimiter({ burst: 3, perMinute: 60 }, 2, () => now);
    const waits = (caller: string): number => {
      try {
        limiter.take(caller);
        return 0;
      } catch (error) {
        return (error as { details: { retryAfterSeconds: number } }).details.retryAfterSeconds;
      }
    };
    expect([waits('a'), waits('a'), waits('a'), waits('a')]).toEqual([0, 0, 0, 1]);
    expect(waits('b')).toBe(0);
    now += 1_000;
    expect([waits('a'), waits('a')]).toEqual([0, 1]);
    for (let caller = 0; caller < 100; caller += 1) waits(String(caller));
    expect(limiter.size).toBe(2);
  });

  it('send an address away that signs in too often, and say for how long', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(desk, 'GET', '/api/access/provider')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.body['type']).toBe('urn:provident:problem:too-many-requests');
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('send an address and a user away that ask too often', async () => {
    const few = { burst: 5, perMinute: 1 };
    const free = { burst: 1_000, perMinute: 1_000 };
    for (const rates of [
      { addresses: { ...few, burst: 8 }, signIns: free, users: free },
      { addresses: free, signIns: free, users: few },
    ]) {
      const narrow = await openAccessApp({ rates });
      try {
        const someone = await register(narrow, 'busy.body');
        const { accessToken: token } = await signIn(narrow, someone);
        const answers = [];
        for (let asked = 0; asked < 12; asked += 1) answers.push(await ask(narrow, 'GET', '/api/formulas', { token }));
        const statuses = answers.map(({ status }) => status);
        expect(statuses).toContain(200);
        expect(statuses.at(-1)).toBe(429);
        expect(answers.at(-1)?.headers['content-type']).toContain('application/problem+json');
      } finally {
        await narrow.close();
      }
    }
  });
});

describe('an idempotency key', () => {
  const body = { employer: EMPLOYER, personId: randomUUID() };

  it('makes one command of one user, route and body', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const [first, again] = [await enrol(body, headers), await enrol(body, headers)];
    expect(first.status).toBe(201);
    expect(again.body['commandId']).toBe(first.body['commandId']);
    expect((await enrol(body)).body['commandId']).not.toBe(first.body['commandId']);
  });

  it('is refused with another body', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    await enrol(body, headers);
    const other = await enrol({ ...body, personId: randomUUID() }, headers);
    expect([other.status, other.body['type']]).toEqual([409, 'urn:provident:problem:idempotency-key-reused']);
  });

  it('is kept with nothing in which the body could be found by trying', async () => {
    const number = citizenNumber(77);
    const sent = { ...body, reason: number };
    const { status } = await enrol(sent, { 'idempotency-key': randomUUID() });
    expect(status).toBeGreaterThanOrEqual(200);
    const kept = await desk.app
      .get(Vault, { strict: false })
      .rows<{ body_hash: Buffer }>('select body_hash from idempotency_key order by taken_at desc');
    expect(kept.length).toBeGreaterThan(0);
    const plain = [sent, body, number].map((each) =>
      hash('sha256', typeof each === 'string' ? each : JSON.stringify(each), 'hex'),
    );
    for (const { body_hash } of kept) expect(plain).not.toContain(body_hash.toString('hex'));
  });

  it('is no number of a person, which every event would keep', async () => {
    for (const key of [citizenNumber(77), `person-${citizenNumber(77)}`, '13900077777', '6222000077777777']) {
      expect(await enrol(body, { 'idempotency-key': key })).toMatchObject({
        ...{ status: 400, body: { details: [expect.stringContaining('random UUID')] } },
      });
    }
    for (const key of [randomUUID(), 'desk-7', '1796056230177', randomUUID().replaceAll('-', '')]) {
      expect(await enrol(body, { 'idempotency-key': key })).toMatchObject({ status: 201 });
    }
  });

  it('of one user is not that of another', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const colleague = await register(desk, 'a.colleague');
    await grant(desk, colleague, 'clerk', { kind: 'own-area', area: AREA }, ['tax']);
    const second = await openSession(colleague);
    const [mine, theirs] = [
      await enrol(body, headers),
      await enrol({ ...body, personId: randomUUID() }, headers, second),
    ];
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(theirs.body['commandId']).not.toBe(mine.body['commandId']);
  });
});

/** A session opened past the sign-in routes, whose rate this file uses up. */
async function openSession({ userId }: Someone): Promise<string> {
  const { Sessions } = await import('@provident/access');
  const { AccessTokens } = await import('@provident/access/sign-in/access-tokens');
  const session = await desk.app.get(Sessions, { strict: false }).open(userId);
  return (await desk.app.get(AccessTokens, { strict: false }).issue(session)).token;
}

describe('the log of reads', () => {
  const log = (query: string, token = supervisor.token) => ask(desk, 'GET', `/api/access/read-log?${query}`, { token });
  type Entries = readonly Record<string, unknown>[];

  it('tells the supervisor who read whose record, by which permission and why', async () => {
    const person = randomUUID();
    const headers = { 'x-purpose': `case:${randomUUID()}` };
    const url = `/api/people/${person}/statement`;
    expect((await ask(desk, 'GET', url, { ...clerk, headers })).status).toBe(200);
    const entries = (await log(`personId=${person}`)).body as object as Entries;
    expect(entries.at(-1)).toMatchObject({
      ...{ userId: clerk.userId, personId: person, permission: 'statement.read', reason: headers['x-purpose'] },
      route: 'GET /api/people/:personId/statement',
    });
    // To look into it is a read as well.
    expect(((await log(`personId=${person}`)).body as object as Entries)[0]).toMatchObject({
      userId: supervisor.userId,
      permission: 'read-log.read',
    });
    const byUser = (await log(`userId=${clerk.userId}&limit=1`)).body as object as Entries;
    expect(byUser).toHaveLength(1);
  });

  it('holds nothing of a read that was refused, and refuses a purpose in free words', async () => {
    const person = randomUUID();
    const nobody = await register(desk, `no.body.${randomUUID().slice(0, 4)}`);
    const url = `/api/people/${person}/statement`;
    expect((await ask(desk, 'GET', url, { token: await openSession(nobody) })).status).toBe(403);
    expect((await ask(desk, 'GET', url, { ...clerk, headers: { 'x-purpose': 'Because Li asked' } })).status).toBe(400);
    expect(await desk.app.get(ReadLog, { strict: false }).entries({ personId: person, limit: 10 })).toEqual([]);
  });

  it('takes a page at a time and no more than its limit', async () => {
    const person = randomUUID();
    const reads = desk.app.get(ReadLog, { strict: false });
    for (let read = 0; read < 5; read += 1) {
      await reads.record({ userId: clerk.userId, personIds: [person], permission: 'statement.read', route: 'test' });
    }
    const first = await reads.entries({ personId: person, limit: 2 });
    const next = await reads.entries({ personId: person, limit: 2, before: first[1]?.number });
    expect(first.map(({ number }) => number)).not.toEqual(next.map(({ number }) => number));
    expect(next).toHaveLength(2);
    expect((await log(`limit=${LIMITS.pageEntries + 1}`)).status).toBe(400);
    expect((await log('before=last')).status).toBe(400);
  });

  it('lets nobody change or remove an entry, not even by SQL', async () => {
    for (const sql of [
      `update vault.read_log set reason = 'x'`,
      'delete from vault.read_log',
      'truncate vault.read_log',
      'delete from vault.refusal_log',
    ]) {
      await expect(desk.database.pool.query(sql)).rejects.toThrow('only grows');
    }
  });
});

describe('the log of refusals', () => {
  it('tells what was refused, to whom and why, and no address', async () => {
    await ask(desk, 'GET', '/api/books?area=310000', clerk);
    await ask(desk, 'GET', '/api/formulas');
    const { body } = await ask(desk, 'GET', '/api/access/refusals?limit=2', supervisor);
    expect(body).toMatchObject([
      { reason: 'not-signed-in', route: 'GET /api/formulas', caller: expect.stringMatching(/^[0-9a-f]{16}$/) },
      { reason: 'no-role', userId: clerk.userId, permission: 'books.read', route: 'GET /api/books' },
    ]);
  });
});

describe('the vault', () => {
  it('is not touched by a rebuild of the read side', async () => {
    const person = randomUUID();
    await desk.app.get(PersonKeys, { strict: false }).ensure([person]);
    const source: EventSource = desk.app.get(LogReader, { strict: false });
    const counts = async (): Promise<unknown> =>
      (
        await desk.database.pool.query(
          `select (select count(*) from vault.person_key) keys, (select count(*) from vault.read_log) reads,
                  (select count(*) from vault.session) sessions, (select count(*) from vault.login) logins`,
        )
      ).rows;
    const before = await counts();
    const quiet = { ...tally(), apply: () => undefined };
    const readSide = new ReadSide(desk.database.pool, source, [quiet]);
    await readSide.rebuild();
    await readSide.rebuild();
    expect((await desk.database.pool.query(`select count(*) as n from provident.${entry.name}`)).rows).toEqual([
      { n: 0n },
    ]);
    expect(await counts()).toEqual(before);
    expect((await ask(desk, 'GET', '/api/access/me', clerk)).status).toBe(200);
  });

  it('is opened by several processes at once, and refused to an older program', async () => {
    const opened = await Promise.all(Array.from({ length: 3 }, () => Vault.open(desk.database.url, 1)));
    for (const each of opened) await each.close();
    await desk.database.pool.query(`insert into vault.migration (number, name) values (999, 'of the future')`);
    await expect(Vault.open(desk.database.url, 1)).rejects.toThrow('migration 999');
    await desk.database.pool.query('delete from vault.migration where number = 999');
  });

  it('forgets what can no longer matter, and keeps the rest', async () => {
    const vault = desk.app.get(Vault, { strict: false });
    await vault.run('insert into attempt (login_key, failures, blocked_until, last_at) values ($1, 1, $2, $2)', [
      randomBytes(32),
      new Date(desk.clock.now().getTime() - LIMITS.failureMemoryMs),
    ]);
    const { n: attempts } = (await vault.row<{ n: bigint }>('select count(*) as n from attempt')) ?? { n: 0n };
    const { n: sessions } = (await vault.row<{ n: bigint }>('select count(*) as n from session')) ?? { n: 0n };
    await pruneVault(vault, desk.clock.now());
    expect(await vault.row('select count(*) as n from attempt')).toEqual({ n: attempts - 1n });
    expect(await vault.row('select count(*) as n from session')).toEqual({ n: sessions });
    await pruneVault(vault, new Date(desk.clock.now().getTime() + 3 * LIMITS.sessionMs));
    expect(await vault.row('select count(*) as n from session')).toEqual({ n: 0n });
  });
});
