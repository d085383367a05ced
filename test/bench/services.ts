import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configFrom, HttpStoryDesk, Ledger, LedgerDesk, type StoryDesk } from '@provident/assembly';
import { businessDate } from '@provident/kernel';
import { READ_DATABASE, type ReadDatabase } from '@provident/projections';
import { appliedUpTo } from '@provident/projections/applied-up-to';
import { createPool, LIVE_SCHEMA } from '@provident/projections/database';
import { RegisterPerson } from '@provident/registry';
import { NestFactory } from '@nestjs/core';
import type { Pool } from 'pg';
import { kafkaAvailable } from '../../deploy/kafka/kafka-available.js';
import { openAgencyAccounts } from '../../deploy/services/agency-accounts.js';
import { Services } from '../../deploy/services/services.js';
import type { BenchOptions } from './options.js';
import { citizenNumber, employersFile, nameOf, peopleFile } from './payroll.js';
import { type Measurement, measurement, percentile } from './result.js';

const ON = businessDate('2025-01-02');
/** Numbers of the people that are registered one by one, behind those of the files. */
const SINGLES_FROM = 2_000_000;
/** Commands before the measured ones. */
const WARM_UP = 20;

interface Through {
  readonly desk: StoryDesk;
  readonly pool: Pool;
  /** Registers a person; answers, when that is accepted, with its log position. */
  readonly register: (person: number) => Promise<bigint>;
}

interface Figures {
  readonly eventsPerSecond: number;
  readonly latenciesMs: readonly number[];
}

/** From an accepted command to its row behind Kafka, and how many events a second go that way; beside a single process. */
export async function servicesLines(options: BenchOptions, say: (text: string) => void): Promise<Measurement[]> {
  const kafka = kafkaAvailable();
  if (!kafka.available) {
    say(`(f) NOT MEASURED: Kafka needs ${kafka.missing}, missing here.`);
    return [];
  }
  const alone = await inFolder((folder) => throughOneProcess(folder, options));
  const apart = await inFolder((folder) => throughServices(folder, options));
  const yardstickName = 'everything in one process, in the same run';
  return [
    ...[50, 99].map((percent) =>
      measurement({
        name: `(f) accepted command to projected row through Kafka, p${percent}`,
        unit: 'ms',
        ours: percentile(apart.latenciesMs, percent),
        yardstick: percentile(alone.latenciesMs, percent),
        ...{ yardstickName, aim: '' },
      }),
    ),
    measurement({
      name: '    file to projected rows through the services',
      unit: 'events/s',
      ours: apart.eventsPerSecond,
      yardstick: alone.eventsPerSecond,
      ...{ yardstickName, aim: '' },
    }),
  ];
}

async function throughOneProcess(folder: string, options: BenchOptions): Promise<Figures> {
  const ledger = await Ledger.open({
    config: { ...configFrom({ PORT: '0' }), dataFolder: join(folder, 'data') },
    clock: { now: () => new Date() },
    create: (module) => NestFactory.createApplicationContext(module, { logger: ['error', 'warn'] }),
    onFailure: (error) => console.error(error.message),
  });
  const register = async (person: number): Promise<bigint> => {
    const body = { citizenNumber: citizenNumber(person), name: nameOf(person) };
    const context = ledger.context('bench', ON, 'bench', 'person', String(person));
    return (await ledger.commands.execute(new RegisterPerson(body, context))).position ?? 0n;
  };
  try {
    const { pool } = ledger.app.get<ReadDatabase>(READ_DATABASE, { strict: false });
    return await measure({ desk: new LedgerDesk(ledger), pool, register }, folder, options);
  } finally {
    await ledger.close();
  }
}

async function throughServices(folder: string, options: BenchOptions): Promise<Figures> {
  const services = await Services.start({
    ...{ folder: join(folder, 'data'), area: configFrom({}).area, counters: 1, projectors: 1 },
    // The load is one user's.
    variables: { LOG_LEVEL: 'error', RATE_PER_ADDRESS: '100000000', RATE_PER_USER: '100000000' },
    say: () => undefined,
    onGiveUp: ({ name }) => console.error(`${name} ended too often.`),
  });
  const pool = createPool(services.postgres.address, LIVE_SCHEMA, 2);
  const [counter = '', enquiry = ''] = [services.urlsOf('counter')[0], services.urlsOf('enquiry')[0]];
  const desk = new HttpStoryDesk(counter, enquiry, await openAgencyAccounts(services));
  const register = (person: number): Promise<bigint> =>
    desk.registerPerson({ citizenNumber: citizenNumber(person), name: nameOf(person) }, String(person));
  try {
    return await measure({ desk, pool, register }, folder, options);
  } finally {
    await pool.end();
    await services.stop();
  }
}

async function measure(through: Through, folder: string, { people, statements }: BenchOptions): Promise<Figures> {
  const { desk, pool } = through;
  const [employers, register] = [join(folder, 'employers.csv'), join(folder, 'people.csv')];
  writeFileSync(employers, employersFile(people));
  writeFileSync(register, peopleFile(people));
  await desk.importEmployers(employers, { on: ON, key: 'employers' });
  await desk.settled();
  const before = (await appliedUpTo(pool, LIVE_SCHEMA)).events;
  const startedAt = performance.now();
  await desk.importPeople(register, { on: ON, key: 'people' });
  await desk.settled();
  const seconds = (performance.now() - startedAt) / 1_000;
  const events = Number((await appliedUpTo(pool, LIVE_SCHEMA)).events - before);
  const latenciesMs: number[] = [];
  for (let at = 0; at < WARM_UP + statements; at += 1) {
    const position = await through.register(SINGLES_FROM + at);
    const acceptedAt = performance.now();
    await rowAt(pool, position);
    if (at >= WARM_UP) latenciesMs.push(performance.now() - acceptedAt);
  }
  return { eventsPerSecond: events / seconds, latenciesMs };
}

/** Looks for the row of a registration until it is there. */
async function rowAt(pool: Pool, position: bigint): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query('select 1 from person where position = $1', [position]);
    if (rowCount === 1) return;
  }
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'provident-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
