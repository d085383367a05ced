import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ledger, PROJECTIONS } from '@provident/assembly';
import { type EventSource, LogReader } from '@provident/event-store';
import { ArchiveSource, examineArchive, exportArchive, runReplay } from '@provident/supervision';
import { canonicalRecord } from '@provident/supervision/tree/canonical-record';
import { type Measurement, measurement, median } from './result.js';

/** Records that the JSON.parse loop goes through: all of a small log, the first of a large one. */
const PARSED = 100_000;

/** Archive, examination and replay, each beside the plain JSON.parse loop over the same records. */
export async function supervisionLines(ledger: Ledger, repeats: number): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'provident-bench-archive-'));
  try {
    const log = ledger.get(LogReader);
    const path = join(folder, 'archive');
    const { range } = await exportArchive({ folder: path, source: log });
    const archive = await ArchiveSource.open(path);
    const records = await recordsOf(archive);
    const rates: Record<'parse' | 'archive' | 'live' | 'verify', number[]> = {
      ...{ parse: [], archive: [], live: [], verify: [] },
    };
    for (let at = 0; at < repeats; at += 1) {
      rates.parse.push(parseRate(records));
      rates.archive.push(await replayRate(archive));
      rates.live.push(await replayRate(log));
      rates.verify.push(await examinationRate(path, range.events));
    }
    const yardstick = { unit: 'events/s', yardstick: median(rates.parse), yardstickName: 'JSON.parse of the records' };
    const raw = records.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / records.length;
    const bytes = readdirSync(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
    return [
      measurement({
        name: '(l) replay of an archive',
        ours: median(rates.archive),
        ...yardstick,
        aim: '50,000 events/s',
      }),
      measurement({ name: '    replay of the live log', ours: median(rates.live), ...yardstick, aim: '' }),
      measurement({
        name: '    archive examined, nothing written',
        ...{ ours: median(rates.verify), ...yardstick, aim: '200,000 events/s' },
      }),
      measurement({
        name: '    archive with leaf hashes and manifest',
        ...{ unit: 'bytes/event', ours: bytes / range.events, yardstick: raw },
        ...{ yardstickName: 'the records as canonical JSON', aim: '' },
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function recordsOf(source: EventSource): Promise<string[]> {
  const records: string[] = [];
  for await (const batch of source.batches({ live: false, maxBatch: 5_000 })) {
    for (const event of batch) records.push(canonicalRecord(event));
    if (records.length >= PARSED) break;
  }
  return records;
}

function parseRate(records: readonly string[]): number {
  const startedAt = performance.now();
  let members = 0;
  for (const record of records) members += Object.keys(JSON.parse(record) as object).length;
  if (members < records.length) throw new Error('A record is empty.');
  return perSecond(records.length, startedAt);
}

/** Into PostgreSQL, every table filled; making the tables is not counted. */
async function replayRate(source: EventSource): Promise<number> {
  return (await runReplay({ source, projections: PROJECTIONS })).eventsPerSecond;
}

async function examinationRate(folder: string, events: number): Promise<number> {
  const startedAt = performance.now();
  const { count } = await examineArchive({ folder });
  if (count > 0) throw new Error('The archive that was just made has flaws.');
  return perSecond(events, startedAt);
}

function perSecond(events: number, startedAt: number): number {
  return (events / (performance.now() - startedAt)) * 1_000;
}
