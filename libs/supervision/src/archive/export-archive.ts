import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventSource } from '@provident/event-store/event-source';
import { DomainError, type RecordedEvent } from '@provident/kernel';
import { canonicalRecord } from '../tree/canonical-record.js';
import { leafHash } from '../tree/merkle-hash.js';
import { type ArchiveSizes, ArchiveWriter } from './archive-writer.js';
import type { SchemaOf } from './event-types.js';
import { isAfter, isBefore, type LogRange } from './log-range.js';
import { MANIFEST_FILE, type Manifest, manifestText } from './manifest.js';
import { Peaks } from './peaks.js';

export const READ_BATCH = 1_000;

export interface ExportOptions extends LogRange {
  /** Where the archive is made; it must not exist. */
  readonly folder: string;
  readonly source: EventSource;
  readonly schemaOf?: SchemaOf;
  readonly sizes?: ArchiveSizes;
  readonly onProgress?: (events: number) => void;
}

/**
 * Writes a range of the log as a sealed archive: Parquet files with their leaf hashes, and a manifest. The folder appears
 * under its name only when it is whole. The log before the range is read as well: the tree begins at its first event.
 * Throws `archive-exists`, `range-empty`.
 */
export async function exportArchive(options: ExportOptions): Promise<Manifest> {
  const { folder } = options;
  if (existsSync(folder)) throw archiveExists(folder);
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  try {
    const manifest = await fill(partial, options);
    await writeManifest(partial, manifest);
    await rename(partial, folder);
    return manifest;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Puts the manifest in its place in one step, so that a reader finds the old one or the new one. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const path = join(folder, MANIFEST_FILE);
  const file = await open(`${path}.new`, 'w');
  try {
    await file.writeFile(manifestText(manifest));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

async function fill(folder: string, options: ExportOptions): Promise<Manifest> {
  const { source, schemaOf, sizes, onProgress } = options;
  const before = new Peaks();
  let writer: ArchiveWriter | undefined;
  try {
    for await (const event of eventsUpTo(source, options)) {
      if (writer === undefined && isBefore(event, options.from)) {
        before.append(leafHash(canonicalRecord(event)));
        continue;
      }
      writer ??= new ArchiveWriter({ folder, before, schemaOf, sizes });
      await writer.add(event);
      if (writer.events % READ_BATCH === 0) onProgress?.(writer.events);
    }
    const manifest = await writer?.finish();
    if (manifest === undefined) throw rangeEmpty();
    return manifest;
  } catch (error) {
    await writer?.abandon().catch(() => undefined);
    throw error;
  }
}

async function* eventsUpTo(source: EventSource, { to }: LogRange): AsyncGenerator<RecordedEvent> {
  for await (const batch of source.batches({ live: false, maxBatch: READ_BATCH })) {
    for (const event of batch) {
      if (isAfter(event, to)) return;
      yield event;
    }
  }
}

function archiveExists(folder: string): DomainError {
  return new DomainError(
    'archive-exists',
    `${folder} is there already.`,
    'An archive is written once and never changed.',
    'Name a folder that does not exist, or follow the log with `ledgerctl mirror`.',
  );
}

function rangeEmpty(): DomainError {
  return new DomainError(
    'range-empty',
    'The log holds no event in this range.',
    'An archive holds at least one event.',
    'Widen the range: --from and --to take a log position or a day.',
  );
}
