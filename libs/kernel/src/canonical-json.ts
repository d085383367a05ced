import canonicalize from 'canonicalize';
import { invariant } from './domain-error.js';

/**
 * One text for one value (RFC 8785), whatever order its fields stand in: its digest is the same on every machine. Throws for
 * broken surrogate pairs and numbers beyond a double's range. Plain values, which nearly all are, are put in order and
 * written by the engine's own JSON writer, at half the cost; whatever that would write otherwise is left to the library.
 */
export function canonicalJson(value: unknown): string {
  const ordered = inOrder(value);
  const text = ordered === NOT_PLAIN ? canonicalize(value) : JSON.stringify(ordered);
  invariant(text !== undefined, 'Only a value of JSON has a canonical text.');
  return text;
}

const NOT_PLAIN = Symbol('not plain');

/** A copy whose members stand in the canonical order. */
function inOrder(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? value : NOT_PLAIN;
    case 'number':
      return Number.isFinite(value) ? value : NOT_PLAIN;
    case 'boolean':
      return value;
    case 'object':
      if (value === null) return value;
      if (Array.isArray(value)) return inOrderEach(value);
      return Object.getPrototypeOf(value) === Object.prototype ? membersInOrder(value) : NOT_PLAIN;
    default:
      return NOT_PLAIN;
  }
}

function inOrderEach(values: readonly unknown[]): unknown {
  const copy: unknown[] = [];
  for (const value of values) {
    const each = inOrder(value);
    if (each === NOT_PLAIN) return NOT_PLAIN;
    copy.push(each);
  }
  return copy;
}

function membersInOrder(value: object): unknown {
  const copy: Record<string, unknown> = {};
  for (const name of sorted(Object.keys(value))) {
    if (!keepsItsPlace(name)) return NOT_PLAIN;
    const member = inOrder((value as Record<string, unknown>)[name]);
    if (member === NOT_PLAIN) return NOT_PLAIN;
    copy[name] = member;
  }
  return copy;
}

/** An object has numbers among its members first, whenever they came, and `__proto__` is none of its own. */
function keepsItsPlace(name: string): boolean {
  const first = name.charCodeAt(0);
  return (first < 0x30 || first > 0x39) && name !== '__proto__' && name !== 'toJSON' && name.isWellFormed();
}

/** Up to so many members, straight insertion is fastest. */
const FEW = 24;

/** By UTF-16 code units. */
function sorted(names: string[]): string[] {
  if (names.length > FEW) return names.sort();
  for (let place = 1; place < names.length; place += 1) {
    const name = names[place] as string;
    let before = place - 1;
    for (; before >= 0 && (names[before] as string) > name; before -= 1) names[before + 1] = names[before] as string;
    names[before + 1] = name;
  }
  return names;
}
