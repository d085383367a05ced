import { checkConsistency } from '#verifier';
import { DomainError } from '@provident/kernel';
import { newKey, type PrivateKey, readPrivateKey, readPublicKey, WITNESS_KEY } from '../checkpoints/note-keys.js';
import { cosign, isSignedBy, noteMalformed, readHead, readNote, type TreeHead } from '../checkpoints/signed-note.js';

/** The last head of each log that a witness signed, by origin: all that it has to remember. */
export type Seen = Readonly<Record<string, Pick<TreeHead, 'size' | 'root'>>>;

/** Makes a witness's key. */
export function newWitnessKey(name: string): PrivateKey {
  return newKey(name, WITNESS_KEY);
}

/** What is put before a witness: a checkpoint, with the proof from the head that it saw last (C2SP tlog-witness). */
export interface WitnessRequest {
  readonly older: number;
  readonly hashes: readonly string[];
  readonly checkpoint: string;
}

/** Reads a request; a checkpoint alone is one from nothing. Throws `note-malformed`. */
export function readWitnessRequest(text: string): WitnessRequest {
  if (!text.startsWith('old ')) return { older: 0, hashes: [], checkpoint: text };
  const at = text.indexOf('\n\n');
  const [first = '', ...hashes] = text.slice(0, Math.max(at, 0)).split('\n');
  const [, older] = /^old (0|[1-9]\d{0,14})$/.exec(first) ?? [];
  if (older === undefined || !hashes.every((hash) => /^[A-Za-z0-9+/]{43}=$/.test(hash))) {
    throw noteMalformed('It is no request to a witness: "old" and a size, hashes, an empty line, a checkpoint');
  }
  return { older: Number(older), hashes, checkpoint: text.slice(at + 2) };
}

/**
 * What a witness does, away from the log: it checks that one of the log's keys signed the checkpoint and that the log was
 * only added to since it last looked, and signs that it saw it. Answers its line and what it has to remember from then on.
 * `key` and
 * `logKeys` are keys in their usual text. Throws `key-malformed`, `checkpoint-not-trusted`, `witness-needs-proof`, `log-inconsistent`.
 */
export function signAsWitness(
  { older, hashes, checkpoint }: WitnessRequest,
  options: { key: string; logKeys: readonly string[]; seen: Seen; seconds: number },
): { line: string; seen: Seen } {
  const { seen, seconds } = options;
  const [key, logKeys] = [readPrivateKey(options.key), options.logKeys.map(readPublicKey)];
  const note = readNote(checkpoint);
  const head = readHead(note);
  const trusted = logKeys.some(
    (each) => each.name === head.origin && note.signatures.some((one) => isSignedBy(each, note.text, one)),
  );
  if (!trusted) throw notTrusted(head.origin);
  const last = seen[head.origin] ?? { size: 0, root: EMPTY_ROOT_TEXT };
  if (older !== last.size) throw needsProof(head, last.size);
  try {
    checkConsistency(BigInt(last.size), BigInt(head.size), hashes.map(bytesOf), bytesOf(last.root), bytesOf(head.root));
  } catch (error) {
    throw inconsistent(head, last.size, error instanceof Error ? error.message : String(error));
  }
  return {
    line: cosign(note.text, key, seconds),
    seen: { ...seen, [head.origin]: { size: head.size, root: head.root } },
  };
}

/** SHA-256 of nothing: the root of a log without events. */
const EMPTY_ROOT_TEXT = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64');

function notTrusted(origin: string): DomainError {
  return new DomainError(
    'checkpoint-not-trusted',
    `None of the keys given is one of ${origin} that signed this checkpoint.`,
    'C2SP tlog-witness: a witness signs for logs whose keys it was told.',
    'Give the public key of the log, as it was told by letter or in print.',
  );
}

function needsProof({ origin, size }: TreeHead, last: number): DomainError {
  return new DomainError(
    'witness-needs-proof',
    `The last checkpoint of ${origin} that this witness signed has ${last} events; the proof does not begin there.`,
    'C2SP tlog-witness: nothing is signed that is not proven to continue what was signed before.',
    `Ask for the proof of consistency from ${last} to ${size}, and give that instead of the checkpoint.`,
    { last, size },
  );
}

function inconsistent({ origin, size }: TreeHead, last: number, why: string): DomainError {
  return new DomainError(
    'log-inconsistent',
    `The log of ${origin} at ${size} events is not a continuation of what it was at ${last}: ${why}`,
    'C2SP tlog-witness: a log only grows.',
    'Sign nothing. Keep both checkpoints: together they prove that the log was changed.',
    { last, size },
  );
}
