import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PersonKeys } from '@provident/access';
import { PROJECTIONS } from '@provident/assembly';
import { type EventSource, LogReader } from '@provident/event-store';
import type { RecordedEvent } from '@provident/kernel';
import { READ_DATABASE, type ReadDatabase } from '@provident/projections';
import {
  ArchiveSource,
  CheckpointDesk,
  CheckpointReader,
  checkpointsSignedBy,
  examineArchive,
  examineLog,
  exportArchive,
  mirror,
  ReplayDesk,
  runReplay,
  TreeStore,
} from '@provident/supervision';
import { JournalController } from '@provident/supervision/journal-export/journal.controller';
import { FIRST_DUES, SmallStory } from '../support/small-story.js';
import { openTestLedger, type TestLedger } from '../support/test-ledger.js';

/* The regulator's kit on a real ledger: archive, examination, mirror, replay, with checkpoints that the ledger signed. */

let office: TestLedger;
let story: SmallStory;
let folder: string;
const path = (name: string) => join(folder, name);
const log = () => office.ledger.get(LogReader);

async function sign(): Promise<void> {
  await office.ledger.settled();
  await office.ledger.treeSettled();
  await office.ledger.get(CheckpointDesk).sign('request');
  await office.ledger.settled();
  await office.ledger.treeSettled();
}

async function known() {
  const reader = office.ledger.get(CheckpointReader);
  const openCheckpoint = checkpointsSignedBy((await reader.signingKeys()).map(({ key }) => key));
  return { openCheckpoint, checkpoints: (await reader.checkpoints()).map(({ note }) => note) };
}

async function allEvents(): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of log().batches({ live: false, maxBatch: 1_000 })) events.push(...batch);
  return events;
}

/** The log as somebody would have it who can write to the store's disk. */
function tampered(change: (events: RecordedEvent[]) => RecordedEvent[]): EventSource {
  return {
    async *batches({ after = -1n, maxBatch }) {
      const events = change(await allEvents()).filter(({ position }) => position > after);
      for (let at = 0; at < events.length; at += maxBatch) yield events.slice(at, at + maxBatch);
    },
  };
}

const edited = (place: number) => (events: RecordedEvent[]) =>
  events.map((event, at) => (at === place ? { ...event, data: { ...event.data, forged: true } } : event));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'provident-kit-'));
  office = await openTestLedger();
  story = new SmallStory(office);
  await story.register();
  await story.declare(0);
  await sign();
});
afterAll(async () => {
  await office.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('fsck of the live log', () => {
  const examine = async (source: EventSource) =>
    examineLog({ log: source, tree: office.ledger.get(TreeStore), ...(await known()) });

  it('finds nothing in the log as it is, and tells how much of it was signed', async () => {
    const found = await examine(log());
    expect(found).toMatchObject({ flaws: [], events: (await allEvents()).length });
    expect(found.signedSize).toBeGreaterThan(0);
  });

  it('names what was edited, dropped, put in, turned round and cut off, by its position', async () => {
    const events = await allEvents();
    const at = (place: number) => String(events[place]?.position);
    const expectFlaw = async (source: EventSource, kind: string, place: number) => {
      const { flaws } = await examine(source);
      expect(flaws[0]).toMatchObject({ kind, position: { from: at(place), to: at(place) } });
    };
    await expectFlaw(tampered(edited(3)), 'altered', 3);
    await expectFlaw(
      tampered((all) => all.toSpliced(5, 1)),
      'missing',
      5,
    );
    const made = { ...(events[4] as RecordedEvent), id: '00000000-0000-4000-8000-000000000000' };
    await expectFlaw(
      tampered((all) => all.toSpliced(4, 0, made)),
      'inserted',
      4,
    );
    const [one, other] = [events[6] as RecordedEvent, events[7] as RecordedEvent];
    await expectFlaw(
      tampered((all) => all.toSpliced(6, 2, other, one)),
      'moved',
      7,
    );
    await expectFlaw(
      tampered((all) => all.slice(0, -2)),
      'tail',
      events.length - 2,
    );
  });
});

describe('a mirror', () => {
  it('grows with the log, holds every checkpoint against it, and is an archive that examines clean', async () => {
    const first = await mirror({ folder: path('mirror'), log: log(), ...(await known()) });
    expect(first.added).toBe(first.size);
    expect(first.signedSize).toBeGreaterThan(0);
    await story.pay(0, '2025-07-15', FIRST_DUES);
    await sign();
    const second = await mirror({ folder: path('mirror'), log: log(), ...(await known()) });
    expect(second.added).toBeGreaterThan(0);
    expect(second).toMatchObject({ size: first.size + second.added });
    expect(second.signedSize).toBeGreaterThan(first.size);
    expect(await mirror({ folder: path('mirror'), log: log(), ...(await known()) })).toMatchObject({ added: 0 });
    const found = await examineArchive({ folder: path('mirror'), ...(await known()) });
    expect(found).toMatchObject({ flaws: [], events: second.size, tree: { root: second.root } });
    expect(found.signedSize).toBe(second.signedSize);
  });

  it('refuses a log that is another than it was, and stays as it is', async () => {
    const before = readFileSync(path('mirror/manifest.json'));
    const files = readdirSync(path('mirror'));
    await story.declare(1);
    await sign();
    const { length } = await allEvents();
    const { openCheckpoint } = await known();
    const refused = async (source: EventSource) =>
      expect(mirror({ folder: path('mirror'), log: source, openCheckpoint })).rejects.toMatchObject({
        code: 'mirror-inconsistent',
      });
    const mirrored = (await ArchiveSource.open(path('mirror'))).manifest.tree.size;
    await refused(tampered(edited(mirrored - 1)));
    await refused(tampered((events) => events.slice(0, mirrored - 1)));
    // An event that came after the mirror's end, but that a checkpoint covers.
    await refused(tampered(edited(length - 2)));
    expect(readFileSync(path('mirror/manifest.json'))).toEqual(before);
    expect(readdirSync(path('mirror'))).toEqual(files);
    expect((await mirror({ folder: path('mirror'), log: log(), openCheckpoint })).added).toBeGreaterThan(0);
  });

  it('clears away what a pass left that was cut short', async () => {
    const { openCheckpoint } = await known();
    cpSync(path('mirror/manifest.json'), path('mirror/events-000000009999.parquet'));
    await mirror({ folder: path('mirror'), log: log(), openCheckpoint });
    expect((await examineArchive({ folder: path('mirror'), openCheckpoint })).flaws).toEqual([]);
  });
});

describe('when a person is erased', () => {
  it('archives examine clean, and every replay has the digest that it had', async () => {
    await exportArchive({ folder: path('archive'), source: log() });
    const sealed = JSON.stringify((await allEvents()).map(({ data }) => data));
    const databaseUrl = office.ledger.app.get<ReadDatabase>(READ_DATABASE, { strict: false }).url;
    const replay = async (source: EventSource) =>
      (await runReplay({ source, projections: PROJECTIONS, databaseUrl })).digest.sha256;
    const before = await replay(log());
    await office.ledger.get(PersonKeys).erase(story.anna);
    expect(JSON.stringify((await allEvents()).map(({ data }) => data))).toBe(sealed);
    const found = await examineArchive({ folder: path('archive'), ...(await known()) });
    expect(found).toMatchObject({ flaws: [] });
    expect(await replay(await ArchiveSource.open(path('archive')))).toBe(before);
  });
});

describe('a replay that is started in the office', () => {
  it('runs by itself, one at a time, and ends with the digest and the comparison', async () => {
    const desk = office.ledger.get(ReplayDesk);
    await desk.start('supervisor:he');
    await expect(desk.start('supervisor:he')).rejects.toMatchObject({ code: 'replay-already-running' });
    while (desk.latest?.state === 'running') await delay(100);
    const { state, report, progress } = desk.latest ?? {};
    expect(state).toBe('finished');
    expect(report?.comparison).toMatchObject({ same: true });
    expect(progress?.events).toBe(report?.digest.events);
    expect(office.failures).toEqual([]);
  });
});

describe('the books over HTTP', () => {
  it('are a whole file, made for the question, and leave none behind', async () => {
    await story.pay(0, '2025-07-20', FIRST_DUES);
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('provident-books-'));
    const before = left();
    const file = await office.ledger.get(JournalController).books('hledger', {});
    expect(file.getHeaders()).toMatchObject({ disposition: 'attachment; filename="books.journal"' });
    const text = Buffer.concat(await file.getStream().toArray()).toString('utf8');
    expect(text).toContain('ContributionReceived');
    expect(text).toMatch(/closing balances as the ledger has them\n( {4}.* {2}0 CNY = -?\d+\.\d\d CNY\n)+$/);
    while (left().length > before.length) await delay(20);
    expect(left()).toEqual(before);
  });
});
