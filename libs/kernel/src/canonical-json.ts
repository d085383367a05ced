import canonicalize from 'canonicalize';
import { invariant } from './domain-error.js';

/** One text for one value (RFC 8785), whatever order its fields stand in: its digest is the same on every machine. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  invariant(text !== undefined, 'Only a value of JSON has a canonical text.');
  return text;
}
