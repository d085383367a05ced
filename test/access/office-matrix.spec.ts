import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { keyOf, ROLES, routesOf, watchServerRoutes } from '@provident/access';
import { type Matrix, matrixFaults } from '@provident/access/testing/matrix';
import { guardedApplication } from '@provident/assembly';
import { parse } from 'yaml';
import { openTestLedger, type TestLedger } from '../support/test-ledger.js';
import { carryOutMatrix, everybody } from './matrix-run.js';
import { makePlace, type Place } from './office-places.js';

/*
 * The authorisation matrix of the whole office: the data file says for every route which role is let through within its
 * reach, outside of it, and in another department. Every cell is carried out. A new route without a row fails here.
 */
const MATRIX = parse(readFileSync(join(__dirname, 'office-matrix.yaml'), 'utf8')) as Matrix;

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
  const routes = routesOf(app);
  const callers = await everybody(app, own);
  const { cells, executed, differences } = await carryOutMatrix({ matrix: MATRIX, routes, app, callers, own, foreign });
  expect(differences).toEqual([]);
  expect(executed).toBe(cells);
  expect(cells).toBeGreaterThan(routes.length * ROLES.length * 2);
}, 300_000);
