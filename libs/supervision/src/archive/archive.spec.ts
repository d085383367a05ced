import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { EventSource } from '@provident/event-store/event-source';
import { businessDate, type RecordedEvent } from '@provident/kernel';
import { archived, logOf, SMALL, type TestFolder, testFolder } from '../testing/archived-log.js';
import { canonicalRecord } from '../tree/canonical-record.js';
import { leafHash } from '../tree/merkle-hash.js';
import { ArchiveSource } from './archive-source.js';
import { examineArchive } from './examine-archive.js';
import { exportArchive } from './export-archive.js';
import { Peaks } from './peaks.js';

let folder: TestFolder;
beforeEach(() => (folder = testFolder()));
afterEach(() => folder.remove());

async function read(source: EventSource, options: { after?: bigint; types?: string[] } = {}): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of source.batches({ live: false, maxBatch: 50, ...options })) events.push(...batch);
  return events;
}

describe('an archive', () => {
  it('gives every event back as the log had it, in batches, from any position, by types', async () => {
    const log = logOf(250);
    await archived(log, folder.path('a'));
    const source = await ArchiveSource.open(folder.path('a'));
    expect(await read(source)).toEqual(log.all());
    expect(source.end).toBe(log.head);
    const after = log.all()[99]?.position ?? 0n;
    expect(await read(source, { after })).toEqual(log.all().slice(100));
    const some = await read(source, { types: ['PersonRegistered'] });
    expect(some).toEqual(log.all().filter(({ type }) => type === 'PersonRegistered'));
  });

  it('keeps what is no JSON, what RFC 8785 cannot hold, and what has no metadata', async () => {
    const [first, ...rest] = logOf(4).all() as [RecordedEvent, ...RecordedEvent[]];
    const odd = [
      { ...first, data: Uint8Array.of(0, 255, 10) },
      { ...rest[0], data: { broken: '\ud800', fine: 'x' } },
      { ...rest[1], metadata: undefined },
      { ...rest[2], data: 'a plain text, "quoted"' },
    ] as unknown as RecordedEvent[];
    const source: EventSource = {
      async *batches() {
        yield await Promise.resolve(odd);
      },
    };
    await exportArchive({ folder: folder.path('a'), source });
    expect(await read(await ArchiveSource.open(folder.path('a')))).toEqual(odd);
    expect((await examineArchive({ folder: folder.path('a') })).flaws).toEqual([]);
  });

  it('has the same bytes for the same range, however the log came', async () => {
    const log = logOf(200);
    await archived(log, folder.path('a'));
    const cut: EventSource = { batches: (options) => log.batches({ ...options, maxBatch: 3 }) };
    await exportArchive({ folder: folder.path('b'), source: cut, sizes: SMALL });
    const files = readdirSync(folder.path('a')).sort();
    expect(files).toHaveLength(7);
    for (const file of files) {
      expect(readFileSync(folder.path(join('b', file)))).toEqual(readFileSync(folder.path(join('a', file))));
    }
  });

  it('of a part of the log has the places and the tree of the whole log', async () => {
    const log = logOf(300);
    const [from, to] = [log.all()[100]?.position, log.all()[249]?.position];
    const manifest = await archived(log, folder.path('a'), { from, to });
    expect(manifest.range).toMatchObject({ firstIndex: 100, events: 150, firstPosition: String(from) });
    const tree = new Peaks();
    for (const event of log.all().slice(0, 250)) tree.append(leafHash(canonicalRecord(event)));
    expect(manifest.tree).toMatchObject({ size: 250, root: tree.root().toString('hex') });
    const found = await examineArchive({ folder: folder.path('a') });
    expect(found).toMatchObject({ flaws: [], events: 150, tree: { size: 250, root: tree.root().toString('hex') } });
  });

  it('takes days, as China counts them, for its ends', async () => {
    const log = logOf(100); // An event each second from 2026-01-01T00:00:00Z, which is 08:00 in China.
    const day = businessDate('2026-01-01');
    expect((await archived(log, folder.path('a'), { from: day, to: day })).range.events).toBe(100);
    const refusal = archived(log, folder.path('b'), { to: businessDate('2025-12-31') });
    await expect(refusal).rejects.toMatchObject({ code: 'range-empty' });
    expect(readdirSync(folder.path('.'))).toEqual(['a']);
  });

  it('is never written over', async () => {
    await archived(logOf(5), folder.path('a'));
    await expect(archived(logOf(5), folder.path('a'))).rejects.toMatchObject({ code: 'archive-exists' });
  });

  it('names its columns, and each event type with the schema that it was published with', async () => {
    const schema = { $id: 'urn:x', type: 'object' };
    const schemaOf = (type: string, version: number) =>
      type === 'PersonRegistered' && version === 1 ? schema : undefined;
    const { columns, eventTypes } = await archived(logOf(8), folder.path('a'), { schemaOf });
    expect(columns.map(({ name }) => name)).toContain('position');
    expect(eventTypes).toEqual([
      { type: 'ContributionCredited', schemaVersion: 1, events: 6, schema: null },
      { type: 'PersonRegistered', schemaVersion: 1, events: 2, schema },
    ]);
  });

  it('is read by DuckDB, which finds the same events and can compute a leaf', async () => {
    const log = logOf(250);
    await archived(log, folder.path('a'));
    const { leaves } = (await ArchiveSource.open(folder.path('a'))).manifest.segments[0] as {
      leaves: { file: string };
    };
    const stored = readFileSync(folder.path(join('a', leaves.file))).toString('hex', 0, 32);
    const db = await (await DuckDBInstance.create()).connect();
    const table = `read_parquet('${folder.path('a')}/events-*.parquet')`;
    const all = await db.runAndReadAll(`select * from ${table} order by index`);
    const rows = all.getRowObjectsJson();
    expect(rows.map(({ position, type, id, stream }) => [position, type, id, stream])).toEqual(
      log.all().map(({ position, type, id, stream }) => [String(position), type, id, stream]),
    );
    expect(JSON.parse(rows[9]?.['data'] as string)).toEqual(log.all()[9]?.data);
    const sums = await db.runAndReadAll(
      `select type, count(*)::int as n, sum((data->>'$.amount')::decimal(18,2))::varchar as yuan,
              min(recorded_at)::varchar as first
       from ${table} where metadata->>'$.effectiveDate' = '2025-03-31' group by type order by type`,
    );
    expect(sums.getRowObjectsJson()).toMatchObject([
      { type: 'ContributionCredited', n: 187 },
      { type: 'PersonRegistered', n: 63, first: expect.stringContaining('2026-01-01 00:00:00') },
    ]);
    const leaf = await db.runAndReadAll(
      `select sha256('\\x00'::blob || encode('{"data":' || data || ',"id":"' || id || '","metadata":' || metadata ||
         ',"recordedAt":"' || strftime(recorded_at at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%g') || 'Z","revision":"' || revision ||
         '","stream":"' || stream || '","type":"' || type || '"}')) as leaf
       from ${table} where index = 0`,
    );
    expect(leaf.getRowObjectsJson()).toEqual([{ leaf: stored }]);
    db.closeSync();
  });
});
