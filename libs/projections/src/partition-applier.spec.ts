import type { RecordedEvent } from '@provident/kernel';
import { appliedUpTo } from './applied-up-to.js';
import type { ReadDatabase } from './database.js';
import { type DeadLetter, readDeadLetters } from './dead-letter.js';
import { PartitionApplier, type PartitionApplierOptions } from './partition-applier.js';
import type { PartitionContent, PartitionMessage } from './partition-message.js';
import { PartitionMoved } from './partition-progress.js';
import type { Projection } from './projection.js';
import { rebuild } from './rebuild.js';
import { createSchema, prepareSchema } from './schema.js';
import { SyntheticLog } from './testing/synthetic-log.js';
import { tally } from './testing/tally.js';
import { dropEverything, testDatabase } from './testing/test-database.js';

const SCHEMA = 'provident';
const TOPIC = 'provident.310000.s';

let database: ReadDatabase;
let announced: DeadLetter[];
beforeAll(async () => (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(async () => {
  announced = [];
  await dropEverything(database);
  await createSchema(database.pool, SCHEMA, [tally()], 'for-use', 'kafka');
});

async function applierOf(partition: number, options: Partial<PartitionApplierOptions> = {}): Promise<PartitionApplier> {
  const applier = new PartitionApplier({
    ...{ pool: database.pool, schema: SCHEMA, projections: [tally()], unreadable: 'stop' as const },
    place: { topic: TOPIC, partition },
    announce: (letters) => Promise.resolve(void announced.push(...letters)),
    ...options,
  });
  await applier.load();
  return applier;
}

function messages(partition: number, firstOffset: number, contents: readonly PartitionContent[]): PartitionMessage[] {
  return contents.map((content, at) => ({
    ...{ topic: TOPIC, partition, content, offset: BigInt(firstOffset + at) },
    raw: () => ({ key: null, headers: { ce_id: 'raw' }, value: Buffer.from('raw') }),
  }));
}

function eventsOf(...amounts: number[]): { event: RecordedEvent }[] {
  const log = new SyntheticLog(1n);
  return amounts.map((amount) => ({ event: log.append({ type: 'Counted', data: { name: 'a', amount } }, 's-1') }));
}

async function total(): Promise<bigint> {
  const { rows } = await database.pool.query<{ amount: bigint }>('select amount from total');
  return rows[0]?.amount ?? 0n;
}

describe('a partition', () => {
  it('is applied once, however often its messages come', async () => {
    const [one, two, three] = eventsOf(1, 2, 3);
    const applier = await applierOf(0);
    const all = [one, two, one, two, one, three].flatMap((each) => each ?? []);
    await applier.apply(messages(0, 0, all.slice(0, 3)));
    await applier.apply(messages(0, 3, all.slice(3)));
    expect(await total()).toBe(6n);
    expect(applier.progress).toEqual({ nextOffset: 6n, lastPosition: three?.event.position, events: 3n });
    expect((await applierOf(0)).progress).toEqual(applier.progress);
  });

  it('is written by one of two processes that both hold it; the other writes nothing', async () => {
    const events = eventsOf(1, 2, 3);
    const [late, quick] = [await applierOf(0), await applierOf(0)];
    await quick.apply(messages(0, 0, events));
    await expect(late.apply(messages(0, 0, events.slice(0, 2)))).rejects.toThrow(PartitionMoved);
    expect(await total()).toBe(6n);
    await late.load();
    await late.apply(messages(0, 3, events));
    expect(await total()).toBe(6n);
  });

  it('counts what precedes the event that it stops at, and nothing behind it', async () => {
    const events = eventsOf(1, 2, 3, 4, 5.5, 6, 7);
    const applier = await applierOf(0);
    const stopped = applier.apply(messages(0, 0, events));
    await expect(stopped).rejects.toMatchObject({ name: 'PartitionStopped', projection: 'tally', at: { offset: 4n } });
    expect(await total()).toBe(10n);
    expect(applier.progress.nextOffset).toBe(4n);
  });

  it('passes what one projection cannot take and another can, and tells before it commits', async () => {
    const picky: Projection = {
      ...{ name: 'picky', version: 1, tables: [], poison: 'dead-letter' },
      apply(batch) {
        if (batch.some(({ data }) => (data as { amount: number }).amount === 2)) throw new Error('not two');
      },
    };
    const events = eventsOf(1, 2, 3);
    const refusing = await applierOf(0, {
      projections: [tally(), picky],
      announce: () => Promise.reject(new Error('the topic is away')),
    });
    await expect(refusing.apply(messages(0, 0, events))).rejects.toThrow('the topic is away');
    expect(await total()).toBe(1n);
    const applier = await applierOf(0, { projections: [tally(), picky] });
    await applier.apply(messages(0, 1, events.slice(1)));
    expect(await total()).toBe(6n);
    const letters = await readDeadLetters(database.pool, SCHEMA);
    expect(letters).toEqual([
      expect.objectContaining({ id: `${TOPIC}/0/1/picky`, reason: 'not two', state: 'open', projection: 'picky' }),
    ]);
    expect(announced.map(({ id }) => id)).toEqual([`${TOPIC}/0/1/picky`]);
  });

  it('remembers between which events an unreadable message stood', async () => {
    const [one, two] = eventsOf(1, 2);
    const applier = await applierOf(0, { unreadable: 'dead-letter' });
    await applier.apply(messages(0, 0, [one as PartitionContent, { unreadable: 'garbage' }]));
    expect((await readDeadLetters(database.pool, SCHEMA))[0]?.between).toEqual({ after: one?.event.position });
    await (await applierOf(0)).apply(messages(0, 2, [two as PartitionContent]));
    expect((await readDeadLetters(database.pool, SCHEMA))[0]).toMatchObject({
      between: { after: one?.event.position, before: two?.event.position },
      message: { headers: { ce_id: 'raw' }, value: Buffer.from('raw') },
    });
  });

  it('is written beside others that touch the same rows', async () => {
    const log = new SyntheticLog(1n);
    const names = Array.from({ length: 50 }, (_, place) => `name ${place}`);
    const batch = (order: readonly string[]) =>
      order.map((name) => ({ event: log.append({ type: 'Counted', data: { name, amount: 1 } }, 's-1') }));
    const work = [0, 1, 2, 3].map((partition) => ({
      partition,
      batches: Array.from({ length: 20 }, () => batch(partition % 2 === 0 ? names : names.toReversed())),
    }));
    await Promise.all(
      work.map(async ({ partition, batches }) => {
        const applier = await applierOf(partition);
        for (const [place, each] of batches.entries()) await applier.apply(messages(partition, place * 50, each));
      }),
    );
    const { rows } = await database.pool.query<{ amount: bigint }>('select distinct amount from total');
    expect(rows).toEqual([{ amount: 80n }]);
  });
});

describe('how far a read side over partitions is', () => {
  const relayed = (position: bigint, ...offsets: bigint[]): PartitionContent => ({
    relayed: { position, offsets: { [TOPIC]: offsets } },
  });
  const upTo = async () => (await appliedUpTo(database.pool, SCHEMA)).position;

  it('is the last word of a relay all of which is applied', async () => {
    const told = await applierOf(9);
    const [one, two, three] = eventsOf(1, 2, 3).map((each) => [each]) as [
      [PartitionContent],
      [PartitionContent],
      [PartitionContent],
    ];
    const positions = [one, two, three].map(([content]) => ('event' in content ? content.event.position : -1n));
    const [first = 0n, second = 0n, third = 0n] = positions;
    expect(await upTo()).toBe(-1n);
    await told.apply(messages(9, 0, [relayed(first, 1n, 0n), relayed(third, 2n, 1n)]));
    expect(await upTo()).toBe(-1n);
    const [left, right] = [await applierOf(0), await applierOf(1)];
    await left.apply(messages(0, 0, one));
    expect(await upTo()).toBe(first);
    await left.apply(messages(0, 1, three));
    expect(await upTo()).toBe(first);
    await right.apply(messages(1, 0, two));
    expect(await upTo()).toBe(third);
    expect(second).toBeGreaterThan(first);
    // A late relay tells of less; what is known is not forgotten.
    await told.apply(messages(9, 2, [relayed(second, 5n, 5n), relayed(third + 1n, 3n, 1n)]));
    expect(await upTo()).toBe(third);
  });

  it('is known although the relay was far ahead: few of its words are kept, the last among them', async () => {
    const told = await applierOf(9);
    const [event] = eventsOf(1);
    for (let place = 0; place < 300; place += 1) {
      await told.apply(messages(9, place, [relayed(BigInt(place), BigInt(place + 1))]));
    }
    const { rows } = await database.pool.query<{ kept: bigint; last: bigint }>(
      'select count(*) as kept, max(position) as last from relay_checkpoint',
    );
    expect(rows[0]?.last).toBe(299n);
    expect(rows[0]?.kept).toBeLessThanOrEqual(256n);
    const late = { event: { ...(event?.event as RecordedEvent), position: 299n } };
    await (await applierOf(0)).apply(messages(0, 0, [late]));
    expect(await upTo()).toBe(299n);
  });

  it('is not mistaken for that of a read side which the log feeds', async () => {
    await expect(prepareSchema(database.pool, SCHEMA, [tally()])).rejects.toMatchObject({ code: 'read-side-feed' });
    const options = { pool: database.pool, source: new SyntheticLog(), projections: [tally()] };
    await expect(rebuild(options)).rejects.toMatchObject({ code: 'read-side-feed' });
    await dropEverything(database);
    expect(await upTo()).toBe(-1n);
    await prepareSchema(database.pool, SCHEMA, [tally()]);
    await expect(prepareSchema(database.pool, SCHEMA, [tally()], 'kafka')).rejects.toMatchObject({
      code: 'read-side-feed',
    });
  });
});
