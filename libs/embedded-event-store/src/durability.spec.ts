import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
} from '@eventstore/db-client';
import { startEmbeddedEventStore } from './start.js';
import { killServer } from './testing/kill/kill-server.js';
import { rawClient } from './testing/raw-client.js';
import { startServerProcess } from './testing/server-process.js';
import { anyStream, failure, happened, startTestStore, take } from './testing/test-store.js';

const built = join(process.cwd(), 'dist', 'libs', 'embedded-event-store', 'src', 'index.js');
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** How often the server is killed; `npm run campaign -- eventstore-kill` does it more often. */
const cycles = Number(process.env['KILL_CYCLES'] ?? 3);

test('49: what was acknowledged before a kill -9 is there afterwards, unchanged, and recognised when repeated', async () => {
  const report = await killServer({ dir, cycles, seed: Date.now() % 1_000_000 });
  expect(report.acknowledged).toBeGreaterThan(cycles);
  expect(report.delivered).toBeGreaterThan(0);
}, 600_000);

test('48: after a kill -9 a group goes on behind its checkpoint, and nothing below it comes again', async () => {
  const group = 'clerks';
  const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START, checkPointUpperBound: 10 });
  const first = await startServerProcess({ args: ['--port', '0', '--data', dir] });
  const client = EventStoreDBClient.connectionString(first.url);
  await client.appendToStream('account-1', happened(100));
  await client.createPersistentSubscriptionToStream('account-1', group, settings);
  const subscription = client.subscribeToPersistentSubscriptionToStream('account-1', group, { bufferSize: 5 });
  subscription.on('error', () => undefined);
  let answered = 0;
  subscription.on('data', (message) => {
    if (answered < 47) void subscription.ack(message).catch(() => undefined);
    answered += 1;
  });
  const checkpointStream = `$persistentsubscription-account-1::${group}-checkpoint`;
  const checkpoint = async (by: EventStoreDBClient): Promise<number> => {
    const [newest] = await take(
      by.readStream(checkpointStream, { fromRevision: END, direction: BACKWARDS, maxCount: 1 }),
    ).catch(() => []);
    return Number(newest?.event?.data ?? -1);
  };
  while ((await checkpoint(client)) < 30) await sleep(10);
  await first.kill();
  await client.dispose().catch(() => undefined);
  const second = await startTestStore({ dir });
  const reached = await checkpoint(second.client);
  const resumed = second.client.subscribeToPersistentSubscriptionToStream('account-1', group, { bufferSize: 200 });
  const revisions: number[] = [];
  await new Promise<void>((resolve) =>
    resumed.on('data', ({ event }) => {
      revisions.push(Number(event?.revision));
      if (revisions.length === 99 - reached) resolve();
    }),
  );
  expect(revisions).toEqual(Array.from({ length: 99 - reached }, (_, index) => reached + 1 + index));
  await resumed.unsubscribe();
  await second.stop();
});

test('a stopped log goes on where it was, with its metadata', async () => {
  const stream = anyStream();
  const one = await startTestStore({ dir });
  await one.client.appendToStream(stream, happened(5));
  await one.client.setStreamMetadata(stream, { maxCount: 2 });
  await one.stop();
  const two = await startTestStore({ dir });
  expect(await two.client.appendToStream(stream, happened(1), { expectedRevision: 4n })).toMatchObject({
    nextExpectedRevision: 5n,
  });
  expect((await take(two.client.readStream(stream))).map(({ event }) => event?.revision)).toEqual([4n, 5n]);
  await two.stop();
});

test('a second server on the same directory is refused', async () => {
  const one = await startTestStore({ dir });
  expect((await failure(startEmbeddedEventStore({ dir, inThread: true }))).message).toMatch(/Another event store has/);
  await one.stop();
  const two = await startTestStore({ dir });
  await two.stop();
});

describe('50: a stop', () => {
  test('ends open subscriptions as cancelled', async () => {
    const store = await startTestStore();
    const subscription = store.client.subscribeToAll();
    const ended = new Promise((resolve) => subscription.once('error', resolve));
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    await store.server.stop();
    expect(await ended).toMatchObject({ type: 'cancelled' });
    await store.stop();
  });

  test('ends a read under way as cancelled', async () => {
    const store = await startTestStore();
    const stream = anyStream();
    for (let batch = 0; batch < 20; batch += 1) await store.client.appendToStream(stream, happened(500));
    const read = store.client.readStream(stream);
    const ended = new Promise((resolve) => read.once('error', resolve));
    read.once('data', () => read.pause());
    await sleep(50);
    const stopped = store.server.stop();
    read.resume();
    expect(await ended).toMatchObject({ type: 'cancelled' });
    await stopped;
    await store.stop();
  });

  test('ends an unfinished classic append as unavailable, and batch calls as cancelled', async () => {
    const store = await startTestStore();
    const raw = rawClient(store.server.port);
    const classic = new Promise((resolve) => raw.append((error) => resolve(error?.code)).write({}));
    const batch = raw.batchAppend();
    const cancelled = new Promise((resolve) =>
      batch.once('error', (error) => resolve((error as { code?: number }).code)),
    );
    batch.on('data', () => undefined);
    batch.write({ correlationId: { string: randomUUID() } });
    await sleep(50);
    await store.server.stop();
    expect(await classic).toBe(14);
    expect(await cancelled).toBe(1);
    raw.close();
    await store.stop();
  });
});

test('the server runs in a worker of the built library', async () => {
  const { startEmbeddedEventStore: start } = jest.requireActual<typeof import('./index.js')>(built);
  const server = await start({ dir });
  const client = EventStoreDBClient.connectionString(server.url);
  await client.appendToStream('in-worker', happened(1));
  expect(await take(client.readStream('in-worker'))).toHaveLength(1);
  await client.dispose();
  await server.stop();
});
