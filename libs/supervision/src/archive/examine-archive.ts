import { readdir } from 'node:fs/promises';
import { DomainError } from '@provident/kernel';
import { manifestOf } from './archive-source.js';
import { type CheckpointReader, CheckpointWatch } from './checkpoint-watch.js';
import type { ArchiveRow } from './columns.js';
import { EventTypes, versionIn } from './event-types.js';
import { examineSegment } from './examine-segment.js';
import { examineManifest, sameManifest } from './examine-manifest.js';
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
  const rows: RowSums = { events: 0, first: undefined, last: undefined, types: new EventTypes() };
  for (const segment of manifest.segments) {
    const found = await examineSegment(folder, segment, ({ row, leaf }) => {
      tree.append(leaf);
      watch.at(tree, row);
      count(rows, row);
      if (rows.events % 10_000 === 0) options.onProgress?.(rows.events);
    });
    flaws.push(...found);
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
  if (flaws.length === 0) flaws.push(...sameManifest(manifest, rows));
  const { events } = rows;
  return {
    ...{ flaws: flaws.slice(0, MOST_FLAWS), count: flaws.length, events },
    ...{ tree: { size: tree.size, root }, signedSize: watch.signedSize },
  };
}

export interface RowSums {
  events: number;
  first: ArchiveRow | undefined;
  last: ArchiveRow | undefined;
  readonly types: EventTypes;
}

function count(sums: RowSums, row: ArchiveRow | undefined): void {
  sums.events += 1;
  if (row === undefined) return;
  sums.first ??= row;
  sums.last = row;
  sums.types.count(row.type, versionIn(row.form, row.metadata));
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
