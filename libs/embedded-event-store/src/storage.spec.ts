import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EventStore } from './engine/event-store.js';
import { systemEvent } from './engine/event-writer.js';
import { backupLog, checkLog, logInfo } from './maintenance.js';
import { openDatabase } from './storage/database.js';
import { EventLog } from './storage/event-log.js';
import { startEmbeddedEventStore } from './start.js';
import { anyStream, failure, happened, revisions, startTestStore } from './testing/test-store.js';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
  file = join(dir, 'events.sqlite');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const start = () => startEmbeddedEventStore({ dir, inThread: true });

/** A stopped log with a thousand events. */
async function writeLog(): Promise<void> {
  const store = await startTestStore({ dir });
  for (let index = 0; index < 10; index += 1) await store.client.appendToStream(`account-${index}`, happened(100));
  await store.stop();
}

describe('a file is refused', () => {
  test('when it is another program’s database', async () => {
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE notes (text TEXT)');
    other.close();
    expect(await failure(start())).toMatchObject({ fault: 'foreign' });
  });

  test('when it is no database at all', async () => {
    writeFileSync(
      file,
      'a text that somebody saved here by mistake, longer than the head of a database file'.repeat(20),
    );
    expect(await failure(start())).toMatchObject({ fault: 'damaged' });
  });

  test('when a newer version wrote it', async () => {
    await writeLog();
    const log = new DatabaseSync(file);
    log.exec('PRAGMA user_version = 99');
    log.close();
    expect(await failure(start())).toMatchObject({ fault: 'newer' });
  });

  test('when its directory cannot be made', async () => {
    writeFileSync(join(dir, 'plain'), '');
    const inside = startEmbeddedEventStore({ dir: join(dir, 'plain', 'data'), inThread: true });
    expect((await failure(inside)).message).toMatch(/ENOTDIR/);
  });
});

test('a flipped byte is found, or lies where nothing is kept', async () => {
  await writeLog();
  const sound = readFileSync(file);
  const contents = digest();
  let found = 0;
  for (let step = 0; step < 24; step += 1) {
    const bytes = Buffer.from(sound);
    const place = Math.floor((sound.length * (step + 0.5)) / 24);
    bytes[place] = (bytes[place] ?? 0) ^ 0x10;
    writeFileSync(file, bytes);
    try {
      checkLog(dir);
    } catch (error) {
      expect((error as Error).message).toMatch(/damaged|not what was written|another program|format/);
      found += 1;
      continue;
    }
    expect(digest()).toBe(contents);
  }
  expect(found).toBeGreaterThan(12);
});

/** All events of the file in one number. */
function digest(): string {
  const database = new DatabaseSync(file, { readOnly: true });
  const hash = createHash('sha256');
  for (const { frame } of new EventLog(database, file).allPage('forwards', 0, 100_000, Infinity)) hash.update(frame);
  database.close();
  return hash.digest('hex');
}

test('a damaged event is an error to its reader and not a wrong answer', async () => {
  await writeLog();
  const log = new DatabaseSync(file);
  log.exec(`UPDATE events SET frame = zeroblob(length(frame)) WHERE stream = (SELECT id FROM streams WHERE name = 'account-0')
            AND revision = 5`);
  log.close();
  expect(() => checkLog(dir)).toThrow(/not what was written/);
  expect(await failure(start())).toMatchObject({ fault: 'damaged' });
});

test('a full disk refuses the append, changes nothing, and is over when there is space', async () => {
  const opened = openDatabase(dir);
  const store = new EventStore(opened, Date.now);
  const large = () => [systemEvent('Large', JSON.stringify({ text: 'x'.repeat(100_000) }))];
  await store.commands.append('account-1', 'no_stream', large());
  opened.database.exec('PRAGMA max_page_count = 40');
  let error: unknown;
  for (let index = 0; index < 20 && error === undefined; index += 1) {
    await store.commands.append('account-1', index, large()).catch((reason: unknown) => {
      error = reason;
    });
  }
  expect(error).toMatchObject({ fault: 'full' });
  const { last } = store.catalog.stateOf('account-1');
  opened.database.exec('PRAGMA max_page_count = 100000');
  expect(await store.commands.append('account-1', last, large())).toMatchObject({ kind: 'done', last: last + 1 });
  opened.close();
  expect(checkLog(dir).events).toBe(last + 2);
});

test('a backup of a running server is one moment of the log, and can be served', async () => {
  const store = await startTestStore({ dir });
  const stream = anyStream();
  await store.client.appendToStream(stream, happened(100));
  const writing = Promise.all(Array.from({ length: 50 }, () => store.client.appendToStream(anyStream(), happened(1))));
  const target = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
  const { events } = await backupLog(dir, join(target, 'events.sqlite'));
  await writing;
  expect(events).toBeGreaterThanOrEqual(100);
  await expect(backupLog(dir, join(target, 'events.sqlite'))).rejects.toThrow(/exists already/);
  const copy = await startTestStore({ dir: target });
  expect(await revisions(copy.client, stream)).toHaveLength(100);
  await copy.stop();
  await store.stop();
  rmSync(target, { recursive: true });
});

test('check and info tell what a log holds', async () => {
  await writeLog();
  expect(checkLog(dir).events).toBeGreaterThan(1_000);
  expect(logInfo(dir)).toMatchObject({ file, formatVersion: 1 });
  expect(() => logInfo(join(dir, 'nowhere'))).toThrow(/has no event log/);
});
