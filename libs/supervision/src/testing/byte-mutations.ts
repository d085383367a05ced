import type { Dice } from '@provident/embedded-event-store/testing/dice';
import { MANIFEST_FILE } from '../archive/manifest.js';
import type { Change } from './mutation.js';
import type { Specimen } from './specimen.js';

/** What changes the bytes of one file: each names the place from which on the file is another. */
const EDITS: Readonly<Record<string, (bytes: Buffer, at: number, dice: Dice) => Buffer>> = {
  'flip a bit': (bytes, at, dice) => spliced(bytes, at, 1, Buffer.of((bytes[at] ?? 0) ^ (1 << dice.below(8)))),
  'overwrite bytes': (bytes, at, dice) => {
    const length = 1 + dice.below(40);
    return spliced(bytes, at, length, other(bytes.subarray(at, at + length), dice));
  },
  'cut the tail': (bytes, at) => bytes.subarray(0, at),
  'append bytes': (bytes, _at, dice) => Buffer.concat([bytes, dice.bytes(1 + dice.below(64))]),
  'drop bytes': (bytes, at, dice) => spliced(bytes, at, 1 + dice.below(64), Buffer.alloc(0)),
  'insert bytes': (bytes, at, dice) => spliced(bytes, at, 0, dice.bytes(1 + dice.below(64))),
  'swap two runs': (bytes, at, dice) => {
    const length = 1 + dice.below(32);
    const to = dice.below(Math.max(1, bytes.length - length));
    const changed = Buffer.from(bytes);
    bytes.copy(changed, at, to, to + length);
    bytes.copy(changed, to, at, at + length);
    return changed;
  },
};

/** One file of the archive with other bytes. */
export function changeBytes({ files, manifest }: Specimen, dice: Dice): Change | undefined {
  const name = dice.one([...files.keys()]);
  const bytes = files.get(name) ?? Buffer.alloc(0);
  const edit = dice.one(Object.keys(EDITS));
  const changed = EDITS[edit]?.(bytes, dice.below(bytes.length), dice) ?? bytes;
  if (changed.equals(bytes)) return undefined;
  const at = firstDifference(bytes, changed);
  return {
    what: `${edit} in ${name} at byte ${at}`,
    files: new Map(files).set(name, changed),
    where: name,
    position: name === MANIFEST_FILE ? undefined : positionAt(manifest, name, at),
  };
}

/** A file that is gone, is another's, or does not belong. */
export function changeFiles({ files, manifest }: Specimen, dice: Dice): Change {
  const others = [...files.keys()].filter((name) => name !== MANIFEST_FILE);
  const name = dice.one(others);
  const changed = new Map(files);
  const position = positionAt(manifest, name, 0);
  switch (dice.below(3)) {
    case 0:
      changed.delete(name);
      return { what: `remove ${name}`, files: changed, where: undefined, position };
    case 1: {
      const another = dice.one(others.filter((each) => each !== name));
      changed.set(name, files.get(another) ?? Buffer.alloc(0)).set(another, files.get(name) ?? Buffer.alloc(0));
      return { what: `exchange ${name} and ${another}`, files: changed, where: name, position };
    }
    default:
      changed.set('events-999999999999.parquet', files.get(name) ?? Buffer.alloc(0));
      return { what: 'add a file', files: changed, where: 'events-999999999999.parquet', position: undefined };
  }
}

/** The positions of the events that a byte belongs to; `undefined` where it belongs to none: the footer. */
function positionAt({ segments }: Specimen['manifest'], name: string, at: number): Change['position'] {
  const segment = segments.find(({ file, leaves }) => file === name || leaves.file === name);
  let end = 0;
  for (const part of segment?.parts ?? []) {
    end += name.endsWith('.leaves') ? part.events * 32 : part.bytes;
    if (at < end) return { from: BigInt(part.firstPosition), to: BigInt(part.lastPosition) };
  }
  return undefined;
}

function spliced(bytes: Buffer, at: number, length: number, by: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + length)]);
}

function other(bytes: Buffer, dice: Dice): Buffer {
  const changed = dice.bytes(bytes.length);
  if (changed.equals(bytes)) changed[0] = (bytes[0] ?? 0) ^ 1;
  return changed;
}

function firstDifference(one: Buffer, other: Buffer): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}
