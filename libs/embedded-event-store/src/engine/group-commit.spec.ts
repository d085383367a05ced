import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../storage/database.js';
import { EventStore } from './event-store.js';
import { systemEvent } from './event-writer.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A real log whose disk answers when the test lets it. */
function openSlowly() {
  const opened = openDatabase(dir);
  const syncs: { resolve(): void; reject(error: Error): void }[] = [];
  const sync = (): Promise<void> => new Promise((resolve, reject) => void syncs.push({ resolve, reject }));
  const store = new EventStore(
    { ...opened, disk: { sync, syncNow: () => opened.disk.syncNow(), close: () => opened.disk.close() } },
    Date.now,
  );
  const append = (stream: string) => store.commands.append(stream, 'any', [systemEvent('Happened', '{}')]);
  return { opened, store, syncs, append };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('appends that came together are answered, and readers go on, when the disk has them and not before', async () => {
  const { opened, store, syncs, append } = openSlowly();
  const told: string[] = [];
  const both = [append('account-1'), append('account-2')].map((each) => each.then(() => told.push('answer')));
  await turn();
  await turn();
  expect(syncs).toHaveLength(1);
  const reader = store.commits.settled().then(() => told.push('reader'));
  const later = append('account-1').then(() => told.push('later'));
  await turn();
  await turn();
  expect(told).toEqual([]);
  syncs[0]?.resolve();
  await Promise.all([...both, reader, later]);
  expect(told.slice(0, 2)).toEqual(['answer', 'answer']);
  expect(told).toContain('reader');
  opened.close();
});

test('when the disk does not keep a commit, nobody is told it was kept and nothing is served any more', async () => {
  const { opened, store, syncs, append } = openSlowly();
  const both = Promise.allSettled([append('account-1'), append('account-2')]);
  await turn();
  await turn();
  syncs[0]?.reject(new Error('EIO'));
  for (const outcome of await both)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { fault: 'unwritable' } });
  await expect(store.commits.settled()).rejects.toThrow(/check the disk, then restart/);
  await expect(append('account-1')).rejects.toThrow(/check the disk, then restart/);
  opened.close();
});
