import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventSource, ReadAllOptions } from '@provident/event-store/event-source';
import { DomainError, type EventMetadata, type RecordedEvent } from '@provident/kernel';
import { recordText } from '../tree/canonical-record.js';
import { isLeafAt } from '../tree/merkle-hash.js';
import type { ArchiveRows } from './archive-rows.js';
import type { ArchiveRow } from './columns.js';
import { type ArchivePart, MANIFEST_FILE, type Manifest, parseManifest } from './manifest.js';
import { SegmentReader } from './segment-reader.js';

/** An archive as a log to read from. Every event is held against its leaf hash before it is handed out. */
export class ArchiveSource implements EventSource {
  private constructor(
    readonly folder: string,
    readonly manifest: Manifest,
  ) {}

  static async open(folder: string): Promise<ArchiveSource> {
    return new ArchiveSource(folder, parseManifest(await manifestOf(folder)));
  }

  /** Position of the last event. */
  get end(): bigint {
    return BigInt(this.manifest.range.lastPosition);
  }

  /** Whether it begins with the log's first event, so that figures can be computed from it alone. */
  get isFromStart(): boolean {
    return this.manifest.range.firstIndex === 0;
  }

  /** An archive has an end: `live` has no meaning here, and the reading ends with the last event. */
  async *batches(options: ReadAllOptions): AsyncGenerator<readonly RecordedEvent[]> {
    const { after = -1n, types, maxBatch, signal } = options;
    for (const segment of this.manifest.segments) {
      if (BigInt(segment.parts.at(-1)?.lastPosition ?? '-1') <= after) continue;
      const reader = await SegmentReader.open(this.folder, segment);
      try {
        for (const part of segment.parts) {
          if (signal?.aborted === true) return;
          if (BigInt(part.lastPosition) <= after) continue;
          let batch: RecordedEvent[] = [];
          for (const row of await soundRows(reader, part)) {
            if (row.position <= after || types?.includes(row.type) === false) continue;
            batch.push(eventOf(row));
            if (batch.length < maxBatch) continue;
            yield batch;
            batch = [];
          }
          if (batch.length > 0) yield batch;
        }
      } finally {
        await reader.close();
      }
    }
  }
}

/** The manifest's text. Throws `archive-missing`. */
export async function manifestOf(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, MANIFEST_FILE), 'utf8');
  } catch (error) {
    throw new DomainError(
      'archive-missing',
      `${folder} is no archive: ${(error as Error).message}`,
      `An archive is a folder with a ${MANIFEST_FILE}.`,
      'Name the folder that `ledgerctl export` or `ledgerctl mirror` wrote.',
    );
  }
}

/** The rows of a part, one by one, each held against its leaf hash. */
async function soundRows(reader: SegmentReader, part: ArchivePart): Promise<Iterable<ArchiveRow>> {
  const bytes = await reader.partBytes(part);
  const leaves = await reader.leafHashes(part.firstIndex, part.events);
  const rows = await reader.rows(part, bytes).catch((error: unknown) => {
    throw damaged(`events ${part.firstPosition} to ${part.lastPosition} cannot be decoded`, error);
  });
  return heldAgainst(leaves, rows, part.firstIndex);
}

function* heldAgainst(leaves: Buffer, rows: ArchiveRows, firstIndex: number): Generator<ArchiveRow> {
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows.at(place);
    if (!isLeafAt(leaves, place, recordText(row)) || Number(row.index) !== firstIndex + place) {
      throw damaged(`the event at position ${row.position} is not the one that was archived`);
    }
    yield row;
  }
}

/** The event as the store hands it out. */
function eventOf(row: ArchiveRow): RecordedEvent {
  const { id, stream, revision, position, recordedAt, type, form, data, metadata } = row;
  return {
    ...{ id, stream, revision, position, recordedAt, type },
    data: dataOf(form, data) as Readonly<object>,
    metadata: textOrJson(form, metadata) as EventMetadata,
  };
}

function dataOf(form: ArchiveRow['form'], data: string | undefined): unknown {
  if (form !== 'base64') return textOrJson(form, data);
  return Uint8Array.from(Buffer.from(JSON.parse(data ?? '""') as string, 'base64'));
}

/** In the form `text` the column holds a JSON text inside a JSON text. */
function textOrJson(form: ArchiveRow['form'], text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  return form === 'text' ? JSON.parse(value as string) : value;
}

function damaged(what: string, cause?: unknown): DomainError {
  const reason = cause instanceof Error ? ` (${cause.message})` : '';
  return new DomainError(
    'archive-damaged',
    `The archive is damaged: ${what}${reason}.`,
    'Nothing is computed from events that are not what was sealed.',
    'Run `ledgerctl fsck` on it for everything that differs, and take a sound copy.',
  );
}
