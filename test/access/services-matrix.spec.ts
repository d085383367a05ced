import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { keyOf, ROLES, routesOf, watchServerRoutes } from '@provident/access';
import { type Matrix, matrixFaults } from '@provident/access/testing/matrix';
import {
  type CounterConfig,
  counterConfig,
  enquiryConfig,
  guardedApplication,
  PROJECTIONS,
  supervisorConfig,
} from '@provident/assembly';
import { type EmbeddedEventStore, startEmbeddedEventStore } from '@provident/embedded-event-store';
import { ReactionRunner } from '@provident/event-store';
import type { ReadDatabase } from '@provident/projections';
import { createSchema } from '@provident/projections/schema';
import { testDatabase } from '@provident/projections/testing/test-database';
import { Telemetry } from '@provident/telemetry';
import { parse } from 'yaml';
import { CounterModule } from '../../apps/counter/src/counter.module.js';
import { EnquiryModule } from '../../apps/enquiry/src/enquiry.module.js';
import { SupervisorModule } from '../../apps/supervisor/src/supervisor.module.js';
import { carryOutMatrix, everybody } from './matrix-run.js';
import { makePlace, type Place } from './office-places.js';

/*
 * The separate processes' own modules, in this process, on one event store and one database: what only they serve has a row
 * of its own, and every cell of it is carried out. A new route of any of them without a row fails here.
 */
const read = (file: string) => parse(readFileSync(join(__dirname, file), 'utf8')) as Matrix;
const MATRIX = read('services-matrix.yaml');
const OFFICE = read('office-matrix.yaml');
const OFTEN = { burst: 1_000_000, perMinute: 1_000_000 };
const SERVICES = ['counter', 'enquiry', 'supervisor'] as const;
type Name = (typeof SERVICES)[number];

const clock = { now: () => new Date('2026-01-15T02:00:00Z') };
const apps = new Map<Name, NestFastifyApplication>();
const served = new Map<Name, () => readonly string[]>();
const failures: Error[] = [];
let store: EmbeddedEventStore;
let database: ReadDatabase;
let own: Place;
let foreign: Place;

beforeAll(async () => {
  [store, database] = [await startEmbeddedEventStore({ inThread: true }), await testDatabase()];
  await createSchema(database.pool, 'provident', PROJECTIONS, 'for-use');
  const modules = modulesOf({
    ...{ EVENTSTORE_URL: store.url, DATABASE_URL: database.url, VAULT_URL: database.url, PORT: '0' },
    ...{ PROVIDENT_MASTER_KEY: randomBytes(32).toString('base64'), CHECKPOINT_KEY: randomBytes(32).toString('base64') },
  });
  for (const name of SERVICES) apps.set(name, await application(name, modules[name]));
  await app('counter').get(ReactionRunner, { strict: false }).start();
  [own, foreign] = [await makePlace(app('counter'), 0), await makePlace(app('counter'), 1)];
}, 120_000);
afterAll(async () => {
  await app('counter').get(ReactionRunner, { strict: false }).stop();
  for (const each of apps.values()) await each.close();
  await database.close();
  await store.stop();
});

/** Each process's own module, as its variables configure it; a test asks more often than people. */
function modulesOf(variables: Readonly<Record<string, string>>): Readonly<Record<Name, DynamicModule>> {
  const often = <Config extends Pick<CounterConfig, 'access'>>(config: Config): Config => ({
    ...config,
    access: { ...config.access, rates: { addresses: OFTEN, users: OFTEN, signIns: OFTEN } },
  });
  const telemetry = Telemetry.of({ service: 'counter', logLevel: 'fatal', tracesTo: undefined, tracesKept: 1 });
  const onReactionFailure = (error: Error) => void failures.push(error);
  return {
    counter: CounterModule.with({ config: often(counterConfig(variables)), telemetry, clock, onReactionFailure }),
    enquiry: EnquiryModule.with(often(enquiryConfig(variables)), clock),
    supervisor: SupervisorModule.with(often(supervisorConfig(variables)), clock),
  };
}

function application(name: Name, module: DynamicModule): Promise<NestFastifyApplication> {
  return guardedApplication(module, {
    ...{ title: name, description: name },
    prepare: (made) => served.set(name, watchServerRoutes(made.getHttpAdapter().getInstance())),
  });
}

function app(name: Name): NestFastifyApplication {
  const found = apps.get(name);
  if (found === undefined) throw new Error(`The ${name} has not started.`);
  return found;
}

it.each(SERVICES)('every route of the %s has a row, and nothing reaches its server past the walk', (name) => {
  const routes = routesOf(app(name));
  expect(routes.length).toBeGreaterThan(0);
  // Rows of routes that another process serves are none of its faults.
  const faults = matrixFaults({ ...OFFICE, ...MATRIX }, routes).filter((fault) => !fault.endsWith('and is no route'));
  expect(faults).toEqual([]);
  const walked = new Set(routes.map(keyOf));
  // The pages of the interface's description hold no data.
  const past = served
    .get(name)?.()
    .filter((route) => !walked.has(route) && !/^GET \/(api|api-json|api-yaml)\b/.test(route));
  expect(past).toEqual([]);
});

it('what only they serve has its row here and nowhere else', () => {
  const all = new Set(SERVICES.flatMap((name) => routesOf(app(name)).map(keyOf)));
  expect(Object.keys(MATRIX).filter((key) => !all.has(key) || Object.hasOwn(OFFICE, key))).toEqual([]);
});

it('every cell is answered as the matrix says, by whoever signed in at the counter', async () => {
  const callers = await everybody(app('counter'), own);
  let carriedOut = 0;
  for (const name of SERVICES) {
    const routes = routesOf(app(name)).filter((route) => Object.hasOwn(MATRIX, keyOf(route)));
    const run = { matrix: MATRIX, routes, app: app(name), callers, own, foreign };
    const { cells, executed, differences } = await carryOutMatrix(run);
    expect({ name, differences }).toEqual({ name, differences: [] });
    expect(executed).toBe(cells);
    carriedOut += executed;
  }
  expect(carriedOut).toBeGreaterThan(Object.keys(MATRIX).length * ROLES.length * 2);
  expect(failures).toEqual([]);
}, 120_000);
