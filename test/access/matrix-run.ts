import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type Department,
  type DeclaredRoute,
  keyOf,
  type Role,
  ROLE_TERMS,
  ROLES,
  type Scope,
} from '@provident/access';
import {
  type Caller,
  type Cell,
  cellsOf,
  type CellValues,
  type Matrix,
  matrixDifferences,
  requestOf,
} from '@provident/access/testing/matrix';
import { join as joinPerson, type SignedIn } from '../support/people.js';
import { AREA, type Place } from './office-places.js';

/** Requests that are under way at the same time. */
const AT_ONCE = 8;

export interface MatrixRun {
  readonly matrix: Matrix;
  readonly routes: readonly DeclaredRoute[];
  /** Answers the requests of the cells. */
  readonly app: NestFastifyApplication;
  readonly callers: Callers;
  /** What the callers call their own, and what is somebody else's. */
  readonly own: Place;
  readonly foreign: Place;
}

export interface MatrixResult {
  readonly cells: number;
  readonly executed: number;
  readonly differences: readonly string[];
}

/** Carries out every cell of a matrix. */
export async function carryOutMatrix({ matrix, routes, app, callers, own, foreign }: MatrixRun): Promise<MatrixResult> {
  const answers = new Map<string, number>();
  const carryOut = async ({ route, caller, reach }: Cell): Promise<number> => {
    const who = (reach === 'other-department' ? callers.elsewhere : callers.at).get(caller);
    const place = reach === 'outside' ? foreign : own;
    const { method, url, body } = requestOf(route, valuesOf(place, caller, reach));
    // Signing out ends the session: every such cell has one of its own.
    const signed = who !== undefined && url.endsWith('/sign-out') ? await callers.newcomer() : who;
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
  const cells = [...cellsOf(matrix, routes)];
  const lanes = Array.from({ length: AT_ONCE }, (_, lane) =>
    matrixDifferences(
      cells.filter((_cell, place) => place % AT_ONCE === lane),
      carryOut,
    ),
  );
  const results = await Promise.all(lanes);
  return {
    cells: cells.length,
    executed: results.reduce((sum, { executed }) => sum + executed, 0),
    differences: results.flatMap(({ differences }) => differences),
  };
}

/** Who makes the requests: people of whom each holds one role, and some without any. */
export interface Callers {
  readonly at: ReadonlyMap<Caller, SignedIn>;
  /** Those of the agency, in another department. */
  readonly elsewhere: ReadonlyMap<Caller, SignedIn>;
  /** Somebody without a role who was never here before. */
  newcomer(): Promise<SignedIn>;
}

/** Registers somebody for every role and lets them sign in. `own` is what they call theirs. */
export async function everybody(door: NestFastifyApplication, own: Place): Promise<Callers> {
  const signIn = async (payload: object): Promise<unknown> =>
    (await door.inject({ method: 'POST', url: '/api/access/sign-in', payload })).json();
  const newcomer = () => joinPerson(door, signIn, []);
  const at = new Map<Caller, SignedIn>([['no-role', await newcomer()]]);
  const elsewhere = new Map<Caller, SignedIn>();
  const holder = (role: Role, department: Department): Promise<SignedIn> => {
    const reach: Record<Scope['kind'], Scope> = {
      'own-person': { kind: 'own-person', personId: own.personId },
      'own-employer': { kind: 'own-employer', employer: own.employer },
      'own-area': { kind: 'own-area', area: AREA },
      all: { kind: 'all' },
    };
    const scope = reach[ROLE_TERMS[role].scopes.at(-1) ?? 'own-area'];
    const departments = ROLE_TERMS[role].departments ? [department] : [];
    // Only the insured person is somebody whom the office knows; one person has one account.
    const known = role === 'insured-person' ? own.personId : undefined;
    return joinPerson(door, signIn, [{ role, scope, departments }], known);
  };
  for (const role of ROLES) {
    at.set(role, await holder(role, 'human-resources'));
    if (ROLE_TERMS[role].departments) elsewhere.set(role, await holder(role, 'finance'));
  }
  return { at, elsewhere, newcomer };
}

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
