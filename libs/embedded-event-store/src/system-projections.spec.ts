import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { happened, startTestStore, take } from './testing/test-store.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const start = () => startTestStore({ dir, systemProjections: true });

/** What a derived stream leads to, once it has `count` entries. */
async function follow(client: EventStoreDBClient, stream: string, count: number): Promise<string[]> {
  for (let attempt = 0; ; attempt += 1) {
    const events = await take(client.readStream(stream, { resolveLinkTos: true })).catch(() => []);
    if (events.length >= count || attempt === 100) {
      return events.map(({ event }) => `${event?.revision ?? ''}@${event?.streamId ?? ''}`);
    }
    await sleep(20);
  }
}

test('links by category, by type, and to the beginning of each stream', async () => {
  const store = await start();
  const { client } = store;
  await client.appendToStream('account-1-a', happened(2));
  await client.appendToStream('account-2', [jsonEvent({ type: 'Closed', data: {} })]);
  await client.appendToStream('nodash', [jsonEvent({ type: 'Closed', data: {}, metadata: { $correlationId: 'c7' } })]);
  expect(await follow(client, '$ce-account', 3)).toEqual(['0@account-1-a', '1@account-1-a', '0@account-2']);
  expect(await follow(client, '$et-Closed', 2)).toEqual(['0@account-2', '0@nodash']);
  expect(await follow(client, '$streams', 3)).toEqual(['0@account-1-a', '0@account-2', '0@nodash']);
  expect(await follow(client, '$bc-c7', 1)).toEqual(['0@nodash']);
  const categories = await take(client.readStream('$category-account'));
  expect(categories.map(({ event }) => Buffer.from(event?.data as Uint8Array).toString())).toEqual([
    'account-1-a',
    'account-2',
  ]);
  await store.stop();
});

test('a disabled projection pauses, and catches up when it is enabled, over a restart too', async () => {
  const one = await start();
  await one.client.appendToStream('fund-1', happened(1));
  await follow(one.client, '$ce-fund', 1);
  await one.client.disableProjection('$by_category');
  await one.client.appendToStream('fund-1', happened(2));
  expect(await follow(one.client, '$et-Happened', 3)).toHaveLength(3);
  expect(await follow(one.client, '$ce-fund', 1)).toHaveLength(1);
  await one.stop();
  const two = await start();
  expect(await two.client.getProjectionStatus('$by_category')).toMatchObject({ projectionStatus: 'Stopped' });
  await two.client.enableProjection('$by_category');
  expect(await follow(two.client, '$ce-fund', 3)).toEqual(['0@fund-1', '1@fund-1', '2@fund-1']);
  await sleep(50);
  expect(await follow(two.client, '$et-Happened', 3)).toHaveLength(3);
  await expect(two.client.enableProjection('missing')).rejects.toMatchObject({ code: 5 });
  await two.stop();
});
