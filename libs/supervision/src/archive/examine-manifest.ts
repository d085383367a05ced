import type { RowSums } from './examine-archive.js';
import { COLUMN_LIST } from './columns.js';
import type { Flaw } from './flaw.js';
import { MANIFEST_FILE, type Manifest, manifestText, sealOf } from './manifest.js';
import { Peaks } from './peaks.js';

/** Whether the manifest is as it was sealed, and whether what it says holds together. */
export function examineManifest(manifest: Manifest, text: string): Flaw[] {
  const flaws: Flaw[] = [];
  const flaw = (what: string): number => flaws.push({ kind: 'manifest', where: MANIFEST_FILE, text: what });
  if (sealOf(manifest) !== manifest.seal) flaw('It was changed: its seal is that of another text.');
  if (manifestText(manifest) !== text) flaw('It is not written as it was sealed.');
  let [index, position] = [manifest.range.firstIndex, -1n];
  for (const segment of manifest.segments) {
    if (segment.firstIndex !== index) flaw(`${segment.file} should begin at index ${index}.`);
    let events = 0;
    for (const part of segment.parts) {
      if (part.firstIndex !== index) flaw(`${segment.file}: a part should begin at index ${index}.`);
      const [first, last] = [BigInt(part.firstPosition), BigInt(part.lastPosition)];
      if (first <= position || last < first) flaw(`${segment.file}: positions ${first} to ${last} are out of order.`);
      position = last;
      index += part.events;
      events += part.events;
    }
    if (events !== segment.events) flaw(`${segment.file} has parts of ${events} events, not ${segment.events}.`);
  }
  const { range, tree } = manifest;
  if (index - range.firstIndex !== range.events)
    flaw(`The files hold ${index - range.firstIndex} events, not ${range.events}.`);
  if (tree.size !== index) flaw(`The tree has ${tree.size} leaves, but the files end at ${index}.`);
  if (rootOf(range.firstIndex, tree.peaksBefore) === undefined) flaw('The tree before the range is impossible.');
  if (rootOf(tree.size, tree.peaks) !== tree.root) flaw('The tree’s subtrees do not give its root.');
  return flaws;
}

function rootOf(size: number, peaks: readonly string[]): string | undefined {
  try {
    const hashes = peaks.map((hash) => Buffer.from(hash, 'hex'));
    return Peaks.of(size, hashes).root().toString('hex');
  } catch {
    return undefined;
  }
}

/** What the manifest says of the events, held against the events. */
export function sameManifest({ range, eventTypes, columns }: Manifest, rows: RowSums): Flaw[] {
  const flaws: Flaw[] = [];
  const same = (what: string, said: string | number, found: string | number | undefined): void => {
    if (said === found) return;
    flaws.push({ kind: 'manifest', where: MANIFEST_FILE, text: `${what} is ${found ?? 'absent'}, not ${said}.` });
  };
  const { first, last, events, types } = rows;
  same('The number of events', range.events, events);
  same('The first position', range.firstPosition, first?.position.toString());
  same('The last position', range.lastPosition, last?.position.toString());
  same('The first instant', range.firstRecordedAt, first?.recordedAt.toISOString());
  same('The last instant', range.lastRecordedAt, last?.recordedAt.toISOString());
  const said = eventTypes.map(({ type, schemaVersion, events: count }) => `${count} ${type} v${schemaVersion}`);
  const found = types.list().map(({ type, schemaVersion, events: count }) => `${count} ${type} v${schemaVersion}`);
  same('The list of event types', said.join(', '), found.join(', '));
  same('The list of columns', JSON.stringify(columns), JSON.stringify(COLUMN_LIST));
  return flaws;
}
