import { createHash } from 'node:crypto';

/**
 * A name-based UUID (RFC 9562, version 5): the same parts give the same id on every machine. Parts are joined with a
 * character that none of them may contain, so that ("a", "bc") and ("ab", "c") differ.
 */
export function deterministicId(...parts: readonly string[]): string {
  const digest = createHash('sha1').update(NAMESPACE).update(parts.join('\u0000')).digest();
  digest[6] = ((digest[6] as number) & 0x0f) | 0x50;
  digest[8] = ((digest[8] as number) & 0x3f) | 0x80;
  const hex = digest.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Provident's own namespace, fixed for ever: changing it would change every derived id. */
const NAMESPACE = Buffer.from('6f3a1c52d0b84e6f9a41c7e2b5d80f13', 'hex');

const UUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID_TEXT.test(text);
}
