import { hash } from 'node:crypto';
import { recordText } from '../tree/canonical-record.js';
import { HASH_BYTES, leafHash } from '../tree/merkle-hash.js';
import type { ArchiveRows } from './archive-rows.js';
import type { ArchiveRow } from './columns.js';
import { diagnose } from './diagnose-segment.js';
import { at, type Flaw } from './flaw.js';
import type { ArchivePart, ArchiveSegment } from './manifest.js';
import { Peaks } from './peaks.js';
import { SegmentReader } from './segment-reader.js';

/** What an examination hands on of every event that it could read, in the order of the archive. */
export interface ExaminedEvent {
  readonly row: ArchiveRow | undefined;
  readonly leaf: Buffer;
}

/**
 * Examines one Parquet file and its leaf hashes against the manifest. Whatever byte differs is found by the digests; what
 * that means for the events is then worked out by decoding them.
 */
export async function examineSegment(
  folder: string,
  segment: ArchiveSegment,
  onEvent: (event: ExaminedEvent) => void,
): Promise<Flaw[]> {
  let reader: SegmentReader;
  try {
    reader = await SegmentReader.open(folder, segment);
  } catch (error) {
    const [first, last] = [segment.parts[0], segment.parts.at(-1)];
    const position = { from: first?.firstPosition ?? '0', to: last?.lastPosition ?? '0' };
    return [{ kind: 'file', where: segment.file, position, text: `It cannot be opened: ${(error as Error).message}.` }];
  }
  try {
    const sizes = await sizesOf(reader, segment);
    const leaves = await examineLeafFile(reader, segment);
    const flaws: Flaw[] = [];
    const footer = await reader.footerBytes();
    if (hash('sha256', footer) !== segment.footer.sha256) {
      flaws.push({ kind: 'bytes', where: segment.file, text: 'The footer, which describes the columns, was changed.' });
    }
    for (const part of segment.parts) flaws.push(...(await examinePart(reader, segment, part, onEvent)));
    if (flaws.length === 0 && leaves.length === 0 && sizes.length === 0) return [];
    // With the leaf hashes unharmed, the events can be named one by one.
    const named = leaves.length === 0 ? await diagnose(folder, segment, reader) : undefined;
    return [...sizes, ...leaves, ...(named ?? []), ...flaws];
  } finally {
    await reader.close();
  }
}

async function sizesOf(reader: SegmentReader, segment: ArchiveSegment): Promise<Flaw[]> {
  const wanted = segment.parts.reduce((sum, part) => sum + part.bytes, segment.footer.bytes);
  const found = await reader.fileBytes();
  if (found === wanted) return [];
  const last = segment.parts.at(-1)?.lastPosition ?? '0';
  return [
    { kind: 'file', where: segment.file, position: at(last), text: `It has ${found} bytes instead of ${wanted}.` },
  ];
}

/** The stored leaf hashes: as a whole by their digest, and part by part by the root over them. */
async function examineLeafFile(reader: SegmentReader, { leaves, firstIndex, events, parts }: ArchiveSegment) {
  const flaws: Flaw[] = [];
  const found = await reader.leafBytes();
  if (found !== events * HASH_BYTES) {
    const position = at(parts.at(-1)?.lastPosition ?? '0');
    const text = `It has ${found} bytes instead of ${events * HASH_BYTES}.`;
    flaws.push({ kind: 'file', where: leaves.file, position, text });
  }
  const all = await reader.leafHashes(firstIndex, events);
  if (hash('sha256', all) === leaves.sha256) return flaws;
  for (const part of parts) {
    const own = all.subarray((part.firstIndex - firstIndex) * HASH_BYTES).subarray(0, part.events * HASH_BYTES);
    if (rootOver(own).toString('hex') === part.root) continue;
    const position = { from: part.firstPosition, to: part.lastPosition };
    flaws.push({ kind: 'bytes', where: leaves.file, position, text: 'Leaf hashes of these events were changed.' });
  }
  if (flaws.length === 0) flaws.push({ kind: 'manifest', where: leaves.file, text: 'Its digest is another.' });
  return flaws;
}

function rootOver(hashes: Buffer): Buffer {
  const tree = new Peaks();
  for (let offset = 0; offset + HASH_BYTES <= hashes.byteLength; offset += HASH_BYTES) {
    tree.append(hashes.subarray(offset, offset + HASH_BYTES));
  }
  return tree.root();
}

async function examinePart(
  reader: SegmentReader,
  segment: ArchiveSegment,
  part: ArchivePart,
  onEvent: (event: ExaminedEvent) => void,
): Promise<Flaw[]> {
  const position = { from: part.firstPosition, to: part.lastPosition };
  const flaws: Flaw[] = [];
  const bytes = await reader.partBytes(part);
  if (hash('sha256', bytes) !== part.sha256) {
    flaws.push({ kind: 'bytes', where: segment.file, position, text: 'Bytes that hold these events were changed.' });
  }
  const leaves = await reader.leafHashes(part.firstIndex, part.events);
  let rows: ArchiveRows;
  try {
    rows = await reader.rows(part, bytes);
  } catch (error) {
    const text = `These events cannot be decoded: ${(error as Error).message}.`;
    for (let place = 0; place < part.events; place += 1) onEvent({ row: undefined, leaf: leafAt(leaves, place) });
    return [...flaws, { kind: 'bytes', where: segment.file, position, text }];
  }
  const tree = new Peaks();
  let before: ArchiveRow | undefined;
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows.at(place);
    const leaf = leafHash(recordText(row));
    tree.append(leaf);
    onEvent({ row, leaf });
    if (!leaf.equals(leafAt(leaves, place))) {
      const text = `Index ${part.firstIndex + place}: ${row.type} is not the event of its leaf hash.`;
      flaws.push({ kind: 'altered', where: segment.file, position: at(row.position), text });
    }
    const order = orderFlaw(part, place, row, before);
    if (order !== undefined) {
      const text = `Index ${row.index}: ${order}`;
      flaws.push({ kind: 'order', where: segment.file, position: at(row.position), text });
    }
    before = row;
  }
  if (tree.root().toString('hex') !== part.root && flaws.length === 0) {
    flaws.push({ kind: 'manifest', where: segment.file, position, text: 'The root over these events is another.' });
  }
  return flaws;
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

function leafAt(leaves: Buffer, place: number): Buffer {
  return leaves.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);
}
