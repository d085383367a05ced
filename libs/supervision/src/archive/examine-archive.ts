import { readdir } from 'node:fs/promises';
import { DomainError } from '@provident/kernel';
import { manifestOf } from './archive-source.js';
import { type CheckpointReader, CheckpointWatch } from './checkpoint-watch.js';
import { HASH_BYTES } from '../tree/merkle-hash.js';
import { EventTypes } from './event-types.js';
import { examinePart, type PartEvents } from './examine-part.js';
import { examineSegment } from './examine-segment.js';
import { examineManifest, sameManifest } from './examine-manifest.js';
import { ExamineThreads, threadsFor } from './examine-threads.js';
import { type Flaw, MOST_FLAWS } from './flaw.js';
import { MANIFEST_FILE, type Manifest, parseManifest } from './manifest.js';
import { Peaks } from './peaks.js';

export interface Examination {
  /** The first flaws found, and how many there are. */
  readonly flaws: readonly Flaw[];
  readonly count: number;
  readonly events: number;
  /** Size and root of the tree that the events make up. */
  readonly tree: { readonly size: number; readonly root: string };
  /** Leaves that a checkpoint with a known signature covers; 0 where none was verified. */
  readonly signedSize: number;
}

export interface ExamineOptions {
  readonly folder: string;
  /** Reads a signed note; throws where no known key signed it. Without it, only what the manifest says is examined. */
  readonly openCheckpoint?: CheckpointReader | undefined;
  /** Signed notes from elsewhere, such as the one that was published. */
  readonly checkpoints?: readonly string[] | undefined;
  readonly onProgress?: ((events: number) => void) | undefined;
  /** Threads that decode and hash beside this one; by the size of the archive and of the machine when absent. */
  readonly threads?: number | undefined;
}

/**
 * Examines an archive to the last byte: manifest, files, every event against its leaf hash, order, root, and the signed
 * checkpoints. Throws `archive-missing` only; everything else is a flaw with its place.
 */
export async function examineArchive(options: ExamineOptions): Promise<Examination> {
  const { folder } = options;
  const text = await manifestOf(folder);
  let manifest: Manifest;
  try {
    manifest = parseManifest(text);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const flaw: Flaw = { kind: 'manifest', where: MANIFEST_FILE, text: error.message };
    return { flaws: [flaw], count: 1, events: 0, tree: { size: 0, root: '' }, signedSize: 0 };
  }
  const flaws: Flaw[] = [...examineManifest(manifest, text), ...strangers(manifest, await readdir(folder))];
  const tree = treeBefore(manifest);
  const watch = new CheckpointWatch(options.openCheckpoint, [...manifest.checkpoints, ...(options.checkpoints ?? [])]);
  flaws.push(...watch.flaws());
  const sums: RowSums = { events: 0, first: undefined, last: undefined, types: new EventTypes() };
  const threads = ExamineThreads.for(folder, options.threads ?? threadsFor(manifest.range.events));
  try {
    for (const segment of manifest.segments) {
      const found = await examineSegment(folder, segment, {
        examine: (reader, ...place) => threads?.examine(...place) ?? examinePart(reader, ...place),
        atOnce: threads?.atOnce ?? 1,
        onPart: (part, { leaves, events }) => {
          const hashes = Buffer.from(leaves.buffer, leaves.byteOffset, leaves.byteLength);
          for (let place = 0; place < part.events; place += 1) {
            tree.append(hashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES));
            watch.at(tree, events?.positions[place]);
          }
          count(sums, part.events, events);
          options.onProgress?.(sums.events);
        },
      });
      flaws.push(...found);
    }
  } finally {
    await threads?.close();
  }
  flaws.push(...watch.end(tree.size));
  const root = tree.root().toString('hex');
  if (root !== manifest.tree.root || tree.size !== manifest.tree.size) {
    const wanted = `${manifest.tree.root} over ${manifest.tree.size} leaves`;
    flaws.push({
      kind: 'root',
      where: MANIFEST_FILE,
      text: `The root is ${root} over ${tree.size} leaves, not ${wanted}.`,
    });
  }
  // With every event sound, what the manifest says of them must be what they say.
  if (flaws.length === 0) flaws.push(...sameManifest(manifest, sums));
  const { events } = sums;
  return {
    ...{ flaws: flaws.slice(0, MOST_FLAWS), count: flaws.length, events },
    ...{ tree: { size: tree.size, root }, signedSize: watch.signedSize },
  };
}

/** Where an event stands, and when the log took it. */
interface RowEnd {
  readonly position: bigint;
  readonly recordedAt: Date;
}

export interface RowSums {
  events: number;
  first: RowEnd | undefined;
  last: RowEnd | undefined;
  readonly types: EventTypes;
}

function count(sums: RowSums, events: number, found: PartEvents | undefined): void {
  sums.events += events;
  if (found === undefined) return;
  const { positions, firstRecordedAt, lastRecordedAt, types } = found;
  sums.first ??= { position: positions[0] ?? 0n, recordedAt: firstRecordedAt };
  sums.last = { position: positions.at(-1) ?? 0n, recordedAt: lastRecordedAt };
  for (const each of types) sums.types.count(each.type, each.schemaVersion, each.events);
}

/** An impossible tree counts as an empty one: the manifest's own examination has named it. */
function treeBefore({ tree, range }: Manifest): Peaks {
  try {
    return Peaks.of(
      range.firstIndex,
      tree.peaksBefore.map((hash) => Buffer.from(hash, 'hex')),
    );
  } catch {
    return new Peaks();
  }
}

function strangers({ segments }: Manifest, found: readonly string[]): Flaw[] {
  const known = new Set([MANIFEST_FILE, ...segments.flatMap(({ file, leaves }) => [file, leaves.file])]);
  return found
    .filter((name) => !known.has(name))
    .map((name) => ({ kind: 'file' as const, where: name, text: 'This file does not belong to the archive.' }));
}
