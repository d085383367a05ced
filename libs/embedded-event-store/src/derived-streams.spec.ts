import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  BACKWARDS,
  END,
  type EventStoreDBClient,
  persistentSubscriptionToStreamSettingsFromDefaults,
} from '@eventstore/db-client';
import { backupLog, checkLog } from './maintenance.js';
import { failure, happened, startTestStore, take } from './testing/test-store.js';

/** The streams of the system projections are made when they are read; clients cannot tell. */

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Everything a client sees of the links themselves. */
async function links(client: EventStoreDBClient, stream: string): Promise<string[]> {
  const events = await take(client.readStream(stream));
  return events.map(({ event }) =>
    [
      event?.id,
      event?.type,
      event?.revision,
      event?.position?.commit,
      event?.data instanceof Uint8Array ? Buffer.from(event.data).toString() : JSON.stringify(event?.data),
    ].join(' '),
  );
}

/** More entries than one chunk of the index holds. */
async function write(client: EventStoreDBClient): Promise<void> {
  for (let batch = 0; batch < 6; batch += 1) await client.appendToStream(`account-${batch % 4}`, happened(100));
}

test('links have ids of their own, ascending positions and revisions, and are the same at every reading', async () => {
  const one = await startTestStore({ dir });
  await write(one.client);
  const first = await take(one.client.readStream('$ce-account'));
  expect(first.map(({ event }) => event?.revision)).toEqual(first.map((_, at) => BigInt(at)));
  expect(first).toHaveLength(600);
  expect(new Set(first.map(({ event }) => event?.id)).size).toBe(600);
  const positions = first.map(({ event }) => event?.position?.commit ?? 0n);
  expect(positions).toEqual([...new Set(positions)].sort((a, b) => (a < b ? -1 : 1)));
  const stored = new Set((await take(one.client.readAll())).map(({ event }) => event?.position.commit));
  expect(positions.filter((position) => stored.has(position))).toEqual([]);
  const seen = await links(one.client, '$ce-account');
  expect(await links(one.client, '$ce-account')).toEqual(seen);
  await one.stop();
  const two = await startTestStore({ dir });
  expect(await links(two.client, '$ce-account')).toEqual(seen);
  await two.stop();
});

test('an index that is missing, as in an older log or after a crash, is made again exactly as it was', async () => {
  const one = await startTestStore({ dir });
  await write(one.client);
  const seen = await links(one.client, '$ce-account');
  await one.stop();
  const database = new DatabaseSync(join(dir, 'events.sqlite'));
  database.exec(`DROP TABLE derived; DELETE FROM about WHERE key LIKE '% position'`);
  database.close();
  const two = await startTestStore({ dir });
  expect(await links(two.client, '$ce-account')).toEqual(seen);
  await two.stop();
  expect(checkLog(dir).derivedEntries).toBeGreaterThan(1_200);
});

test('they are read backwards and from within, truncated by metadata, and never written by clients', async () => {
  const store = await startTestStore({ dir });
  const { client } = store;
  await write(client);
  const newest = await take(client.readStream('$ce-account', { direction: BACKWARDS, fromRevision: END, maxCount: 2 }));
  expect(newest.map(({ event }) => event?.revision)).toEqual([599n, 598n]);
  const within = await take(
    client.readStream('$ce-account', { fromRevision: 254n, maxCount: 4, resolveLinkTos: true }),
  );
  expect(within.map(({ link }) => link?.revision)).toEqual([254n, 255n, 256n, 257n]);
  await client.setStreamMetadata('$ce-account', { maxCount: 3 });
  expect(await links(client, '$ce-account')).toHaveLength(3);
  for (const call of [
    () => client.appendToStream('$ce-account', happened(1)),
    () => client.appendToStream('$et-Happened', happened(1), { credentials: { username: 'a', password: 'b' } }),
    () => client.deleteStream('$streams'),
    () => client.tombstoneStream('$category-account'),
  ]) {
    expect((await failure(call())).message).toMatch(/kept by a system projection and cannot be written or deleted/);
  }
  await store.stop();
});

test('subscriptions and persistent subscriptions follow them', async () => {
  const store = await startTestStore({ dir });
  const { client } = store;
  await client.appendToStream('account-1', happened(1));
  const settings = persistentSubscriptionToStreamSettingsFromDefaults({ resolveLinkTos: true, startFrom: 'start' });
  await client.createPersistentSubscriptionToStream('$ce-account', 'group', settings);
  const group = client.subscribeToPersistentSubscriptionToStream('$ce-account', 'group');
  const live = take(client.subscribeToStream('$ce-account', { resolveLinkTos: true }), 3);
  await client.appendToStream('account-2', happened(1));
  await client.appendToStream('account-1', happened(1));
  expect((await live).map(({ event }) => `${event?.revision ?? ''}@${event?.streamId ?? ''}`)).toEqual([
    '0@account-1',
    '0@account-2',
    '1@account-1',
  ]);
  const delivered: string[] = [];
  for await (const event of group) {
    delivered.push(`${event.link?.revision ?? ''} ${event.event?.streamId ?? ''}`);
    await group.ack(event);
    if (delivered.length === 3) break;
  }
  expect(delivered).toEqual(['0 account-1', '1 account-2', '2 account-1']);
  await store.stop();
});

test('check and backup find an index that does not agree with the log', async () => {
  const store = await startTestStore({ dir });
  await write(store.client);
  await store.stop();
  const database = new DatabaseSync(join(dir, 'events.sqlite'));
  const falsify = (sql: string, reason: RegExp): void => {
    database.exec(`BEGIN; ${sql}; COMMIT`);
    expect(() => checkLog(dir)).toThrow(reason);
  };
  falsify(
    `DELETE FROM derived WHERE stream = '$ce-account' AND first = 512`,
    /\$by_category has 512 entries instead of 600/,
  );
  await expect(backupLog(dir, join(dir, 'copy.sqlite'))).rejects.toThrow(/512 entries/);
  falsify(`DELETE FROM derived WHERE stream = '$ce-account' AND first = 0`, /entries of \$ce-account have a gap/);
  falsify(`UPDATE derived SET positions = zeroblob(3) WHERE stream = '$streams'`, /not what was written|gap/);
  database.close();
});

test('without system projections the names are ordinary', async () => {
  const store = await startTestStore({ dir, systemProjections: false });
  await store.client.appendToStream('$ce-account', happened(2));
  await store.client.appendToStream('account-1', happened(2));
  expect(await links(store.client, '$ce-account')).toHaveLength(2);
  await store.stop();
});
