import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventSource } from '@provident/event-store/event-source';
import { DomainError, type RecordedEvent } from '@provident/kernel';
import { canonicalRecord } from '../tree/canonical-record.js';
import { HASH_BYTES, leafHash } from '../tree/merkle-hash.js';
import { ArchiveSource } from './archive-source.js';
import { type ArchiveSizes, ArchiveWriter } from './archive-writer.js';
import type { CheckpointReader } from './checkpoint-watch.js';
import type { SchemaOf } from './event-types.js';
import { READ_BATCH, writeManifest } from './export-archive.js';
import { type ArchivePart, MANIFEST_FILE, type Manifest } from './manifest.js';
import { joined } from './join-manifests.js';
import { Peaks } from './peaks.js';
import { SegmentReader } from './segment-reader.js';

export interface MirrorOptions {
  /** The mirror: an archive that grows. Made when it is not there. */
  readonly folder: string;
  readonly log: EventSource;
  /** Reads checkpoints that a known key signed; those of the log's that it cannot read do not count. */
  readonly openCheckpoint: CheckpointReader;
  readonly schemaOf?: SchemaOf;
  readonly sizes?: ArchiveSizes;
  readonly onProgress?: (events: number) => void;
}

export interface MirrorReport {
  readonly added: number;
  readonly size: number;
  readonly root: string;
  /** Leaves that verified checkpoints among the new events cover; 0 where there was none. */
  readonly signedSize: number;
}

/**
 * Brings a mirror up to the end of a log. First the end of the mirror is held against the log, event by event; then the new
 * events are taken, and every signed checkpoint among them must be one of the very tree that the mirror now is. A log that
 * is another than it was is refused with `mirror-inconsistent`, and the mirror stays as it is.
 */
export async function mirror(options: MirrorOptions): Promise<MirrorReport> {
  const { folder } = options;
  await mkdir(folder, { recursive: true });
  const before = existsSync(join(folder, MANIFEST_FILE)) ? (await ArchiveSource.open(folder)).manifest : undefined;
  await clearLeftovers(folder, before);
  if (before !== undefined) await expectSameEnd(folder, before, options.log);
  const tree = before === undefined ? new Peaks() : treeOf(before);
  const writer = new ArchiveWriter({ folder, before: tree, schemaOf: options.schemaOf, sizes: options.sizes });
  try {
    const after = before === undefined ? {} : { after: BigInt(before.range.lastPosition) };
    const signedSize = await take(writer, tree, options, after);
    const manifest = await writer.finish();
    if (manifest !== undefined) {
      const whole = before === undefined ? manifest : joined(before, manifest);
      await writeManifest(folder, whole);
    }
    return { added: writer.events, size: writer.size, root: writer.root().toString('hex'), signedSize };
  } catch (error) {
    await writer.abandon().catch(() => undefined);
    await clearLeftovers(folder, before);
    throw error;
  }
}

/** Takes the new events, and holds the tree against each checkpoint when it comes by. The size that was signed last. */
async function take(
  writer: ArchiveWriter,
  start: Peaks,
  { log, openCheckpoint, onProgress }: MirrorOptions,
  after: { after?: bigint },
): Promise<number> {
  // A checkpoint stands in the log behind the leaves that it covers: this tree stays behind until one is met.
  const trail = Peaks.of(start.size, start.hashes);
  let leaves: Buffer[] = [];
  let signed = 0;
  for await (const batch of log.batches({ ...after, live: false, maxBatch: READ_BATCH })) {
    for (const event of batch) {
      leaves.push(await writer.add(event));
      const claim = claimOf(event, openCheckpoint);
      // One of a time before this pass was looked at by an earlier one.
      if (claim === undefined || claim.size < trail.size || claim.size > writer.size) continue;
      const covered = claim.size - trail.size;
      for (const leaf of leaves.slice(0, covered)) trail.append(leaf);
      leaves = leaves.slice(covered);
      if (!trail.root().equals(claim.root)) {
        throw inconsistent(`the checkpoint over ${claim.size} leaves is of another log`, event);
      }
      signed = claim.size;
    }
    onProgress?.(writer.events);
  }
  return signed;
}

function claimOf(event: RecordedEvent, read: CheckpointReader) {
  if (event.type !== 'CheckpointSigned') return undefined;
  try {
    return read((event.data as { note: string }).note);
  } catch {
    return undefined;
  }
}

/** The last part of the mirror, read from the log once more: what stood there must still stand there. */
async function expectSameEnd(folder: string, { segments, range }: Manifest, log: EventSource): Promise<void> {
  const segment = segments.at(-1);
  const part = segment?.parts.at(-1);
  if (segment === undefined || part === undefined) return;
  const reader = await SegmentReader.open(folder, segment);
  const leaves = await reader.leafHashes(part.firstIndex, part.events).finally(() => reader.close());
  let place = 0;
  const after = positionBefore(segments.flatMap(({ parts }) => parts));
  for await (const batch of log.batches({ ...after, live: false, maxBatch: READ_BATCH })) {
    for (const event of batch) {
      if (place === part.events) return;
      const own = leaves.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);
      if (!leafHash(canonicalRecord(event)).equals(own)) throw inconsistent('an event is another than it was', event);
      place += 1;
    }
  }
  if (place === part.events) return;
  throw inconsistent(`the log ends before position ${range.lastPosition}, which the mirror holds`, undefined);
}

function positionBefore(parts: readonly ArchivePart[]): { after?: bigint } {
  const last = parts.at(-2)?.lastPosition;
  return last === undefined ? {} : { after: BigInt(last) };
}

function treeOf({ tree }: Manifest): Peaks {
  return Peaks.of(
    tree.size,
    tree.peaks.map((hash) => Buffer.from(hash, 'hex')),
  );
}

/** Files that a pass left that was cut short: no manifest names them. */
async function clearLeftovers(folder: string, manifest: Manifest | undefined): Promise<void> {
  const known = new Set((manifest?.segments ?? []).flatMap(({ file, leaves }) => [file, leaves.file]));
  for (const name of await readdir(folder)) {
    if (/^events-\d{12}\.(parquet|leaves)$/.test(name) && !known.has(name)) await rm(join(folder, name));
  }
}

function inconsistent(what: string, event: RecordedEvent | undefined): DomainError {
  const where = event === undefined ? '' : ` at position ${event.position} (${event.type} of ${event.stream})`;
  return new DomainError(
    'mirror-inconsistent',
    `The log is not the one that was mirrored: ${what}${where}.`,
    'A log only ever grows: what was mirrored and signed must be the beginning of what is there now.',
    'Keep the mirror as it is: it is the evidence. Compare both with `ledgerctl fsck` and call in the supervisor.',
    event === undefined ? {} : { position: String(event.position) },
  );
}
