import { hash } from 'node:crypto';
import { HASH_BYTES } from '../tree/merkle-hash.js';
import { diagnose } from './diagnose-segment.js';
import type { PartFindings } from './examine-part.js';
import { at, type Flaw } from './flaw.js';
import type { ArchivePart, ArchiveSegment } from './manifest.js';
import { Peaks } from './peaks.js';
import { SegmentReader } from './segment-reader.js';

/** Examines a part of a segment, here or in another thread. */
export type ExaminePart = (reader: SegmentReader, segment: ArchiveSegment, part: ArchivePart) => Promise<PartFindings>;

export interface SegmentWork {
  readonly examine: ExaminePart;
  /** Parts that may be under way at once. */
  readonly atOnce: number;
  /** Told what each part turned out to be, in the order of the archive. */
  readonly onPart: (part: ArchivePart, findings: PartFindings) => void;
}

/**
 * Examines one Parquet file and its leaf hashes against the manifest. Whatever byte differs is found by the digests; what
 * that means for the events is then worked out by decoding them.
 */
export async function examineSegment(folder: string, segment: ArchiveSegment, work: SegmentWork): Promise<Flaw[]> {
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
    flaws.push(...(await examineParts(reader, segment, work)));
    if (flaws.length === 0 && leaves.length === 0 && sizes.length === 0) return [];
    // With the leaf hashes unharmed, the events can be named one by one.
    const named = leaves.length === 0 ? await diagnose(folder, segment, reader) : undefined;
    return [...sizes, ...leaves, ...(named ?? []), ...flaws];
  } finally {
    await reader.close();
  }
}

async function examineParts(
  reader: SegmentReader,
  segment: ArchiveSegment,
  { examine, atOnce, onPart }: SegmentWork,
): Promise<Flaw[]> {
  const flaws: Flaw[] = [];
  const underWay: Promise<PartFindings>[] = [];
  for (let [begun, told] = [0, 0]; told < segment.parts.length; told += 1) {
    for (; begun < segment.parts.length && underWay.length < atOnce; begun += 1) {
      const findings = examine(reader, segment, segment.parts[begun] as ArchivePart);
      findings.catch(() => undefined); // Awaited when its turn comes, unless an earlier one fails.
      underWay.push(findings);
    }
    const findings = await (underWay.shift() as Promise<PartFindings>);
    onPart(segment.parts[told] as ArchivePart, findings);
    flaws.push(...findings.flaws);
  }
  return flaws;
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
