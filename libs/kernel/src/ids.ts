import { hash } from 'node:crypto';

/** Provident's own namespace, fixed for ever: changing it would change every derived id. */
const NAMESPACE = Buffer.from('6f3a1c52d0b84e6f9a41c7e2b5d80f13', 'hex');

/** Millions of ids are derived in a bulk run: the names are written behind the namespace into one buffer, never kept. */
const scratch = Buffer.alloc(8_192);
NAMESPACE.copy(scratch);

/**
 * A name-based UUID (RFC 9562, version 5): the same parts give the same id on every machine. Parts are joined with a
 * character that none of them may contain, so that ("a", "bc") and ("ab", "c") differ.
 */
export function deterministicId(...parts: readonly string[]): string {
  const name = parts.join('\u0000');
  // A character takes at most three bytes in UTF-8.
  const fits = NAMESPACE.length + name.length * 3 <= scratch.length;
  const bytes = fits
    ? scratch.subarray(0, NAMESPACE.length + scratch.write(name, NAMESPACE.length))
    : Buffer.concat([NAMESPACE, Buffer.from(name)]);
  const digest = hash('sha1', bytes, 'hex');
  // The version stands in the 13th digit, the variant in the two highest bits of the 17th.
  const variant = '89ab'[Number.parseInt(digest.charAt(16), 16) % 4] as string;
  const tail = `${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-${tail}`;
}

const UUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID_TEXT.test(text);
}
