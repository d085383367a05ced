import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import { Command } from 'commander';
import {
  commandNeeds,
  commandPermissions,
  type Department,
  type Grant,
  keyOf,
  LendRole,
  permissionOfCommand,
  type Role,
  ROLE_TERMS,
  ROLES,
  RevokeRole,
  routesOf,
  type Scope,
  assertEveryRouteDeclares,
} from '@provident/access';
import {
  type Caller,
  type Cell,
  cellsOf,
  type CellValues,
  type Matrix,
  matrixDifferences,
  matrixFaults,
  requestOf,
} from '@provident/access/testing/matrix';
import { businessDate } from '@provident/kernel';
import { parse } from 'yaml';
import {
  type AccessApp,
  AREA,
  ask,
  bySystem,
  EMPLOYER,
  grant,
  openAccessApp,
  OTHER_EMPLOYER,
  register,
  signIn,
  type Someone,
} from './access-app.js';

const MATRIX = parse(readFileSync(join(__dirname, 'matrix.yaml'), 'utf8')) as Matrix;

let desk: AccessApp;
beforeAll(async () => {
  const free = { burst: 100_000, perMinute: 100_000 };
  desk = await openAccessApp({ rates: { addresses: free, signIns: free, users: free } });
});
afterAll(() => desk.close());

interface Signed extends Someone {
  readonly token: string;
}

async function signedIn(name: string): Promise<Signed> {
  const someone = await register(desk, name);
  return { ...someone, token: (await signIn(desk, someone)).accessToken };
}

/** A user with the one role, within the reach that the tests call his own. */
async function holder(role: Role, departments: Department[], name: string): Promise<Signed> {
  const someone = await signedIn(name);
  const { personId } = someone;
  const reach: Record<Scope['kind'], Scope> = {
    'own-person': { kind: 'own-person', personId },
    'own-employer': { kind: 'own-employer', employer: EMPLOYER },
    'own-area': { kind: 'own-area', area: AREA },
    all: { kind: 'all' },
  };
  const widest = ROLE_TERMS[role].scopes.at(-1) ?? 'own-area';
  await grant(desk, someone, role, reach[widest], ROLE_TERMS[role].departments ? departments : []);
  return someone;
}

describe('routes', () => {
  it('all declare who may call them, and none reaches the server past the walk', () => {
    assertEveryRouteDeclares(desk.app);
    expect(desk.serverRoutes()).toEqual(routesOf(desk.app).map(keyOf).sort());
  });

  it('that declare nothing are found, refuse to start, and are closed', async () => {
    const forgetful = await openAccessApp({ forgetful: true });
    try {
      expect(() => assertEveryRouteDeclares(forgetful.app)).toThrow('GET /api/forgotten (ForgottenController.open)');
      expect(matrixFaults(MATRIX, routesOf(forgetful.app))).toEqual([
        'GET /api/forgotten declares nothing',
        'GET /api/forgotten has no row',
      ]);
      const answer = await ask(forgetful, 'GET', '/api/forgotten');
      expect([answer.status, answer.body['type']]).toEqual([403, 'urn:provident:problem:route-undeclared']);
    } finally {
      await forgetful.close();
    }
  });
});

describe('the authorisation matrix', () => {
  it('has a row for every route and no other', () => {
    expect(matrixFaults(MATRIX, routesOf(desk.app))).toEqual([]);
    const rows = Object.entries(MATRIX).filter(([key]) => key !== 'GET /api/books');
    expect(matrixFaults({ ...Object.fromEntries(rows), 'GET /gone': 'public' }, routesOf(desk.app))).toEqual([
      'GET /api/books has no row',
      'GET /gone has a row and is no route',
    ]);
  });

  it('is what every cell answers', async () => {
    const callers = new Map<Caller, Signed>([['no-role', await signedIn('without.role')]]);
    const elsewhere = new Map<Caller, Signed>();
    for (const role of ROLES) {
      callers.set(role, await holder(role, ['human-resources'], `hr.${role}`));
      elsewhere.set(role, await holder(role, ['finance'], `fin.${role}`));
    }
    const stranger = randomUUID();
    const carryOut = async ({ route, caller, reach }: Cell): Promise<number> => {
      const who = (reach === 'other-department' ? elsewhere : callers).get(caller) ?? callers.get(caller);
      const isOwn = reach !== 'outside';
      const values: CellValues = {
        person: isOwn ? (who?.personId ?? stranger) : stranger,
        employer: isOwn ? EMPLOYER : OTHER_EMPLOYER,
        area: isOwn ? AREA : '320000',
        things: { case: `case-${isOwn ? EMPLOYER : OTHER_EMPLOYER}` },
        anything: randomUUID(),
      };
      const { method, url, body } = requestOf(route, values);
      // Signing out ends the session: every such cell has one of its own.
      const token =
        who === undefined ? undefined : url.endsWith('/sign-out') ? (await signIn(desk, who)).accessToken : who.token;
      const options = { ...(token === undefined ? {} : { token }), ...(body === undefined ? {} : { body }) };
      const answer = await ask(desk, method as 'GET' | 'POST', url, options);
      // A public sign-in route refuses what it is sent, not who sends it.
      const isPublic = route.declaration?.kind === 'public';
      return isPublic && answer.body['type'] !== 'urn:provident:problem:not-signed-in' ? 200 : answer.status;
    };
    const { executed, differences } = await matrixDifferences(cellsOf(MATRIX, routesOf(desk.app)), carryOut);
    expect(differences).toEqual([]);
    const staff = ROLES.filter((role) => ROLE_TERMS[role].departments).length;
    expect(executed).toBe(Object.keys(MATRIX).length * ((ROLES.length + 2) * 2 + staff));
    // The runner itself must be able to find a difference.
    const wrong = { ...MATRIX, 'GET /api/books': 'everyone-signed-in' } as Matrix;
    const books = [...cellsOf(wrong, routesOf(desk.app))].filter(({ route }) => keyOf(route) === 'GET /api/books');
    expect((await matrixDifferences(books, carryOut)).differences.length).toBeGreaterThan(10);
  }, 240_000);
});

describe('rights', () => {
  it('end with the next request when they are revoked', async () => {
    const clerk = await signedIn('short.clerk');
    const url = `/api/people/${randomUUID()}/statement`;
    const grantId = await grant(desk, clerk, 'clerk', { kind: 'own-area', area: AREA }, ['tax']);
    expect((await ask(desk, 'GET', url, clerk)).status).toBe(200);
    await desk.app
      .get(CommandBus, { strict: false })
      .execute(new RevokeRole(clerk.userId, grantId, 'moved', bySystem()));
    expect((await ask(desk, 'GET', url, clerk)).status).toBe(403);
  });

  it('are lent by their holder over HTTP, are used in his name, and fall with his own', async () => {
    const [lender, helper] = [await signedIn('lending.clerk'), await signedIn('helping.hand')];
    const scope: Grant['scope'] = { kind: 'own-area', area: AREA };
    const grantId = await grant(desk, lender, 'clerk', scope, ['tax']);
    const loan = { grantId, from: '2026-05-01', until: '2026-06-30', reason: 'leave' };
    const lend = (by: Signed, to: Signed) =>
      ask(desk, 'POST', `/api/users/${to.userId}/delegations`, { ...by, body: loan });
    expect((await lend(helper, lender)).body['type']).toBe('urn:provident:problem:grant-unknown');
    const person = randomUUID();
    const read = () => ask(desk, 'GET', `/api/people/${person}/statement`, helper);
    expect((await read()).status).toBe(403);
    expect((await lend(lender, helper)).status).toBe(201);
    expect((await read()).status).toBe(200);
    // What was lent is not lent on.
    const third = await signedIn('third.person');
    expect((await lend(helper, third)).body['type']).toBe('urn:provident:problem:grant-unknown');
    const body = { employer: EMPLOYER, personId: person };
    const enrolled = await ask(desk, 'POST', '/api/enrolments', { ...helper, body });
    expect(enrolled.body['actor']).toBe(`user:${helper.userId}`);
    await desk.app
      .get(CommandBus, { strict: false })
      .execute(new RevokeRole(lender.userId, grantId, 'moved', bySystem()));
    expect((await read()).status).toBe(403);
  });

  it('are not lent by a command in somebody else’s name', async () => {
    const [lender, thief] = [await signedIn('victim.clerk'), await signedIn('thieving.hand')];
    const grantId = await grant(desk, lender, 'clerk', { kind: 'own-area', area: AREA }, ['tax']);
    const body = { grantId, from: businessDate('2026-05-01'), until: businessDate('2026-06-30'), reason: 'r' };
    const context = { ...bySystem(), actor: `user:${thief.userId}` };
    const command = new LendRole(thief.userId, lender.userId, body, context);
    await expect(desk.app.get(CommandBus, { strict: false }).execute(command)).rejects.toMatchObject({
      code: 'delegation-not-own',
    });
  });

  it('are granted by an operator over HTTP, never to himself, and with nothing that the request does not know', async () => {
    const operator = await holder('operator', [], 'granting.operator');
    const body = { role: 'statistician', scope: { kind: 'all' }, departments: [], from: '2026-05-01', reason: 'r' };
    const give = (to: string, changes: object = {}) =>
      ask(desk, 'POST', `/api/users/${to}/roles`, { ...operator, body: { ...body, ...changes } });
    expect((await give(operator.userId)).body['type']).toBe('urn:provident:problem:own-rights');
    const newcomer = await ask(desk, 'POST', '/api/users', {
      ...operator,
      body: { personId: randomUUID(), loginName: 'new.comer' },
    });
    const userId = newcomer.body['userId'] as string;
    // Mass assignment: who grants is who is signed in.
    expect((await give(userId, { grantedBy: 'system:admin' })).status).toBe(400);
    expect((await give(userId, { scope: { kind: 'own-area' } })).body['type']).toBe(
      'urn:provident:problem:scope-incomplete',
    );
    expect((await give(userId)).status).toBe(201);
    const read = await ask(desk, 'GET', `/api/users/${userId}`, operator);
    expect(read.body['grants']).toMatchObject([{ role: 'statistician', scope: { kind: 'all' } }]);
    const handed = await ask(desk, 'POST', `/api/users/${userId}/temporary-password`, operator);
    const taken = await ask(desk, 'POST', '/api/users', {
      ...operator,
      body: { personId: randomUUID(), loginName: 'New.Comer ' },
    });
    expect(taken.body['type']).toBe('urn:provident:problem:login-name-already-taken');
    const password = handed.body['password'] as string;
    const signed = await ask(desk, 'POST', '/api/access/sign-in', { body: { name: 'new.comer', password } });
    expect(signed.body['type']).toBe('urn:provident:problem:password-change-required');
  });

  it('take an actor from nobody’s word', async () => {
    const clerk = await holder('clerk', ['tax'], 'honest.clerk');
    const body = { employer: EMPLOYER, personId: randomUUID() };
    const headers = { 'x-actor': 'user:somebody-else' };
    const answer = await ask(desk, 'POST', '/api/enrolments', { ...clerk, body, headers });
    expect(answer.body['actor']).toBe(`user:${clerk.userId}`);
  });

  it.each([
    ['a list', { employer: [EMPLOYER] }],
    ['an object', { employer: { 0: EMPLOYER } }],
    ['nothing', {}],
    ['another name', { Employer: EMPLOYER }],
  ])('do not reach a target that is %s', async (_, employer) => {
    const boss = await holder('employer-administrator', [], `boss.${randomUUID().slice(0, 8)}`);
    const body = { ...employer, personId: randomUUID() };
    expect((await ask(desk, 'POST', '/api/enrolments', { ...boss, body })).status).toBe(403);
  });

  it('do not reach a thing that the finder does not know, nor a query that names two', async () => {
    const boss = await holder('employer-administrator', [], 'searching.boss');
    expect((await ask(desk, 'GET', '/api/cases/unknown', boss)).status).toBe(403);
    const manager = await holder('fund-manager', ['finance'], 'double.manager');
    expect((await ask(desk, 'GET', `/api/books?area=${AREA}`, manager)).status).toBe(200);
    expect((await ask(desk, 'GET', `/api/books?area=${AREA}&area=320000`, manager)).status).toBe(403);
    // The area of the process, where none is named.
    expect((await ask(desk, 'GET', '/api/books', manager)).status).toBe(200);
  });
});

describe('commands of the command line', () => {
  it('declare permissions of the same table, and one that does not is found', () => {
    const program = new Command('ledgerctl');
    const imports = program.command('import');
    commandNeeds(imports.command('people'), 'register.import');
    const silent = program.command('verify');
    expect([...commandPermissions(program)]).toEqual([
      ['import people', 'register.import'],
      ['verify', undefined],
    ]);
    expect(() => permissionOfCommand(silent)).toThrow('verify does not say');
  });
});
