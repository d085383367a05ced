import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LIMITS } from './limits.js';
import { StoreClient } from './store-client.js';
import { TcpProxy } from './testing/tcp-proxy.js';
import { anyStream, failure, happened, numbersOf, startTestStore } from './testing/test-store.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'provident-store-client-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

it('sends appends again whose answers were lost with the connection, and they are not written twice', async () => {
  const store = await startTestStore();
  const proxy = new TcpProxy(store.server.port);
  const client = new StoreClient(await proxy.start());
  await client.append(anyStream(), happened(1), 'no_stream');
  proxy.loseAnswers();
  const streams = Array.from({ length: 50 }, () => anyStream());
  const appends = streams.map((stream, index) => client.append(stream, happened(2, index), 'no_stream'));
  while ((await store.client.readPage(streams.at(-1) as string, { backwards: true, count: 1 })).length === 0) {
    await delay(5);
  }
  proxy.cut();
  const positions = await Promise.all(appends);
  for (const [index, stream] of streams.entries()) {
    const written = await store.client.readPage(stream, { backwards: false, count: 9 });
    expect(numbersOf(written)).toEqual([index, index + 1]);
    expect(written.at(-1)?.position).toBe(positions[index]);
  }
  await client.dispose();
  await proxy.stop();
  await store.stop();
});

it('settles every append once when the server stops under it, and goes on after the restart', async () => {
  const first = await startTestStore({ dir });
  const { port } = first.server;
  const { client } = first;
  const appends = Array.from({ length: 300 }, (_, index) => ({ stream: anyStream(), events: happened(1, index) }));
  const outcomes = appends.map(({ stream, events }) => client.append(stream, events, 'no_stream'));
  await first.server.stop();
  const settled = await Promise.allSettled(outcomes);
  for (const outcome of settled) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ name: 'StoreUnavailable' });
  }
  const second = await startTestStore({ dir, port });
  for (const [index, { stream, events }] of appends.entries()) {
    const again = await client.append(stream, events, 'no_stream');
    const before = settled[index];
    if (before?.status === 'fulfilled') expect(again).toBe(before.value);
    expect(numbersOf(await client.readPage(stream, { backwards: false, count: 9 }))).toEqual([index]);
  }
  await client.dispose();
  await second.stop();
});

it('reads again when the connection was lost', async () => {
  const store = await startTestStore();
  const proxy = new TcpProxy(store.server.port);
  const client = new StoreClient(await proxy.start());
  const stream = anyStream();
  await client.append(stream, happened(3), 'no_stream');
  proxy.loseAnswers();
  const read = client.readPage(stream, { backwards: false, count: 9 });
  await delay(50);
  proxy.cut();
  expect(numbersOf(await read)).toEqual([0, 1, 2]);
  await client.dispose();
  await proxy.stop();
  await store.stop();
});

it('says unavailable when nobody listens', async () => {
  const client = new StoreClient('esdb://127.0.0.1:1?tls=false');
  const read = client.readPage('test-1', { backwards: false, count: 1 });
  expect(await failure(read)).toMatchObject({ name: 'StoreUnavailable' });
  expect(await failure(client.append('test-1', happened(1), 'any'))).toMatchObject({ name: 'StoreUnavailable' });
  await client.dispose();
});

it('gives up a frozen server at its own deadline', async () => {
  jest.replaceProperty(LIMITS, 'appendDeadlineMs', 150 as never);
  jest.replaceProperty(LIMITS, 'readDeadlineMs', 150 as never);
  const sockets: Socket[] = [];
  const frozen = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => frozen.listen(0, '127.0.0.1', resolve));
  const client = new StoreClient(`esdb://127.0.0.1:${(frozen.address() as AddressInfo).port}?tls=false`);
  const start = Date.now();
  const append = failure(client.append('test-1', happened(1), 'any'));
  const read = failure(client.readPage('test-1', { backwards: false, count: 1 }));
  expect(await append).toMatchObject({
    name: 'StoreUnavailable',
    message: 'The append to test-1 was not answered within 150 ms.',
  });
  expect(await read).toMatchObject({ name: 'StoreUnavailable' });
  expect(Date.now() - start).toBeLessThan(5_000);
  for (const socket of sockets) socket.destroy();
  await client.dispose();
  await new Promise((resolve) => frozen.close(resolve));
});

it('gives up a server that freezes in the middle, and answers that come too late harm nobody', async () => {
  const store = await startTestStore();
  const proxy = new TcpProxy(store.server.port);
  const client = new StoreClient(await proxy.start());
  await client.append(anyStream(), happened(1), 'no_stream');
  jest.replaceProperty(LIMITS, 'appendDeadlineMs', 100 as never);
  proxy.holdAnswers();
  const stream = anyStream();
  const events = happened(1);
  expect(await failure(client.append(stream, events, 'no_stream'))).toMatchObject({ name: 'StoreUnavailable' });
  jest.restoreAllMocks();
  const next = client.append(stream, happened(1, 1), 0n);
  proxy.release();
  const position = await next;
  const written = await client.readPage(stream, { backwards: false, count: 9 });
  expect(numbersOf(written)).toEqual([0, 1]);
  expect(written[1]?.position).toBe(position);
  expect(await client.append(stream, events, 'no_stream')).toBe(written[0]?.position);
  await client.dispose();
  await proxy.stop();
  await store.stop();
});

it('leaves the appends of other clients alone when one loses its connection', async () => {
  const store = await startTestStore();
  const proxies = [new TcpProxy(store.server.port), new TcpProxy(store.server.port)] as const;
  const clients = await Promise.all(proxies.map(async (proxy) => new StoreClient(await proxy.start())));
  const [first, second] = clients as [StoreClient, StoreClient];
  for (const client of clients) await client.append(anyStream(), happened(1), 'no_stream');
  const sent = jest.spyOn(second['appender'], 'send');
  for (const proxy of proxies) proxy.holdAnswers();
  const lost = first.append(anyStream(), happened(1), 'no_stream');
  const kept = second.append(anyStream(), happened(1), 'no_stream');
  await delay(50);
  proxies[0].cut();
  await delay(50);
  proxies[1].release();
  expect(typeof (await lost)).toBe('bigint');
  expect(typeof (await kept)).toBe('bigint');
  expect(sent).toHaveBeenCalledTimes(1);
  for (const client of clients) await client.dispose();
  for (const proxy of proxies) await proxy.stop();
  await store.stop();
});
