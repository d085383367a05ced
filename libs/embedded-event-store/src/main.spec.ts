import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { rawClient } from './testing/raw-client.js';
import { NotReady, type ServerProcess, type ServerProgramPlan, startServerProcess } from './testing/server-process.js';
import { failure, happened, revisions } from './testing/test-store.js';

let dir: string;
const running: ServerProcess[] = [];
const clients: EventStoreDBClient[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose().catch(() => undefined);
  for (const server of running.splice(0)) await server.kill();
  rmSync(dir, { recursive: true, force: true });
});

async function start(plan: ServerProgramPlan): Promise<ServerProcess> {
  const server = await startServerProcess(plan);
  running.push(server);
  return server;
}
function connect({ url }: ServerProcess): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(url);
  clients.push(client);
  return client;
}
const port = ['--port', '0'];
const refused = async (plan: ServerProgramPlan): Promise<NotReady> => {
  const error = await failure(start(plan));
  expect(error).toBeInstanceOf(NotReady);
  return error as unknown as NotReady;
};

test('in memory it says one line when it is ready, serves, and ends with code 0 on SIGTERM', async () => {
  const server = await start({ args: [...port, '--memory'] });
  const client = connect(server);
  await client.appendToStream('account-1', happened(3));
  expect(await revisions(client, 'account-1')).toEqual([0n, 1n, 2n]);
  expect(await server.terminate()).toBe(0);
  expect(server.lines).toEqual([`The event store is ready at ${server.url} (in memory).`]);
});

test('with a directory the log is there for the next server', async () => {
  const one = await start({ args: [...port, '--data', dir] });
  await connect(one).appendToStream('account-1', happened(3));
  expect(await one.terminate()).toBe(0);
  const two = await start({ args: [...port, '--data', dir] });
  expect(two.lines).toEqual([`The event store is ready at ${two.url} (${dir}).`]);
  expect(await revisions(connect(two), 'account-1')).toEqual([0n, 1n, 2n]);
});

test('the variables of the real server are obeyed', async () => {
  const env = { EVENTSTORE_NODE_PORT: '0', EVENTSTORE_DB: dir, EVENTSTORE_MAX_APPEND_SIZE: '1000' };
  const server = await start({ env });
  const client = connect(server);
  await expect(client.appendToStream('account-1', happened(50))).rejects.toMatchObject({ maxAppendSize: 1_000 });
  await client.appendToStream('account-1', happened(1));
  expect(await server.terminate()).toBe(0);
  const inMemory = await start({ env: { ...env, EVENTSTORE_MEM_DB: 'true' } });
  await expect(revisions(connect(inMemory), 'account-1')).rejects.toMatchObject({ type: 'stream-not-found' });
});

test('50: on SIGTERM open subscriptions are cancelled, unfinished appends unavailable, and the code is 0', async () => {
  const server = await start({ args: [...port, '--data', dir] });
  const subscription = connect(server).subscribeToAll();
  const ended = new Promise((resolve) => subscription.once('error', resolve));
  await new Promise((resolve) => subscription.once('caughtUp', resolve));
  const raw = rawClient(server.port);
  const classic = new Promise((resolve) =>
    raw
      .append((error) => resolve(error?.code))
      .write({ options: { streamIdentifier: { streamName: Buffer.from('x') }, any: {} } }),
  );
  const batch = raw.batchAppend();
  const cancelled = new Promise((resolve) =>
    batch.once('error', (error) => resolve((error as { code?: number }).code)),
  );
  batch.on('data', () => undefined);
  // An answered read over the same connection says that what was sent before it has arrived.
  await raw.read({ options: { all: { start: {} }, count: 1, uuidOption: { string: {} } } }).toArray();
  const code = server.terminate();
  expect(await ended).toMatchObject({ type: 'cancelled' });
  expect(await classic).toBe(14);
  expect(await cancelled).toBe(1);
  expect(await code).toBe(0);
  raw.close();
});

test('a second server on the same directory is refused and the first goes on', async () => {
  const first = await start({ args: [...port, '--data', dir] });
  const error = await refused({ args: [...port, '--data', dir] });
  expect(error.code).toBe(1);
  expect(error.output).toMatch(/Another event store has .* open\. Stop it, or choose another data directory\./);
  const client = connect(first);
  await client.appendToStream('account-1', happened(1));
  expect(await revisions(client, 'account-1')).toEqual([0n]);
});

test('without encryption it does not listen on a network', async () => {
  const error = await refused({ args: [...port, '--memory'], env: { EVENTSTORE_NODE_IP: '0.0.0.0' } });
  expect(error.code).toBe(1);
  expect(error.output).toMatch(/listens on 127\.0\.0\.1 only/);
});

test('what it does not understand is refused with how it is used', async () => {
  const error = await refused({ args: ['--prot', '2113'] });
  expect(error.code).toBe(1);
  expect(error.output).toMatch(/--prot/);
  expect(error.output).toMatch(/usage/i);
});
