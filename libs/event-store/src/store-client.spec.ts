import { randomUUID } from 'node:crypto';
import { binaryEvent, jsonEvent } from '@eventstore/db-client';
import { anyStream, failure, happened, numbersOf, startTestStore, type TestStore } from './testing/test-store.js';

let store: TestStore;
beforeAll(async () => (store = await startTestStore()));
afterAll(() => store.stop());

describe('append', () => {
  it('accepts each kind of expected revision when it is true', async () => {
    const stream = anyStream();
    const first = await store.client.append(stream, happened(2), 'no_stream');
    const second = await store.client.append(stream, happened(1, 2), 1n);
    const third = await store.client.append(stream, happened(1, 3), 'stream_exists');
    const fourth = await store.client.append(stream, happened(1, 4), 'any');
    expect([first < second, second < third, third < fourth]).toEqual([true, true, true]);
    const page = await store.client.readPage(stream, { backwards: false, count: 10 });
    expect(numbersOf(page)).toEqual([0, 1, 2, 3, 4]);
    expect(page.map(({ revision }) => revision)).toEqual([0n, 1n, 2n, 3n, 4n]);
    expect(page.map(({ position }) => position).slice(1)).toEqual([first, second, third, fourth]);
  });

  it('says conflict when the expected revision is wrong, and writes nothing', async () => {
    const stream = anyStream();
    await store.client.append(stream, happened(2), 'no_stream');
    for (const wrong of ['no_stream', 0n, 7n] as const) {
      expect(await failure(store.client.append(stream, happened(1), wrong))).toMatchObject({ name: 'StreamConflict' });
    }
    expect(await failure(store.client.append(anyStream(), happened(1), 'stream_exists'))).toMatchObject({
      name: 'StreamConflict',
    });
    expect(await store.client.readPage(stream, { backwards: false, count: 10 })).toHaveLength(2);
  });

  it('answers a repetition with the same ids as it answered the first time', async () => {
    const stream = anyStream();
    const events = happened(3);
    const first = await store.client.append(stream, events, 'no_stream');
    expect(await store.client.append(stream, events, 'no_stream')).toBe(first);
    expect(await store.client.readPage(stream, { backwards: false, count: 10 })).toHaveLength(3);
  });

  it('carries a thousand appends at once, each with its own answer', async () => {
    const streams = Array.from({ length: 1000 }, () => anyStream());
    const positions = await Promise.all(
      streams.map((stream, index) => store.client.append(stream, happened(1, index), 'no_stream')),
    );
    expect(new Set(positions).size).toBe(1000);
    const page = await store.client.readPage(streams[617] as string, { backwards: false, count: 10 });
    expect(page).toMatchObject([{ position: positions[617], data: { number: 617 } }]);
  });

  it('keeps every character of names, types, data and metadata, and the id, type and time', async () => {
    const stream = `账户-${randomUUID()}-㐂𠮷`;
    const data = { 姓名: '欧阳𠮷', text: 'tab\t "quote" \u0000 \ud800 é' };
    const metadata = { actor: '经办人' };
    const event = jsonEvent({ type: '缴费已记账', data, metadata });
    const before = Date.now();
    await store.client.append(stream, [event], 'no_stream');
    const [read] = await store.client.readPage(stream, { backwards: false, count: 1 });
    expect(read).toMatchObject({ id: event.id, stream, type: '缴费已记账', revision: 0n, data, metadata });
    expect(Math.abs((read?.recordedAt.getTime() ?? 0) - before)).toBeLessThan(10_000);
  });

  it('reads what the official client wrote, and is read by it', async () => {
    const stream = anyStream();
    await store.client.raw.appendToStream(stream, [
      jsonEvent({ type: 'A', data: { a: 1 }, metadata: { m: 1 } }),
      binaryEvent({ type: 'B', data: Buffer.from([0, 1, 255]) }),
    ]);
    await store.client.append(stream, [binaryEvent({ type: 'C', data: Buffer.from([7]) }), ...happened(1)], 1n);
    const page = await store.client.readPage(stream, { backwards: false, count: 10 });
    expect(page.map(({ data }) => data)).toEqual([
      { a: 1 },
      Uint8Array.from([0, 1, 255]),
      Uint8Array.from([7]),
      { number: 0 },
    ]);
    expect(page.map(({ metadata }) => metadata)).toEqual([{ m: 1 }, undefined, undefined, { actor: 'test' }]);
    const official = [];
    for await (const { event } of store.client.raw.readStream(stream)) official.push(event);
    expect(official.map((event) => [event?.id, event?.position?.commit])).toEqual(
      page.map(({ id, position }) => [id, position]),
    );
    expect(official.map((event) => event?.created)).toEqual(page.map(({ recordedAt }) => recordedAt));
  });

  it('takes one big event, and refuses too much before anything is sent', async () => {
    const stream = anyStream();
    const text = '社'.repeat(320_000);
    await store.client.append(stream, [jsonEvent({ type: 'Big', data: { text } })], 'no_stream');
    const [read] = await store.client.readPage(stream, { backwards: true, count: 1 });
    expect(read?.data).toEqual({ text });
    const tooBig = jsonEvent({ type: 'Big', data: { text: 'x'.repeat(1_000_000) } });
    expect(await failure(store.client.append(stream, [tooBig], 0n))).toMatchObject({
      name: 'AppendTooLarge',
      message: expect.stringContaining('one append may hold 1000000. Split it.'),
    });
    expect(await store.client.readPage(stream, { backwards: true, count: 9 })).toHaveLength(1);
  });

  it('says so when a stream was ended for good', async () => {
    const stream = anyStream();
    await store.client.append(stream, happened(1), 'no_stream');
    await store.client.raw.tombstoneStream(stream);
    const read = store.client.readPage(stream, { backwards: false, count: 1 });
    expect(await failure(read)).toMatchObject({ name: 'StreamDeleted' });
    expect(await failure(store.client.append(stream, happened(1), 0n))).toMatchObject({ name: 'StreamDeleted' });
  });
});

describe('page reads', () => {
  it('finds nothing in a stream that does not exist or was deleted', async () => {
    const stream = anyStream();
    expect(await store.client.readPage(stream, { backwards: false, count: 10 })).toEqual([]);
    expect(await store.client.readPage(stream, { backwards: true, count: 10 })).toEqual([]);
    await store.client.append(stream, happened(2), 'no_stream');
    await store.client.raw.deleteStream(stream);
    expect(await store.client.readPage(stream, { backwards: true, count: 10 })).toEqual([]);
    await store.client.append(stream, happened(1, 2), 'no_stream');
    expect(numbersOf(await store.client.readPage(stream, { backwards: true, count: 10 }))).toEqual([2]);
  });

  it('pages both ways, the first revision included', async () => {
    const stream = anyStream();
    await store.client.append(stream, happened(700), 'no_stream');
    const page = async (backwards: boolean, count: number, from?: bigint): Promise<number[]> =>
      numbersOf(await store.client.readPage(stream, { backwards, count, ...(from === undefined ? {} : { from }) }));
    expect(await page(false, 3)).toEqual([0, 1, 2]);
    expect(await page(false, 3, 3n)).toEqual([3, 4, 5]);
    expect(await page(false, 5, 698n)).toEqual([698, 699]);
    expect(await page(false, 5, 700n)).toEqual([]);
    expect(await page(true, 3)).toEqual([699, 698, 697]);
    expect(await page(true, 3, 1n)).toEqual([1, 0]);
    expect(await page(true, 1000)).toHaveLength(700);
  });

  it('does not follow links', async () => {
    const target = anyStream();
    const stream = anyStream('link');
    await store.client.append(target, happened(1), 'no_stream');
    const links = [target, anyStream('gone')].map((to) => binaryEvent({ type: '$>', data: Buffer.from(`0@${to}`) }));
    await store.client.append(stream, links, 'no_stream');
    const page = await store.client.readPage(stream, { backwards: false, count: 10 });
    expect(page.map(({ type, stream: from }) => [type, from])).toEqual([
      ['$>', stream],
      ['$>', stream],
    ]);
  });

  it('finds the position of the last own event behind any number of system events', async () => {
    const own = await store.client.append(anyStream(), happened(2), 'no_stream');
    const system = Array.from({ length: 150 }, () => jsonEvent({ type: '$checkpoint', data: {} }));
    await store.client.append(anyStream('$system'), system, 'no_stream');
    expect(await store.client.head()).toBe(own);
  });
});
