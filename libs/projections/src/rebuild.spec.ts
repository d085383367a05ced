import { setTimeout as sleep } from 'node:timers/promises';
import { readCheckpoint } from './checkpoint.js';
import type { ReadDatabase } from './database.js';
import { compare, digest } from './digest.js';
import { Projector } from './projector.js';
import { ReadPosition } from './read-position.js';
import { digestsLiveAndRebuilt, rebuild } from './rebuild.js';
import { inspectSchema } from './schema.js';
import { SyntheticLog } from './testing/synthetic-log.js';
import { tally } from './testing/tally.js';
import { dropEverything, testDatabase } from './testing/test-database.js';

let database: ReadDatabase;
beforeAll(async () => (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(() => dropEverything(database));

function logOf(count: number): SyntheticLog {
  const log = new SyntheticLog();
  for (let i = 0; i < count; i += 1) add(log, i);
  return log;
}

function add(log: SyntheticLog, i: number): void {
  log.append({ type: 'Counted', data: { name: `n${i % 7}`, amount: i, note: `${i}` } }, 's-1');
}

async function schemas(): Promise<string[]> {
  const found = await database.pool.query<{ nspname: string }>(
    `select nspname from pg_namespace where nspname like 'provident%' order by 1`,
  );
  return found.rows.map((row) => row.nspname);
}

describe('rebuild', () => {
  it('gives the same digests however the log was cut into batches', async () => {
    const log = logOf(500);
    const options = { pool: database.pool, source: log, projections: [tally()] };
    await new Projector({ ...options, maxBatch: 3 }).catchUp();
    const before = await digest(database.pool, [tally()]);
    const phases = new Set<string>();
    const report = await rebuild({ ...options, maxBatch: 100, onProgress: ({ phase }) => phases.add(phase) });
    const after = await digest(database.pool, [tally()]);
    expect(report.events).toBe(500n);
    expect(after).toEqual(before);
    expect(after.tables.map(({ table, rows }) => [table, rows])).toEqual([
      ['entry', 500],
      ['total', 7],
    ]);
    expect([...phases]).toEqual(['replay', 'index', 'swap']);
    expect(await schemas()).toEqual(['provident']);
  });

  it('sees a single changed fen, and leaves the live tables alone', async () => {
    const log = logOf(50);
    const options = { pool: database.pool, source: log, projections: [tally()] };
    await new Projector(options).catchUp();
    const same = await digestsLiveAndRebuilt(options);
    expect(compare(same.live, same.rebuilt)).toEqual([]);
    await database.pool.query(`update total set amount = amount + 1 where name = 'n3'`);
    const other = await digestsLiveAndRebuilt(options);
    expect(compare(other.live, other.rebuilt)).toEqual(['total']);
    expect(await schemas()).toEqual(['provident']);
  });

  it('swaps under a live projector and living readers without losing or doubling an event', async () => {
    const log = logOf(200);
    const position = new ReadPosition(() => readCheckpoint(database.pool, 'provident'));
    const options = { pool: database.pool, source: log, projections: [tally()], maxBatch: 20 };
    const projector = new Projector(options);
    await projector.start();
    await position.waitFor(log.head, 5_000);
    const rebuilding = new AbortController();
    const writing = (async () => {
      for (let i = 200; !rebuilding.signal.aborted; i += 1) {
        add(log, i);
        const sums = await database.pool.query<{ same: boolean }>(
          'select (select sum(amount) from total) = (select sum(amount) from entry) as same',
        );
        expect(sums.rows).toEqual([{ same: true }]);
      }
    })();
    await rebuild(options);
    await rebuild(options);
    rebuilding.abort();
    await writing;
    await position.waitFor(log.head, 5_000);
    await projector.stop();
    const { live, rebuilt } = await digestsLiveAndRebuilt(options);
    expect(compare(live, rebuilt)).toEqual([]);
    expect(live.events).toBe(BigInt(log.all().length));
  });

  it('waits for a statement that has some of its tables, and no longer than it must', async () => {
    const options = { pool: database.pool, source: logOf(20), projections: [tally()] };
    await new Projector(options).catchUp();
    const reader = await database.pool.connect();
    await reader.query('begin; select 1 from total');
    let isSwapped = false;
    const rebuilding = rebuild(options).then(() => (isSwapped = true));
    await sleep(1_000);
    expect(isSwapped).toBe(false);
    expect((await reader.query('select 1 from entry')).rowCount).toBe(20);
    await reader.query('commit');
    reader.release();
    await rebuilding;
  });

  it('brings a changed projection up to date and clears away what a killed rebuild left', async () => {
    const log = logOf(20);
    const base = { pool: database.pool, source: log };
    await new Projector({ ...base, projections: [tally(1)] }).catchUp();
    await database.pool.query('create schema provident_rebuild; create table provident_rebuild.entry (rest int)');
    expect(await inspectSchema(database.pool, 'provident', [tally(2)])).toEqual({
      kind: 'outdated',
      projections: ['tally'],
    });
    await rebuild({ ...base, projections: [tally(2)] });
    expect(await inspectSchema(database.pool, 'provident', [tally(2)])).toEqual({ kind: 'current' });
    expect((await new Projector({ ...base, projections: [tally(2)] }).catchUp()).events).toBe(20n);
  });
});
