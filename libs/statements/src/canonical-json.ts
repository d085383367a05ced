import canonicalize from 'canonicalize';
import { invariant } from '@provident/kernel';

/** One text for one value (RFC 8785), so that its digest is the same on every machine. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  invariant(text !== undefined, 'A statement is a value of JSON.');
  return text;
}
