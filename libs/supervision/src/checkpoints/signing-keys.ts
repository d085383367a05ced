import { DomainError } from '@provident/kernel';
import { originOf } from './checkpoint.js';
import { keyOfSeed, LOG_KEY, newKey, type PrivateKey, readPrivateKey } from './note-keys.js';

/** The keys that a process signs with: the present one first, then those that it replaced, for handing over. */
export type SigningKeys = readonly PrivateKey[];

/** Makes a key for an area's log. */
export function newSigningKey(area: string): PrivateKey {
  return newKey(originOf(area), LOG_KEY);
}

/** 32 bytes in base64. */
const SEED = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Reads a key of an area's log: in the form of `ledgerctl checkpoint new-key`, or 32 random bytes in base64. Throws
 * `key-malformed`, `key-of-another-log`.
 */
export function readSigningKey(text: string, area: string): PrivateKey {
  if (SEED.test(text)) return keyOfSeed(originOf(area), LOG_KEY, Buffer.from(text, 'base64'));
  const key = readPrivateKey(text);
  const { name, type } = key.publicKey;
  if (name === originOf(area) && type === LOG_KEY) return key;
  throw new DomainError(
    'key-of-another-log',
    `The key is one of ${name}.`,
    'Every area signs with keys of its own, which carry its name.',
    `Make one for ${originOf(area)}: ledgerctl checkpoint new-key.`,
  );
}
