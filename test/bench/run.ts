import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Ledger, configFrom } from '@provident/assembly';
import { READ_DATABASE, type ReadDatabase } from '@provident/projections';
import { createPool } from '@provident/projections/database';
import { contributionTerms, loadPolicy } from '@provident/policy';
import { createHttpApplication } from '../../apps/office/src/http-application.js';
import * as people from '../support/people.js';
import { httpLoad } from './commands.js';
import { creditMonth, enterRegister, monthFiles } from './credits.js';
import { startCrudHandler } from './crud-handler.js';
import { DoubleEntryTable } from './double-entry.js';
import { eventStoreBench } from './event-store/event-store.js';
import { enterLongAccount, latencies, statementLatencies } from './long-account.js';
import type { BenchOptions } from './options.js';
import { officialReadRate, ownReadRate, rebuildRate } from './rebuild.js';
import { policyRate } from './policy-rate.js';
import { type Measurement, measurement, median, percentile } from './result.js';
import { sealingLines } from './sealing.js';
import { servicesLines } from './services.js';
import { treeLines } from './tree.js';
import { supervisionLines } from './supervision.js';

/** Everything in one run: each figure stands beside its yardstick. */
export async function runBench(options: BenchOptions): Promise<Measurement[]> {
  const say = (text: string): void => {
    if (!options.json) console.error(text);
  };
  const ledger = options.only === 'eventstore' ? [] : await ledgerBench(options, say);
  return options.only === 'supervision' ? ledger : [...ledger, ...(await eventStoreBench(options, say))];
}

/** A ledger on a data folder of its own. */
async function ledgerBench(options: BenchOptions, say: (text: string) => void): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'provident-bench-'));
  // The load is one user's.
  const config = {
    ...configFrom({ PORT: '0', RATE_PER_ADDRESS: '100000000', RATE_PER_USER: '100000000' }),
    dataFolder: folder,
  };
  const ledger = await Ledger.open({
    config,
    clock: { now: () => new Date() },
    create: createHttpApplication,
    onFailure: (error) => console.error(error.message),
  });
  const pool = createPool(ledger.app.get<ReadDatabase>(READ_DATABASE, { strict: false }).url, 'public', 10);
  try {
    say(`Register of ${options.people} people …`);
    await enterRegister(ledger, options.people);
    const lines: Measurement[] = [];
    if (options.only === 'supervision') {
      for (let month = 1; month <= options.months; month += 1) {
        await creditMonth(ledger, monthFiles(ledger, month, options.people));
      }
      return await supervisionLines(ledger, options.repeats);
    }
    say('(a) credits, from files to durable events and projected balances …');
    lines.push(await credits(ledger, new DoubleEntryTable(pool), options));
    say('(b) rebuild of all projections …');
    lines.push(...(await rebuild(ledger, options)));
    say('(c) statements of a 40-year account …');
    lines.push(...(await statements(ledger, options)));
    say('(d) commands over HTTP …');
    lines.push(...(await commands(ledger, pool, options)));
    say('(e) contribution calculations …');
    lines.push(await policyRate());
    say('(k) the Merkle tree and its proofs …');
    lines.push(...(await treeLines(ledger, { repeats: options.repeats, proofs: options.statements })));
    say('(f) through the separate processes and Kafka …');
    lines.push(...(await servicesLines(options, say)));
    say('(l) archive, examination and replay …');
    lines.push(...(await supervisionLines(ledger, options.repeats)));
    say('(m) sealing of personal fields …');
    lines.push(...(await sealingLines(ledger, options)));
    return lines;
  } finally {
    await pool.end();
    await ledger.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first month warms both up and is not counted. */
async function credits(ledger: Ledger, table: DoubleEntryTable, options: BenchOptions): Promise<Measurement> {
  await table.create();
  const policy = loadPolicy();
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let monthOfYear = 1; monthOfYear <= options.months; monthOfYear += 1) {
    const files = monthFiles(ledger, monthOfYear, options.people);
    const terms = (employer: number) =>
      contributionTerms(policy, { area: ledger.config.area, month: files.month, riskClass: 1 + (employer % 8) });
    const rate = (ms: number): number => (options.people / ms) * 1_000;
    const [own, yardstick] = [await creditMonth(ledger, files), await table.writeMonth(files, terms)];
    if (monthOfYear === 1) continue;
    ours.push(rate(own));
    theirs.push(rate(yardstick));
  }
  await table.drop();
  return measurement({
    name: '(a) credits: files → durable events → projected balances',
    unit: 'credits/s',
    ours: median(ours),
    yardstick: median(theirs),
    yardstickName: 'double-entry table in PostgreSQL, set-based batches',
    aim: 'ratio 0.5',
  });
}

async function rebuild(ledger: Ledger, { repeats }: BenchOptions): Promise<Measurement[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  const reader: number[] = [];
  for (let at = 0; at < repeats; at += 1) {
    ours.push((await rebuildRate(ledger)).rate);
    theirs.push(await officialReadRate(ledger));
    reader.push(await ownReadRate(ledger));
  }
  const yardstick = {
    yardstick: median(theirs),
    yardstickName: 'official client: read and JSON.parse only',
    unit: 'events/s',
  };
  return [
    measurement({ name: '(b) rebuild of all projections', ours: median(ours), ...yardstick, aim: '30,000 events/s' }),
    measurement({ name: '    reading alone, own reader', ours: median(reader), ...yardstick, aim: '' }),
  ];
}

async function statements(ledger: Ledger, options: BenchOptions): Promise<Measurement[]> {
  const personId = await enterLongAccount(ledger);
  await ledger.settled();
  const ours = await statementLatencies(ledger, personId, options.statements);
  const { pool } = ledger.app.get<ReadDatabase>(READ_DATABASE, { strict: false });
  const theirs = await latencies(options.statements, async () => {
    await pool.query('select * from account_movement where person_id = $1 order by position', [personId]);
  });
  return [50, 99].map((percent) =>
    measurement({
      name: `(c) statement of a 40-year account, p${percent}`,
      unit: 'ms',
      ours: percentile(ours, percent),
      yardstick: percentile(theirs, percent),
      yardstickName: 'the movements alone, one select in PostgreSQL',
      aim: percent === 99 ? '20 ms' : '',
    }),
  );
}

async function commands(ledger: Ledger, pool: ReadDatabase['pool'], options: BenchOptions): Promise<Measurement[]> {
  const app = ledger.app as NestFastifyApplication;
  await app.listen({ port: 0, host: '127.0.0.1' });
  const crud = await startCrudHandler(pool);
  const signInBy = async (payload: object): Promise<unknown> =>
    (await app.inject({ method: 'POST', url: '/api/access/sign-in', payload })).json();
  const { headers } = await people.join(app, signInBy, ['clerk']);
  const lines: Measurement[] = [];
  let firstPerson = 1_000_000;
  const load = async (application: NestFastifyApplication, connections: number): Promise<number> => {
    const url = await application.getUrl();
    const rates: number[] = [];
    for (let at = 0; at <= options.repeats; at += 1) {
      const result = await httpLoad({ url, connections, seconds: options.seconds, firstPerson, headers });
      firstPerson += result.requests;
      if (result.faults > 0)
        throw new Error(`${result.faults} of the load's requests to ${url} failed: ${result.statuses}.`);
      if (at > 0) rates.push(result.perSecond);
    }
    return median(rates);
  };
  try {
    for (const connections of [16, 64]) {
      lines.push(
        measurement({
          name: `(d) register a person over HTTP, ${connections} connections`,
          unit: 'requests/s',
          ours: await load(app, connections),
          yardstick: await load(crud, connections),
          yardstickName: 'conventional CRUD handler: select, insert, audit, commit',
          aim: 'ratio 1',
        }),
      );
    }
  } finally {
    await crud.close();
  }
  return lines;
}
