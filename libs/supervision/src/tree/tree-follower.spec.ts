import { checkConsistency, checkInclusion } from '#verifier';
import type { RecordedEvent } from '@provident/kernel';
import type { ReadDatabase } from '@provident/projections';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import { testDatabase } from '@provident/projections/testing/test-database';
import { naiveRoot } from '../testing/naive-tree.js';
import { canonicalRecord } from './canonical-record.js';
import { leafHash } from './merkle-hash.js';
import { TreeFollower } from './tree-follower.js';
import { TreeReader } from './tree-reader.js';
import { TreeStore } from './tree-store.js';

let database: ReadDatabase;
let store: TreeStore;

beforeAll(async () => {
  database = await testDatabase();
  store = TreeStore.open(database.url);
});

afterAll(async () => {
  await store.close();
  await database.close();
});

beforeEach(() => store.clear());

function filled(count: number): SyntheticLog {
  const log = new SyntheticLog();
  for (let at = 0; at < count; at += 1) log.append({ type: 'Happened', data: { number: at } }, `test-${at % 7}`);
  return log;
}

const follower = (source: SyntheticLog, over: TreeStore = store): TreeFollower =>
  new TreeFollower({
    ...{ store: over, source },
    isOwn: ({ stream }) => stream.startsWith('checkpoint-'),
    isClosing: ({ type }) => type === 'YearClosed',
  });

const leaves = (events: readonly RecordedEvent[]): Buffer[] => events.map((event) => leafHash(canonicalRecord(event)));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('the tree of a log', () => {
  it('has a leaf for every event in their order, and goes on where it ended', async () => {
    const log = filled(700);
    expect(await follower(log).catchUp()).toEqual({ size: 700, position: log.head, businessSize: 700, closingSize: 0 });
    const reader = new TreeReader(store);
    expect(hex(await reader.root(700))).toBe(hex(naiveRoot(leaves(log.all()))));
    for (let at = 0; at < 399; at += 1) log.append({ type: 'Happened', data: { more: at } }, 'test-1');
    log.append({ type: 'YearClosed', data: {} }, 'account-1');
    log.append({ type: 'CheckpointSigned', data: {} }, 'checkpoint-310000');
    expect(await follower(log).catchUp()).toEqual({
      size: 1101,
      position: log.head,
      businessSize: 1100,
      closingSize: 1100,
    });
    const all = leaves(log.all());
    expect(hex(await reader.root(1101))).toBe(hex(naiveRoot(all)));
    expect(hex(await reader.root(700))).toBe(hex(naiveRoot(all.slice(0, 700))));
    for (const leaf of [0, 255, 256, 699, 1100]) {
      const path = await reader.inclusion(leaf, 1101);
      checkInclusion(BigInt(leaf), 1101n, all[leaf]!, path, await reader.root(1101));
    }
    const between = await reader.consistency(700, 1101);
    checkConsistency(700n, 1101n, between, await reader.root(700), await reader.root(1101));
  });

  it('knows the leaf of every event by its position', async () => {
    const log = filled(300);
    await follower(log).catchUp();
    const event = log.all()[277]!;
    expect(await store.leafAt(event.position)).toBe(277);
    expect(await store.leafAt(event.position + 1n)).toBeUndefined();
  });

  it('is the same tree when two follow at once', async () => {
    const log = filled(2_000);
    const other = TreeStore.open(database.url);
    const stop = new AbortController();
    const both = [store, other].map((over) => follower(log, over).follow(stop.signal));
    for (let at = 0; at < 500; at += 1) log.append({ type: 'Happened', data: { late: at } }, 'test-2');
    for (let size = 0; size < 2_500; ) {
      size = (await store.progress()).size;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    stop.abort();
    await Promise.all(both);
    await other.close();
    expect(hex(await new TreeReader(store).root(2_500))).toBe(hex(naiveRoot(leaves(log.all()))));
  });

  it('is the same tree although its connections are cut again and again', async () => {
    const log = filled(3_000);
    const stop = new AbortController();
    const troubles: unknown[] = [];
    const following = new TreeFollower({
      ...{ store, source: log, isOwn: () => false, isClosing: () => false },
      onTrouble: (error) => troubles.push(error),
    }).follow(stop.signal);
    // As a killed process leaves it: whatever was under way is rolled back.
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity
      where pid <> pg_backend_pid() and query like '%tile%' and backend_type = 'client backend'`;
    for (let size = 0; troubles.length < 3 || size < log.all().length; ) {
      if (troubles.length < 3) {
        for (let at = 0; at < 100; at += 1)
          log.append({ type: 'Happened', data: { late: log.all().length } }, 'test-2');
        await database.pool.query(cut);
      }
      size = await store.progress().then(
        (progress) => progress.size,
        () => 0,
      );
    }
    stop.abort();
    await following;
    expect(hex(await new TreeReader(store).root(log.all().length))).toBe(hex(naiveRoot(leaves(log.all()))));
  });

  it('leaves nothing of a batch whose transaction was cut off', async () => {
    const log = filled(600);
    await follower(log).catchUp();
    const before = await store.progress();
    const step = { from: before, to: { ...before, size: 601 }, tiles: [{ level: 0, n: 2, hashes: Buffer.alloc(64) }] };
    await expect(store.write({ ...step, positions: [log.head] })).rejects.toThrow('unique');
    expect(await store.progress()).toEqual(before);
    log.append({ type: 'Happened', data: {} }, 'test-0');
    await follower(log).catchUp();
    expect(hex(await new TreeReader(store).root(601))).toBe(hex(naiveRoot(leaves(log.all()))));
  });

  it('does not go on with a log that is not the one it was made of', async () => {
    await follower(filled(10)).catchUp();
    const another = new SyntheticLog();
    for (let at = 0; at < 20; at += 1) another.append({ type: 'Happened', data: { other: at } }, 'test-1');
    await expect(follower(another).catchUp()).rejects.toMatchObject({ code: 'log-diverged' });
    // One that lost its tail is another one as well.
    await expect(follower(filled(9)).catchUp()).rejects.toMatchObject({ code: 'log-diverged' });
    expect((await store.progress()).size).toBe(10);
  });

  it('lets one lead, and the next when that one is gone', async () => {
    const other = TreeStore.open(database.url);
    const first = await store.tryLead(() => undefined);
    expect(first).toBeDefined();
    expect(await other.tryLead(() => undefined)).toBeUndefined();
    first?.release();
    // The server takes notice of a closed connection in its own time.
    let second: Awaited<ReturnType<TreeStore['tryLead']>>;
    while (second === undefined) second = await other.tryLead(() => undefined);
    second.release();
    await other.close();
  });
});
