import { setTimeout as sleep } from 'node:timers/promises';
import { type EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { anyStream, happened, revisions, startTestStore, take, type TestStore } from './testing/test-store.js';

let store: TestStore;
let client: EventStoreDBClient;
beforeAll(async () => {
  store = await startTestStore();
  client = store.client;
});
afterAll(() => store.stop());

test('32: $maxCount shows the newest, and the last metadata replaces all before', async () => {
  const stream = anyStream();
  await client.appendToStream(stream, happened(10));
  await client.setStreamMetadata(stream, { maxCount: 3 });
  expect(await revisions(client, stream)).toEqual([7n, 8n, 9n]);
  await client.setStreamMetadata(stream, { truncateBefore: 8 });
  expect(await revisions(client, stream)).toEqual([8n, 9n]);
  expect(await take(client.readStream(stream, { direction: 'backwards', fromRevision: 'end' }))).toHaveLength(2);
});

test('33: $maxAge hides what is old without making the stream missing', async () => {
  const stream = anyStream();
  await client.appendToStream(stream, happened(3));
  await client.setStreamMetadata(stream, { maxAge: 1 });
  expect(await revisions(client, stream)).toEqual([0n, 1n, 2n]);
  await sleep(1_200);
  expect(await revisions(client, stream)).toEqual([]);
  await client.appendToStream(stream, happened(1));
  expect(await revisions(client, stream)).toEqual([3n]);
});

test('34: a metadata stream shows its newest event only', async () => {
  const stream = anyStream();
  await client.setStreamMetadata(stream, { maxCount: 1 });
  await client.setStreamMetadata(stream, { maxCount: 2, owner: '基金' });
  expect(await revisions(client, `$$${stream}`)).toEqual([1n]);
  expect((await client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 2, owner: '基金' });
});

test('metadata that is no JSON object counts as none', async () => {
  const stream = anyStream();
  await client.appendToStream(stream, happened(2));
  await client.appendToStream(`$$${stream}`, [jsonEvent({ type: '$metadata', data: 'nonsense' })]);
  expect(await revisions(client, stream)).toEqual([0n, 1n]);
});

test('a stream without metadata answers none', async () => {
  expect((await client.getStreamMetadata(anyStream())).metadata).toBeUndefined();
});

describe('35: a link', () => {
  const link = (data: string) => ({
    id: crypto.randomUUID(),
    type: '$>',
    contentType: 'application/octet-stream' as const,
    data: Buffer.from(data),
    metadata: undefined,
  });
  let target: string;
  let links: string;
  beforeEach(async () => {
    target = anyStream('with@sign');
    links = anyStream('links');
    await client.appendToStream(target, happened(2));
    await client.appendToStream(links, [link(`1@${target}`)]);
  });

  test('is an event like any other to who does not follow links', async () => {
    const [read] = await take(client.readStream(links));
    expect(read?.event).toMatchObject({ type: '$>', streamId: links });
    expect(read?.link).toBeUndefined();
  });

  test('comes with its target to who follows', async () => {
    const [read] = await take(client.readStream(links, { resolveLinkTos: true }));
    expect(read?.event).toMatchObject({ type: 'Happened', streamId: target, revision: 1n, data: { number: 1 } });
    expect(read?.link).toMatchObject({ type: '$>', streamId: links, revision: 0n });
    expect(read?.commitPosition).toBe(read?.link?.position?.commit);
    expect(read?.commitPosition).not.toBe(read?.event?.position?.commit);
  });

  test.each([
    ['deleted', () => client.deleteStream(target)],
    ['tombstoned', () => client.tombstoneStream(target)],
    ['cut off', () => client.setStreamMetadata(target, { truncateBefore: 2 })],
  ])('comes alone when its target is %s', async (_name, remove) => {
    await remove();
    const [read] = await take(client.readStream(links, { resolveLinkTos: true }));
    expect(read?.event).toBeUndefined();
    expect(read?.link).toMatchObject({ type: '$>' });
  });
});
