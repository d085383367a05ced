import type { DeclaredRoute } from '../guard/routes.js';
import { keyOf } from '../guard/routes.js';
import type { Source } from '../guard/needs.js';
import { type Role, ROLE_TERMS, ROLES } from '../rights/roles.js';

/*
 * The authorisation matrix: for every route and every role, within and outside the role's reach, whether it is let
 * through. It is a data file, so that a person reads and decides it; the runner carries out every cell against a real
 * application. A route without a row, a row without a route, and a cell that answers otherwise are all faults.
 */

/** Where a request of a cell lies, as seen from the role that makes it. */
export const REACHES = ['within', 'outside', 'other-department'] as const;
export type Reach = (typeof REACHES)[number];

/** A row: the roles that are let through, by where the request lies. Nobody else is. */
export type MatrixRow = 'public' | 'everyone-signed-in' | Readonly<Partial<Record<Reach, readonly Role[]>>>;
export type Matrix = Readonly<Record<string, MatrixRow>>;

/** Who makes the request of a cell: a role, somebody signed in without any, or nobody. */
export type Caller = Role | 'no-role' | 'nobody';

export interface Cell {
  readonly route: DeclaredRoute;
  readonly caller: Caller;
  readonly reach: Reach;
  readonly wanted: 'allow' | 'refuse';
}

const CALLERS: readonly Caller[] = ['nobody', 'no-role', ...ROLES];

/** What a matrix says about routes that are not there, and fails to say about those that are. */
export function matrixFaults(matrix: Matrix, routes: readonly DeclaredRoute[]): readonly string[] {
  const keys = new Set(routes.map(keyOf));
  return [
    ...routes.filter(({ declaration }) => declaration === undefined).map((each) => `${keyOf(each)} declares nothing`),
    ...[...keys].filter((key) => !Object.hasOwn(matrix, key)).map((key) => `${key} has no row`),
    ...Object.keys(matrix)
      .filter((key) => !keys.has(key))
      .map((key) => `${key} has a row and is no route`),
  ];
}

/** Every cell of the matrix. */
export function* cellsOf(matrix: Matrix, routes: readonly DeclaredRoute[]): Generator<Cell> {
  for (const route of routes) {
    const row = matrix[keyOf(route)];
    if (row === undefined) continue;
    for (const caller of CALLERS) {
      for (const reach of REACHES) {
        // Only staff of the agency belongs to a department.
        if (reach === 'other-department' && !hasDepartment(caller)) continue;
        yield { route, caller, reach, wanted: isAllowed(row, caller, reach) ? 'allow' : 'refuse' };
      }
    }
  }
}

function hasDepartment(caller: Caller): boolean {
  return caller !== 'nobody' && caller !== 'no-role' && ROLE_TERMS[caller].departments;
}

function isAllowed(row: MatrixRow, caller: Caller, reach: Reach): boolean {
  if (row === 'public') return true;
  if (caller === 'nobody') return false;
  if (row === 'everyone-signed-in') return true;
  return caller !== 'no-role' && row[reach]?.includes(caller) === true;
}

/** What stands for the person, the employer, the area and the things of a request, by where the cell lies. */
export interface CellValues {
  readonly person: string;
  readonly employer: string;
  readonly area: string;
  /** Ids of things that a finder looks up, by the finder's name. */
  readonly things: Readonly<Record<string, string>>;
  /** For path parameters that no target reads. */
  readonly anything: string;
}

export interface CellRequest {
  readonly method: string;
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** The request of a cell: the route's path, query and body with its targets where its declaration says they stand. */
export function requestOf({ method, path, declaration }: DeclaredRoute, values: CellValues): CellRequest {
  const places = new Map<Source, string>();
  if (declaration?.kind === 'needs') {
    const { person, employer, area, by } = declaration.target;
    if (person !== undefined) places.set(person, values.person);
    if (employer !== undefined) places.set(employer, values.employer);
    if (area !== undefined) places.set(area, values.area);
    if (by !== undefined) places.set(by.id, values.things[by.finder] ?? values.anything);
  }
  const url = path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(places.get(`param:${name}`) ?? values.anything),
  );
  const named = (kind: 'query' | 'body'): [string, string][] =>
    [...places]
      .filter(([place]) => place.startsWith(`${kind}:`))
      .map(([place, value]) => [place.slice(kind.length + 1), value]);
  const query = new URLSearchParams(named('query')).toString();
  return {
    method,
    url: query === '' ? url : `${url}?${query}`,
    body: ['GET', 'DELETE'].includes(method) ? undefined : Object.fromEntries(named('body')),
  };
}

/**
 * Carries out every cell and tells those that came out otherwise. A refusal is 401 or 403; whatever else a route answers -
 * also that the request is incomplete - shows that the caller was let through.
 */
export async function matrixDifferences(
  cells: Iterable<Cell>,
  carryOut: (cell: Cell) => Promise<number>,
): Promise<{ readonly executed: number; readonly differences: readonly string[] }> {
  const differences: string[] = [];
  let executed = 0;
  for (const cell of cells) {
    const status = await carryOut(cell);
    executed += 1;
    const found = status === 401 || status === 403 ? 'refuse' : 'allow';
    if (found !== cell.wanted) {
      differences.push(
        `${keyOf(cell.route)} by ${cell.caller} ${cell.reach}: ${found} (${status}), not ${cell.wanted}`,
      );
    }
  }
  return { executed, differences };
}
