import { Dice } from '@provident/embedded-event-store/testing/dice';
import { type Examination, examineArchive } from '../archive/examine-archive.js';
import type { Flaw } from '../archive/flaw.js';
import { type Manifest, MANIFEST_FILE, manifestText, sealed } from '../archive/manifest.js';
import { recordParts, recordText } from '../tree/canonical-record.js';
import { leafHash } from '../tree/merkle-hash.js';
import { SegmentWriter } from '../archive/segment-writer.js';
import { changeBytes, changeFiles } from './byte-mutations.js';
import { type ChangedLog, changeLog } from './event-mutations.js';
import { SMALL } from './archived-log.js';
import type { Specimen } from './specimen.js';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

/** An archive that is not as it was sealed, and what an examination has to name. */
export interface Change {
  readonly what: string;
  readonly files: ReadonlyMap<string, Buffer>;
  /** A file that must be named; any will do when absent. */
  readonly where: string | undefined;
  /** Positions of which one at least must be named; none need be when absent. */
  readonly position: { readonly from: bigint; readonly to: bigint } | undefined;
}

type Mutator = (specimen: Specimen, dice: Dice) => Change | undefined | Promise<Change | undefined>;

/** The ways in which an archive is changed, in turn. */
export const MUTATORS: Readonly<Record<string, Mutator>> = {
  bytes: changeBytes,
  files: changeFiles,
  'bytes again': changeBytes,
  events: changeEvents,
  'events and leaf hashes': (specimen, dice) => changeEvents(specimen, dice, 'with their leaf hashes'),
  'sealed anew': forge,
  'manifest sealed anew': changeManifest,
};

/** Changes the specimen by a seed; examines it; complains in words when nothing was found or the place was not named. */
export async function missed(specimen: Specimen, mutator: string, seed: number): Promise<string | undefined> {
  const dice = new Dice(seed);
  let change: Change | undefined;
  while (change === undefined) change = await MUTATORS[mutator]?.(specimen, dice);
  const { openCheckpoint, checkpoints } = specimen;
  const found = await examineArchive({ folder: specimen.put(change.files), openCheckpoint, checkpoints }).catch(
    (error: unknown) => ({ flaws: [refusal(error)], count: 1 }) satisfies Pick<Examination, 'flaws' | 'count'>,
  );
  if (found.count === 0) return `${mutator}, seed ${seed}: ${change.what}: nothing was found`;
  if (found.flaws.some((flaw) => names(flaw, change))) return undefined;
  return `${mutator}, seed ${seed}: ${change.what}: found, but elsewhere: ${JSON.stringify(found.flaws.slice(0, 5))}`;
}

/** A folder without its manifest is refused as a whole. */
function refusal(error: unknown): Flaw {
  return { kind: 'file', where: MANIFEST_FILE, text: (error as Error).message };
}

function names(flaw: Flaw, { where, position }: Change): boolean {
  if (position === undefined) return where === undefined || flaw.where === where;
  if (flaw.position === undefined) return false;
  return BigInt(flaw.position.from) <= position.to && BigInt(flaw.position.to) >= position.from;
}

/** Events of one file are changed and the file written anew; without the key, the rest of the archive stays as it was. */
async function changeEvents(specimen: Specimen, dice: Dice, how?: 'with their leaf hashes'): Promise<Change> {
  const segment = dice.one(specimen.manifest.segments);
  const own = specimen.events.slice(segment.firstIndex, segment.firstIndex + segment.events);
  const changed = changeLog(own, dice, 0, own.length);
  const folder = mkdtempSync(join(tmpdir(), 'provident-rewritten-'));
  try {
    const writer = await SegmentWriter.open(folder, segment.firstIndex, SMALL.groupEvents);
    for (const [place, event] of changed.events.entries()) {
      const parts = recordParts(event);
      const index = BigInt(segment.firstIndex + place);
      await writer.add({ ...parts, index, position: event.position }, leafHash(recordText(parts)));
    }
    await writer.finish();
    const files = new Map(specimen.files).set(segment.file, readFileSync(join(folder, segment.file)));
    if (how !== undefined) files.set(segment.leaves.file, readFileSync(join(folder, segment.leaves.file)));
    return { what: `${changed.what} of ${segment.file}`, files, where: segment.file, position: placeOf(changed, own) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The whole archive is made anew of a changed log, seal and all: only what was signed stands against it. */
async function forge(specimen: Specimen, dice: Dice): Promise<Change> {
  const changed = changeLog(specimen.events, dice, 0, specimen.events.length);
  const files = await specimen.forged(changed.events);
  return { what: changed.what, files, where: undefined, position: placeOf(changed, specimen.events) };
}

/** The event in question, or those beside the gap; of a cut, the last that is left. */
function placeOf({ place, position, what }: ChangedLog, events: ChangedLog['events']): Change['position'] {
  if (position !== undefined) return { from: position, to: position };
  const at = (index: number): bigint => events[Math.min(Math.max(index, 0), events.length - 1)]?.position ?? 0n;
  return { from: at(place - 1), to: what.startsWith('cut') ? at(events.length - 1) : at(place + 1) };
}

/** Members of the manifest that say something about events or files; the schemas are told by nothing else. */
function changeManifest({ files, manifest }: Specimen, dice: Dice): Change | undefined {
  const rest: Omit<Manifest, 'seal'> & { seal?: string } = structuredClone(manifest);
  delete rest.seal;
  const places = leaves(rest).filter(({ path }) => !path.includes('schema'));
  const { holder, key, path } = dice.one(places);
  const value = holder[key];
  holder[key] = typeof value === 'number' ? value + 1 + dice.below(3) : otherText(String(value), dice);
  const text = manifestText(sealed(rest));
  return {
    what: `replace ${path.join('.')} and seal anew`,
    files: new Map(files).set(MANIFEST_FILE, Buffer.from(text)),
    where: undefined,
    position: undefined,
  };
}

type Holder = Record<string, unknown>;

function leaves(value: unknown, path: readonly string[] = []): { holder: Holder; key: string; path: string[] }[] {
  if (value === null || typeof value !== 'object') return [];
  const holder = value as Holder;
  return Object.entries(holder).flatMap(([key, inner]) =>
    inner !== null && typeof inner === 'object'
      ? leaves(inner, [...path, key])
      : [{ holder, key, path: [...path, key] }],
  );
}

/** Another text of the same form: one digit or letter differs. */
function otherText(text: string, dice: Dice): string {
  const places = [...text].flatMap((letter, place) => (/[0-9A-Za-z]/.test(letter) ? [place] : []));
  const place = dice.one(places);
  const letter = text[place] ?? '';
  const replaced = /\d/.test(letter) ? String((Number(letter) + 1) % 10) : letter === 'a' ? 'b' : 'a';
  return text.slice(0, place) + replaced + text.slice(place + 1);
}
