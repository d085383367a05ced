import { hash } from 'node:crypto';

/** The hashes of RFC 6962, section 2.1 (and 9162): SHA-256, with leaves and nodes kept apart by their first byte. */
export const HASH_BYTES = 32;

/** The root of a tree without leaves. */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer');

const LEAF = Buffer.of(0);
const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/** Hash of a leaf: SHA-256(0x00 || record). A text is taken in UTF-8. */
export function leafHash(record: string | Uint8Array): Buffer {
  if (typeof record === 'string') return hash('sha256', `\u0000${record}`, 'buffer');
  return hash('sha256', Buffer.concat([LEAF, record]), 'buffer');
}

/** Hash of an inner node: SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return hash('sha256', pair, 'buffer');
}
