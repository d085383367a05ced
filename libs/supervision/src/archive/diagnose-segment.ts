import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recordText } from '../tree/canonical-record.js';
import { HASH_BYTES, leafHash } from '../tree/merkle-hash.js';
import { alignLeaves, type LeafDifference } from './align-leaves.js';
import type { ArchiveRow } from './columns.js';
import { at, type Flaw } from './flaw.js';
import type { ArchiveSegment } from './manifest.js';
import { rowsOfFile, type SegmentReader } from './segment-reader.js';

/**
 * Reads a changed Parquet file by its own footer, as whoever changed it wants it read, and names every event that is not
 * the one of the sealed leaf hashes. `undefined` where the file cannot be read at all.
 */
export async function diagnose(
  folder: string,
  segment: ArchiveSegment,
  reader: SegmentReader,
): Promise<Flaw[] | undefined> {
  let rows: ArchiveRow[];
  try {
    rows = await rowsOfFile(await readFile(join(folder, segment.file)));
  } catch {
    return undefined;
  }
  const sealed = hexes(await reader.leafHashes(segment.firstIndex, segment.events));
  const found = rows.map((row) => leafHash(recordText(row)).toString('hex'));
  return alignLeaves(sealed, found).map((difference) => flawOf(segment, rows, difference));
}

function flawOf({ file, firstIndex }: ArchiveSegment, rows: readonly ArchiveRow[], difference: LeafDifference): Flaw {
  const { kind, expected, found } = difference;
  const index = firstIndex + expected;
  const row = found === undefined ? undefined : rows[found];
  if (row !== undefined) {
    const text = {
      altered: `${row.type} of ${row.stream} at index ${index} is not the event that was sealed.`,
      inserted: `${row.type} of ${row.stream} stands before index ${index} and was never sealed there.`,
      moved: `${row.type} of ${row.stream} belongs to index ${index}, not ${firstIndex + (found ?? 0)}.`,
    }[kind as 'altered' | 'inserted' | 'moved'];
    return { kind, where: file, position: at(row.position), text };
  }
  const text = `The event at index ${index} is missing${kind === 'tail' ? ': the end was cut off' : ''}.`;
  return { kind, where: file, position: around(rows, firstIndex, index), text };
}

/** The positions between which a missing event belongs. */
function around(rows: readonly ArchiveRow[], firstIndex: number, index: number): { from: string; to: string } {
  const place = Math.min(index - firstIndex, rows.length);
  const [before, behind] = [rows[place - 1]?.position, rows[place]?.position];
  return { from: String(before ?? behind ?? 0n), to: String(behind ?? before ?? 0n) };
}

function hexes(hashes: Buffer): string[] {
  return Array.from({ length: Math.floor(hashes.byteLength / HASH_BYTES) }, (_, place) =>
    hashes.toString('hex', place * HASH_BYTES, (place + 1) * HASH_BYTES),
  );
}
