import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type Department,
  keyOf,
  type Role,
  ROLE_TERMS,
  ROLES,
  routesOf,
  type Scope,
  watchServerRoutes,
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
import { guardedApplication } from '@provident/assembly';
import { parse } from 'yaml';
import { join as joinPerson, type SignedIn } from '../support/people.js';
import { openTestLedger, type TestLedger } from '../support/test-ledger.js';
import { AREA, makePlace, type Place } from './office-places.js';

/*
 * The authorisation matrix of the whole office: the data file says for every route which role is let through within its
 * reach, outside of it, and in another department. Every cell is carried out. A new route without a row fails here.
 */
const MATRIX = parse(readFileSync(join(__dirname, 'office-matrix.yaml'), 'utf8')) as Matrix;
/** Requests that are under way at the same time. */
const AT_ONCE = 8;

let office: TestLedger;
let app: NestFastifyApplication;
let serverRoutes: () => readonly string[];
let own: Place;
let foreign: Place;

beforeAll(async () => {
  office = await openTestLedger((module) =>
    guardedApplication(module, {
      ...{ title: 'Office', description: 'The office as it is.' },
      prepare: (made) => (serverRoutes = watchServerRoutes(made.getHttpAdapter().getInstance())),
    }),
  );
  app = office.ledger.app as NestFastifyApplication;
  [own, foreign] = [await makePlace(app, 0), await makePlace(app, 1)];
  await office.head();
}, 120_000);
afterAll(() => office.close());

const signIn = async (payload: object): Promise<unknown> =>
  (await app.inject({ method: 'POST', url: '/api/access/sign-in', payload })).json();

/** Somebody with the one role, who has what the tests call his own. */
function holder(role: Role, department: Department): Promise<SignedIn> {
  const reach: Record<Scope['kind'], Scope> = {
    'own-person': { kind: 'own-person', personId: own.personId },
    'own-employer': { kind: 'own-employer', employer: own.employer },
    'own-area': { kind: 'own-area', area: AREA },
    all: { kind: 'all' },
  };
  const scope = reach[ROLE_TERMS[role].scopes.at(-1) ?? 'own-area'];
  const departments = ROLE_TERMS[role].departments ? [department] : [];
  // Only the insured person is somebody whom the office knows; one person has one account.
  return joinPerson(app, signIn, [{ role, scope, departments }], role === 'insured-person' ? own.personId : undefined);
}

it('every route of the office has a row, and no row is without its route', () => {
  expect(matrixFaults(MATRIX, routesOf(app))).toEqual([]);
});

it('nothing reaches the server past the walk but the description of the interface', () => {
  const walked = new Set(routesOf(app).map(keyOf));
  // The pages of the interface's description hold no data.
  expect(
    serverRoutes().filter((route) => !walked.has(route) && !/^GET \/(api|api-json|api-yaml)\b/.test(route)),
  ).toEqual([]);
});

it('every cell is answered as the matrix says', async () => {
  const callers = new Map<Caller, SignedIn>([['no-role', await joinPerson(app, signIn, [])]]);
  const elsewhere = new Map<Caller, SignedIn>();
  for (const role of ROLES) {
    callers.set(role, await holder(role, 'human-resources'));
    if (ROLE_TERMS[role].departments) elsewhere.set(role, await holder(role, 'finance'));
  }
  const answers = new Map<string, number>();
  const carryOut = async ({ route, caller, reach }: Cell): Promise<number> => {
    const who = reach === 'other-department' ? elsewhere.get(caller) : callers.get(caller);
    const place = reach === 'outside' ? foreign : own;
    const { method, url, body } = requestOf(route, valuesOf(place, caller, reach));
    // Signing out ends the session: every such cell has one of its own.
    const signed = who !== undefined && url.endsWith('/sign-out') ? await joinPerson(app, signIn, []) : who;
    const payload = keyOf(route) === 'POST /api/cases' ? newCase(place, caller) : body;
    // A route about nothing in particular is asked the same within and outside of a reach: once is enough.
    const asked = JSON.stringify([caller, reach === 'other-department', method, url, payload]);
    const known = answers.get(asked);
    if (known !== undefined) return known;
    const answer = await app.inject({
      ...{ method: method as 'GET' | 'POST', url },
      ...(signed === undefined ? {} : { headers: signed.headers }),
      ...(payload === undefined ? {} : { payload }),
    });
    // A public sign-in route refuses what it is sent, not who sends it.
    const isPublic = route.declaration?.kind === 'public' && !answer.body.includes('not-signed-in');
    const status = isPublic ? 200 : answer.statusCode;
    answers.set(asked, status);
    return status;
  };
  const cells = [...cellsOf(MATRIX, routesOf(app))];
  // Ending everything comes last.
  const results = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, lane) =>
      matrixDifferences(
        cells.filter((_cell, place) => place % AT_ONCE === lane),
        carryOut,
      ),
    ),
  );
  expect(results.flatMap(({ differences }) => differences)).toEqual([]);
  expect(results.reduce((sum, { executed }) => sum + executed, 0)).toBe(cells.length);
  expect(cells.length).toBeGreaterThan(routesOf(app).length * ROLES.length * 2);
}, 300_000);

function valuesOf(place: Place, caller: Caller, reach: Cell['reach']): CellValues {
  const { employer, personId, employerCase, personCase, thread, notice } = place;
  return {
    ...{ person: personId, employer, area: reach === 'outside' ? '320000' : AREA },
    things: {
      ...{ 'citizen-number': place.citizenNumber },
      case: caller === 'insured-person' ? personCase : employerCase,
      thread,
      notice,
      handover: employer,
    },
    anything: '00000000-0000-4000-8000-000000000001',
  };
}

/** A case that is about the place, so far as its opening says. */
function newCase({ employer, personId }: Place, caller: Caller): object {
  if (caller === 'insured-person') return { procedure: 'credit-correction', request: { wrongPersonId: personId } };
  return { procedure: 'overpayment-refund', request: { employer } };
}
