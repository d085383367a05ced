import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AppendResult, EventStoreDBClient } from '@eventstore/db-client';
import { startEmbeddedEventStore } from './start.js';
import { anyStream, failure, happened, startTestStore, take } from './testing/test-store.js';

const built = join(process.cwd(), 'dist', 'libs', 'embedded-event-store', 'src', 'index.js');
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A server in a process of its own, from the last build, so that it can be killed. */
async function startProcess(): Promise<{ url: string; process: ChildProcess }> {
  const script = `require(${JSON.stringify(built)}).startEmbeddedEventStore({ dir: ${JSON.stringify(dir)}, inThread: true })
    .then(({ url }) => console.log(url))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'], env: {} });
  for await (const url of createInterface(child.stdout)) return { url, process: child };
  throw new Error('The server process ended before it was ready. Has the build run?');
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

test('49: what was acknowledged before a kill -9 is there afterwards, unchanged, and recognised when repeated', async () => {
  const events = happened(400);
  const acknowledged: { index: number; result: AppendResult }[] = [];
  const first = await startProcess();
  const client = EventStoreDBClient.connectionString(first.url);
  const streamOf = (index: number): string => `account-${index % 7}`;
  const writers = Array.from({ length: 16 }, async (_, writer) => {
    for (let index = writer; index < events.length; index += 16) {
      const event = events[index];
      if (!event) return;
      acknowledged.push({ index, result: await client.appendToStream(streamOf(index), [event]) });
    }
  });
  const settled = Promise.allSettled(writers);
  while (acknowledged.length < 150) await sleep(1);
  await kill(first.process);
  await settled;
  await client.dispose().catch(() => undefined);

  const second = await startTestStore({ dir });
  const positions = new Map<string, [string, bigint, bigint]>();
  for (const { event } of await take(second.client.readAll())) {
    if (event) positions.set(event.id, [event.streamId, event.revision, event.position.commit]);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(150);
  for (const { index, result } of acknowledged) {
    const event = events[index];
    if (!event) throw new Error('no event');
    expect(positions.get(event.id)).toEqual([streamOf(index), result.nextExpectedRevision, result.position?.commit]);
    expect(await second.client.appendToStream(streamOf(index), [event])).toEqual(result);
  }
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

test('50: a stop ends open subscriptions with a typed error', async () => {
  const store = await startTestStore();
  const subscription = store.client.subscribeToAll();
  const ended = new Promise((resolve) => subscription.once('error', resolve));
  await new Promise((resolve) => subscription.once('caughtUp', resolve));
  await store.server.stop();
  expect(await ended).toMatchObject({ type: 'cancelled' });
  await store.stop();
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
