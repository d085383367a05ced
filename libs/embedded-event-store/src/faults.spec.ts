import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { EventStore } from './engine/event-store.js';
import { systemEvent } from './engine/event-writer.js';
import { checkLog } from './maintenance.js';
import { openDatabase } from './storage/database.js';
import { Dice } from './testing/dice.js';
import { startServerProcess } from './testing/server-process.js';
import { failure, take } from './testing/test-store.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/**
 * Only root may mount; where these tests run as somebody else they cannot make a disk of their own, say so and prove
 * nothing. On a build server (`CI=true`) they fail, because there they must prove something.
 */
function asRoot(name: string, work: () => Promise<void>): void {
  if (process.getuid?.() === 0) {
    test(name, work);
    return;
  }
  const text = `NOT RUN: "${name}" needs root, who may mount.`;
  test(text, () => {
    if (process.env['CI'] === 'true') throw new Error(text);
    console.warn(text);
  });
}

/** Seeded places: the seed is part of a failure's message. */
const seed = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000);
const places = Number(process.env['FAULTS_PLACES'] ?? 40);

asRoot('on a full disk an append is refused, what is there stays readable, and space ends it', async () => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', dir]);
  const server = await startServerProcess({ args: ['--port', '0', '--data', dir] });
  const client = EventStoreDBClient.connectionString(server.url);
  try {
    const ballast = join(dir, 'ballast');
    writeFileSync(ballast, Buffer.alloc(1_048_576));
    const large = () => [jsonEvent({ type: 'Large', data: { text: 'x'.repeat(100_000) } })];
    // The client shows a batch append's reason by its type alone, a classic append's with its text.
    const classic = { credentials: { username: 'admin', password: 'changeit' } };
    let written = 0;
    const error = await failure(
      (async () => {
        for (; written < 100; written += 1) await client.appendToStream('account-1', large(), classic);
      })(),
    );
    expect(written).toBeGreaterThan(0);
    expect(error.message).toMatch(/disk .*full/);
    expect(await take(client.readStream('account-1'))).toHaveLength(written);
    rmSync(ballast);
    await client.appendToStream('account-1', large());
    expect(await take(client.readStream('account-1'))).toHaveLength(written + 1);
    expect(await server.terminate()).toBe(0);
    expect(checkLog(dir).events).toBeGreaterThan(written);
  } finally {
    await client.dispose().catch(() => undefined);
    await server.kill();
    execFileSync('umount', [dir]);
  }
});

asRoot('a directory that cannot be written is refused with its name', async () => {
  const data = join(dir, 'data');
  mkdirSync(data);
  await writeLog(data);
  execFileSync('mount', ['--bind', data, data]);
  try {
    execFileSync('mount', ['-o', 'remount,ro,bind', data]);
    const error = await failure(startServerProcess({ args: ['--port', '0', '--data', data] }));
    expect(error.message).toMatch(/cannot be read or written|read-only|readonly/i);
    expect(error.message).toContain(data);
  } finally {
    execFileSync('umount', [data]);
  }
  expect(checkLog(data).events).toBeGreaterThan(0);
});

asRoot('a directory of another user is refused to one who may not write it', async () => {
  const data = join(dir, 'data');
  chmodSync(dir, 0o755);
  mkdirSync(data, { mode: 0o755 });
  chownSync(data, 0, 0);
  const error = await failure(startServerProcess({ args: ['--port', '0', '--data', data], uid: 65_534 }));
  expect(error.message).toMatch(/cannot be read or written|EACCES|unable to open/);
});

/** The events of a log in order, as far as it can be read; an error when it is refused. */
function contents(of: string): string[] {
  const opened = openDatabase(of);
  try {
    const { log } = new EventStore(opened, Date.now);
    return log
      .allPage('forwards', 0, 1_000_000, Infinity)
      .map(({ position, stream, revision, frame }) => `${position} ${stream} ${revision} ${frame.toString('base64')}`);
  } finally {
    opened.close();
  }
}

/** Commits of several events each, the last of them in the write-ahead file only. @returns events after each commit */
async function writeLog(to: string): Promise<number[]> {
  const opened = openDatabase(to);
  const store = new EventStore(opened, Date.now);
  const commits = [0];
  for (let commit = 0; commit < 60; commit += 1) {
    const events = Array.from({ length: 1 + (commit % 5) }, () => systemEvent('Happened', JSON.stringify({ commit })));
    await store.commands.append(`account-${commit % 3}`, 'any', events);
    commits.push((commits.at(-1) ?? 0) + events.length);
  }
  // A copy as a crash leaves it: with its write-ahead file, which a close would take away.
  const crashed = `${to}-crashed`;
  mkdirSync(crashed);
  for (const file of ['events.sqlite', 'events.sqlite-wal']) copyFileSync(join(to, file), join(crashed, file));
  opened.close();
  return commits;
}

test('a write-ahead file that was cut anywhere ends the log at a whole commit', async () => {
  const data = join(dir, 'data');
  mkdirSync(data);
  const commits = await writeLog(data);
  const whole = contents(data);
  const crashed = `${data}-crashed`;
  const wal = readFileSync(join(crashed, 'events.sqlite-wal')).length;
  const dice = new Dice(seed);
  const trial = join(dir, 'trial');
  const lengths = new Set<number>();
  for (let place = 0; place < places; place += 1) {
    const cut = dice.below(wal);
    rmSync(trial, { recursive: true, force: true });
    cpSync(crashed, trial, { recursive: true });
    truncateSync(join(trial, 'events.sqlite-wal'), cut);
    const found = contents(trial);
    const told = `seed ${seed}, cut at ${cut} of ${wal}`;
    expect([told, found]).toEqual([told, whole.slice(0, found.length)]);
    expect([told, commits.includes(found.length)]).toEqual([told, true]);
    checkLog(trial);
    lengths.add(found.length);
  }
  expect(lengths.size).toBeGreaterThan(places / 4);
});

test.each(['events.sqlite', 'events.sqlite-wal'])(
  'flipped bytes in %s are repaired by rule or refused, never served',
  async (name) => {
    const data = join(dir, 'data');
    mkdirSync(data);
    const commits = await writeLog(data);
    const whole = contents(data);
    // The database is the whole log once it was closed; the write-ahead file is what a crash leaves.
    const source = name === 'events.sqlite' ? data : `${data}-crashed`;
    const sound = readFileSync(join(source, name));
    const dice = new Dice(seed);
    const trial = join(dir, 'trial');
    const outcomes = { refused: 0, shorter: 0, whole: 0 };
    for (let place = 0; place < places; place += 1) {
      const at = dice.below(sound.length);
      const bytes = Buffer.from(sound);
      bytes[at] = (bytes[at] ?? 0) ^ (1 + dice.below(255));
      rmSync(trial, { recursive: true, force: true });
      cpSync(source, trial, { recursive: true });
      writeFileSync(join(trial, name), bytes);
      const told = `seed ${seed}, byte ${at} of ${sound.length}`;
      let found: string[];
      try {
        checkLog(trial);
        found = contents(trial);
      } catch (error) {
        expect([told, (error as Error).message]).toEqual([
          told,
          expect.stringMatching(/damaged|not what was written|another program|format|cannot be read/) as string,
        ]);
        outcomes.refused += 1;
        continue;
      }
      expect([told, found]).toEqual([told, whole.slice(0, found.length)]);
      expect([told, commits.includes(found.length)]).toEqual([told, true]);
      if (found.length === whole.length) outcomes.whole += 1;
      else outcomes.shorter += 1;
      // Only the write-ahead file has a rule to go by: its last sound commit. A database is whole or refused.
      if (name === 'events.sqlite') expect([told, found.length]).toEqual([told, whole.length]);
    }
    expect(outcomes.refused + outcomes.shorter).toBeGreaterThan(places / 4);
  },
);
