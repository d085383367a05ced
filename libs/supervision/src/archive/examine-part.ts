import { hash } from 'node:crypto';
import { recordText } from '../tree/canonical-record.js';
import { HASH_BYTES, leafHash } from '../tree/merkle-hash.js';
import type { ArchiveRows } from './archive-rows.js';
import type { ArchiveRow } from './columns.js';
import { type TypeCount, EventTypes, versionIn } from './event-types.js';
import { at, type Flaw } from './flaw.js';
import type { ArchivePart, ArchiveSegment } from './manifest.js';
import { Peaks } from './peaks.js';
import type { SegmentReader } from './segment-reader.js';

/** What a part of an archive turned out to be: plain values, which go from one thread to another. */
export interface PartFindings {
  readonly flaws: readonly Flaw[];
  /** The leaf hash of every event, one after the other; the stored ones where the events cannot be decoded. */
  readonly leaves: Uint8Array;
  /** What the events themselves say; absent where they cannot be decoded. */
  readonly events: PartEvents | undefined;
}

export interface PartEvents {
  readonly positions: BigInt64Array;
  readonly firstRecordedAt: Date;
  readonly lastRecordedAt: Date;
  readonly types: readonly TypeCount[];
}

/** Examines one part against the manifest, its stored leaf hashes, and the order of the log. */
export async function examinePart(
  reader: SegmentReader,
  segment: ArchiveSegment,
  part: ArchivePart,
): Promise<PartFindings> {
  const position = { from: part.firstPosition, to: part.lastPosition };
  const flaws: Flaw[] = [];
  const bytes = await reader.partBytes(part);
  if (hash('sha256', bytes) !== part.sha256) {
    flaws.push({ kind: 'bytes', where: segment.file, position, text: 'Bytes that hold these events were changed.' });
  }
  const stored = await reader.leafHashes(part.firstIndex, part.events);
  let rows: ArchiveRows;
  try {
    rows = await reader.rows(part, bytes);
  } catch (error) {
    const text = `These events cannot be decoded: ${(error as Error).message}.`;
    flaws.push({ kind: 'bytes', where: segment.file, position, text });
    return { flaws, leaves: stored, events: undefined };
  }
  const { root, ...findings } = examineRows(rows, stored, segment, part);
  flaws.push(...findings.flaws);
  if (root.toString('hex') !== part.root && flaws.length === 0) {
    flaws.push({ kind: 'manifest', where: segment.file, position, text: 'The root over these events is another.' });
  }
  return { ...findings, flaws };
}

function examineRows(rows: ArchiveRows, stored: Buffer, { file }: ArchiveSegment, part: ArchivePart) {
  const flaws: Flaw[] = [];
  const tree = new Peaks();
  const leaves = Buffer.alloc(rows.length * HASH_BYTES);
  const positions = new BigInt64Array(rows.length);
  const types = new EventTypes();
  let before: ArchiveRow | undefined;
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows.at(place);
    const leaf = leafHash(recordText(row));
    tree.append(leaf);
    leaves.set(leaf, place * HASH_BYTES);
    positions[place] = row.position;
    types.count(row.type, versionIn(row.form, row.metadata));
    if (!leaf.equals(stored.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES))) {
      const text = `Index ${part.firstIndex + place}: ${row.type} is not the event of its leaf hash.`;
      flaws.push({ kind: 'altered', where: file, position: at(row.position), text });
    }
    const order = orderFlaw(part, place, row, before);
    if (order !== undefined) {
      flaws.push({ kind: 'order', where: file, position: at(row.position), text: `Index ${row.index}: ${order}` });
    }
    before = row;
  }
  const [firstRecordedAt, lastRecordedAt] = [rows.at(0).recordedAt, rows.at(rows.length - 1).recordedAt];
  const events = { positions, firstRecordedAt, lastRecordedAt, types: types.counted() };
  return { flaws, leaves, events, root: tree.root() };
}

/** Index and position follow each other, and the part begins and ends where the manifest says. */
function orderFlaw(
  part: ArchivePart,
  place: number,
  row: ArchiveRow,
  before: ArchiveRow | undefined,
): string | undefined {
  if (Number(row.index) !== part.firstIndex + place) return `its index should be ${part.firstIndex + place}.`;
  if (before !== undefined && before.position >= row.position) return `it follows position ${before.position}.`;
  if (place === 0 && String(row.position) !== part.firstPosition) {
    return `the part begins at position ${part.firstPosition}.`;
  }
  if (place === part.events - 1 && String(row.position) !== part.lastPosition) {
    return `the part ends at position ${part.lastPosition}.`;
  }
  return undefined;
}
