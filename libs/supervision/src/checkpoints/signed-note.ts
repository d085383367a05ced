import { DomainError } from '@provident/kernel';
import { LOG_KEY, type PrivateKey, type PublicKey } from './note-keys.js';

/** The head of a tree: what a checkpoint says (C2SP tlog-checkpoint). */
export interface TreeHead {
  /** Names the log: `provident/<area>`. */
  readonly origin: string;
  /** Leaves. */
  readonly size: number;
  /** Base64 of the root's hash. */
  readonly root: string;
}

export interface NoteSignature {
  readonly name: string;
  readonly id: string;
  readonly bytes: Buffer;
  /** The whole line, with its end. */
  readonly line: string;
}

/** A note: a text whose every line ends, and the lines of those who signed it (C2SP signed-note). */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export function checkpointText({ origin, size, root }: TreeHead): string {
  return `${origin}\n${size}\n${root}\n`;
}

/** What a checkpoint says. Throws `note-malformed`. */
export function readHead({ text }: Note): TreeHead {
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text) ?? [];
  if (origin === undefined || size === undefined || root === undefined) {
    throw noteMalformed('The note is no checkpoint: origin, size and root, a line each');
  }
  return { origin, size: Number(size), root };
}

/** Signs a text as a log does. */
export function signNote(text: string, key: PrivateKey): string {
  return `${text}\n${signatureLine(key.publicKey, key.sign(Buffer.from(text)))}`;
}

/** A witness's line for a checkpoint (C2SP tlog-cosignature): it saw this head, consistent with all before, at this second. */
export function cosign(text: string, key: PrivateKey, seconds: number): string {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(seconds));
  return signatureLine(key.publicKey, Buffer.concat([time, key.sign(cosignedMessage(text, BigInt(seconds)))]));
}

/** Takes a note apart. Throws `note-malformed`. */
export function readNote(note: string): Note {
  const at = note.lastIndexOf('\n\n');
  if (at <= 0 || !note.endsWith('\n')) throw noteMalformed('It is no signed note: a text, an empty line, signatures');
  const lines = note.slice(at + 2, -1).split('\n');
  return { text: note.slice(0, at + 1), signatures: lines.map(readSignature) };
}

/** Takes one line of a signature apart. Throws `note-malformed`. */
export function readSignature(line: string): NoteSignature {
  const [, name, encoded] = /^\u2014 ([^+\s]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line.replace(/\n$/, '')) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (name === undefined || bytes.length <= 4 || bytes.toString('base64') !== encoded) {
    throw noteMalformed('A line of a signature is not of its form');
  }
  return { name, id: bytes.toString('hex', 0, 4), bytes: bytes.subarray(4), line: `\u2014 ${name} ${encoded}\n` };
}

/** Whether this key made this signature of this text. */
export function isSignedBy(key: PublicKey, text: string, { name, id, bytes }: NoteSignature): boolean {
  if (key.name !== name || key.id !== id) return false;
  if (key.type === LOG_KEY) return bytes.length === 64 && key.verifies(Buffer.from(text), bytes);
  if (bytes.length !== 72) return false;
  return key.verifies(cosignedMessage(text, cosignedAt(bytes)), bytes.subarray(8));
}

/** The second at which a witness says that it signed. */
export function cosignedAt(bytes: Buffer): bigint {
  return bytes.readBigUInt64BE(0);
}

function cosignedMessage(text: string, seconds: bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
}

function signatureLine({ name, id }: PublicKey, signature: Buffer): string {
  return `\u2014 ${name} ${Buffer.concat([Buffer.from(id, 'hex'), signature]).toString('base64')}\n`;
}

export function noteMalformed(what: string): DomainError {
  return new DomainError(
    'note-malformed',
    `${what}.`,
    'C2SP signed-note and tlog-checkpoint.',
    'Give the file whole and as it was published.',
  );
}
