import { hash } from 'node:crypto';

/** The hashes of RFC 6962, section 2.1 (and 9162): SHA-256, with leaves and nodes kept apart by their first byte. */
export const HASH_BYTES = 32;

/** The root of a tree without leaves. */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer');

const LEAF = Buffer.of(0);
const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/** Hash of a leaf: SHA-256(0x00 || record). A text is taken in UTF-8. */
export function leafHash(record: string | Uint8Array): Buffer {
  return sha256(typeof record === 'string' ? `\u0000${record}` : Buffer.concat([LEAF, record]));
}

/** Whether the record is the one whose hash stands at a place among leaf hashes, one after the other. */
export function isLeafAt(hashes: Buffer, place: number, record: string): boolean {
  const stored = hashes.toString('latin1', place * HASH_BYTES, (place + 1) * HASH_BYTES);
  return hash('sha256', `\u0000${record}`, 'binary') === stored;
}

/** Hash of an inner node: SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return sha256(pair);
}

/** By way of a text of one character a byte, at half the cost of the buffer that `hash` would make. */
function sha256(content: string | Uint8Array): Buffer {
  return Buffer.from(hash('sha256', content, 'binary'), 'latin1');
}
