import { createPrivateKey, createPublicKey, hash, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import { DomainError } from '@provident/kernel';

/** Types of signatures in a signed note (C2SP): a log's own, and a witness's cosignature with its time. */
export const LOG_KEY = 1;
export const WITNESS_KEY = 4;
export type KeyType = typeof LOG_KEY | typeof WITNESS_KEY;

/** What comes before 32 bytes of an Ed25519 key in DER: PKCS#8 (RFC 8410) and SubjectPublicKeyInfo. */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;

/** A public key as it is handed out: `name+id+base64`. */
export interface PublicKey {
  readonly name: string;
  /** Eight hexadecimal digits: the beginning of a hash over name, type and key. */
  readonly id: string;
  readonly type: KeyType;
  readonly text: string;
  verifies(message: Uint8Array, signature: Uint8Array): boolean;
}

/** A private key as it is kept: `PRIVATE+KEY+name+id+base64`, the form of Go's note tools. */
export interface PrivateKey {
  readonly publicKey: PublicKey;
  /** Never print it. */
  readonly text: string;
  sign(message: Uint8Array): Buffer;
}

/** Makes a new key. */
export function newKey(name: string, type: KeyType): PrivateKey {
  if (!isKeyName(name)) throw keyMalformed(`"${name}" is no name of a key`);
  return privateKey(name, type, randomBytes(KEY_BYTES));
}

/** The key of 32 bytes that somebody else made. */
export function keyOfSeed(name: string, type: KeyType, seed: Buffer): PrivateKey {
  return privateKey(name, type, seed);
}

/** Reads a private key. Throws `key-malformed`, without repeating it. */
export function readPrivateKey(text: string): PrivateKey {
  const [, name, id, encoded] = /^PRIVATE\+KEY\+([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text.trim()) ?? [];
  if (name === undefined || id === undefined || encoded === undefined) throw keyMalformed('It is no private key');
  const [type, seed] = typed(encoded);
  const key = privateKey(name, type, seed);
  if (key.publicKey.id !== id) throw keyMalformed('The private key does not fit its id');
  return key;
}

/** Reads a public key. Throws `key-malformed`. */
export function readPublicKey(text: string): PublicKey {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text.trim()) ?? [];
  if (name === undefined || id === undefined || encoded === undefined) throw keyMalformed('It is no public key');
  const [type, bytes] = typed(encoded);
  const key = publicKey(name, type, bytes);
  if (key.id !== id) throw keyMalformed('The public key does not fit its id');
  return key;
}

function typed(encoded: string): [KeyType, Buffer] {
  const bytes = Buffer.from(encoded, 'base64');
  const type = bytes[0];
  if (
    bytes.length !== 1 + KEY_BYTES ||
    bytes.toString('base64') !== encoded ||
    (type !== LOG_KEY && type !== WITNESS_KEY)
  ) {
    throw keyMalformed('It is no Ed25519 key of a log or a witness');
  }
  return [type, bytes.subarray(1)];
}

function privateKey(name: string, type: KeyType, seed: Buffer): PrivateKey {
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const shown = publicKey(name, type, der.subarray(PUBLIC_PREFIX.length));
  return {
    publicKey: shown,
    text: `PRIVATE+KEY+${name}+${shown.id}+${Buffer.concat([Buffer.of(type), seed]).toString('base64')}`,
    sign: (message) => sign(null, message, key),
  };
}

function publicKey(name: string, type: KeyType, bytes: Buffer): PublicKey {
  const coded = Buffer.concat([Buffer.of(type), bytes]);
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), coded]), 'hex').slice(0, 8);
  let key: KeyObject | undefined;
  return {
    ...{ name, id, type, text: `${name}+${id}+${coded.toString('base64')}` },
    verifies(message, signature) {
      key ??= createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, bytes]), format: 'der', type: 'spki' });
      return verify(null, message, key, signature);
    },
  };
}

function isKeyName(name: string): boolean {
  return /^[^+\s]{1,200}$/u.test(name);
}

function keyMalformed(what: string): DomainError {
  return new DomainError(
    'key-malformed',
    `${what}.`,
    'C2SP signed-note: name+id+base64 for a public key, PRIVATE+KEY+name+id+base64 for a private one.',
    'Copy the whole line, without line breaks. A name has no spaces and no plus signs.',
  );
}
