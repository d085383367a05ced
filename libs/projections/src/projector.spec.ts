import type { ReadAllOptions } from '@provident/event-store/event-source';
import type { RecordedEvent } from '@provident/kernel';
import { ProjectionFailed } from './applier.js';
import { readCheckpoint } from './checkpoint.js';
import type { ReadDatabase } from './database.js';
import { Projector } from './projector.js';
import { ReadPosition } from './read-position.js';
import { SyntheticLog } from './testing/synthetic-log.js';
import { type Counted, tally } from './testing/tally.js';
import { dropEverything, testDatabase } from './testing/test-database.js';

let database: ReadDatabase;
beforeAll(async () => (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(() => dropEverything(database));

const counted = (name: string, amount: number, note?: string) => ({
  type: 'Counted',
  data: { name, amount, ...(note === undefined ? {} : { note }) } satisfies Counted,
});

async function totals(): Promise<Record<string, string>> {
  const { rows } = await database.pool.query<{ name: string; amount: bigint }>('select name, amount from total');
  return Object.fromEntries(rows.map((row) => [row.name, row.amount.toString()]));
}

function logOf(...amounts: number[]): SyntheticLog {
  const log = new SyntheticLog();
  for (const amount of amounts) log.append(counted('a', amount), 's-1');
  return log;
}

describe('projector', () => {
  it('applies the log in batches and keeps the checkpoint with the rows', async () => {
    const log = logOf(1, 2, 3, 4, 5);
    const projector = new Projector({ pool: database.pool, source: log, projections: [tally()], maxBatch: 2 });
    const checkpoint = await projector.catchUp();
    expect(checkpoint).toEqual({ position: log.head, events: 5n });
    expect(await readCheckpoint(database.pool, 'provident')).toEqual(checkpoint);
    expect(await totals()).toEqual({ a: '15' });
  });

  it('changes nothing when a batch comes twice', async () => {
    const log = logOf(1, 2, 3);
    const twice = {
      async *batches(options: ReadAllOptions): AsyncGenerator<readonly RecordedEvent[]> {
        yield* log.batches(options);
        yield log.all();
        yield log.all().slice(1);
      },
    };
    await new Projector({ pool: database.pool, source: twice, projections: [tally()] }).catchUp();
    await new Projector({ pool: database.pool, source: twice, projections: [tally()] }).catchUp();
    expect(await totals()).toEqual({ a: '6' });
  });

  it('takes a newer text or keeps the old one, and stores any character', async () => {
    const log = new SyntheticLog();
    const odd = 'tab\t line\n "quote" back\\slash {brace}, 㐂𠮷';
    log.append(counted(odd, 1, odd), 's-1');
    log.append(counted(odd, 1), 's-1');
    log.append(counted('nul\0', 1), 's-1');
    await new Projector({ pool: database.pool, source: log, projections: [tally()], maxBatch: 1 }).catchUp();
    const { rows } = await database.pool.query<{ name: string }>('select name, last_note from total order by name');
    expect(rows).toEqual([
      { name: 'nul␀', last_note: null },
      { name: odd, last_note: odd },
    ]);
    const entries = await database.pool.query<{ name: string }>('select name from entry order by position');
    expect(entries.rows.map((row) => row.name)).toEqual([odd, odd, 'nul␀']);
  });

  it('follows the log live, wakes who waits for a position, and stops cleanly', async () => {
    const log = logOf(1);
    const position = new ReadPosition(() => readCheckpoint(database.pool, 'provident'));
    const projector = new Projector({
      ...{ pool: database.pool, source: log, projections: [tally()] },
      onAdvance: (checkpoint) => position.advance(checkpoint),
    });
    await projector.start();
    const { position: wanted } = log.append(counted('b', 7), 's-1');
    await position.waitFor(wanted, 5_000);
    expect(await totals()).toEqual({ a: '1', b: '7' });
    await projector.stop();
    expect(projector.status).toMatchObject({ state: 'stopped', checkpoint: { events: 2n } });
    log.append(counted('c', 1), 's-1');
    await expect(position.waitFor(log.head, 100)).rejects.toMatchObject({ code: 'read-position-timeout' });
  });

  it('stops at the event that a projection cannot take, and names it', async () => {
    const log = logOf(1, 2, 3);
    const poison = log.append({ type: 'Poison', data: {} }, 's-9');
    log.append(counted('a', 100), 's-1');
    const troubles: unknown[] = [];
    const projector = new Projector({
      ...{ pool: database.pool, source: log, projections: [tally()] },
      onTrouble: (error) => troubles.push(error),
    });
    await expect(projector.catchUp()).rejects.toMatchObject({
      position: poison.position,
      eventType: 'Poison',
      stream: 's-9',
    });
    expect(await totals()).toEqual({ a: '6' });
    await projector.start();
    while (projector.status.state === 'running') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(projector.status.state).toBe('failed');
    expect(troubles).toEqual([expect.any(ProjectionFailed)]);
    expect(await totals()).toEqual({ a: '6' });
  });

  it('names the event whose row the database refuses', async () => {
    const log = logOf(1, 2);
    const refused = log.append(counted('a', 1.5), 's-1');
    log.append(counted('a', 4), 's-1');
    const projector = new Projector({ pool: database.pool, source: log, projections: [tally()] });
    await expect(projector.catchUp()).rejects.toMatchObject({ position: refused.position });
    expect(await totals()).toEqual({ a: '3' });
  });

  it('goes on when the database comes back', async () => {
    const log = logOf(1);
    const troubles: unknown[] = [];
    const projector = new Projector({
      ...{ pool: database.pool, source: log, projections: [tally()] },
      onTrouble: (error) => troubles.push(error),
    });
    await projector.start();
    await database.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = current_user',
    );
    log.append(counted('a', 2), 's-1');
    const position = new ReadPosition(() => readCheckpoint(database.pool, 'provident'));
    await position.waitFor(log.head, 5_000);
    await projector.stop();
    expect(await totals()).toEqual({ a: '3' });
  });

  it('asks for a rebuild when a projection has another version', async () => {
    const log = logOf(1);
    await new Projector({ pool: database.pool, source: log, projections: [tally(1)] }).catchUp();
    const changed = new Projector({ pool: database.pool, source: log, projections: [tally(2)] });
    await expect(changed.start()).rejects.toMatchObject({
      code: 'rebuild-required',
      details: { projections: 'tally' },
    });
  });
});
