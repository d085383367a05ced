import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from './json-schema.js';

/** Every way in which two schemas of one event type may differ. What each means stands in `COMPATIBILITY`. */
export type DifferenceKind =
  | 'description-changed'
  | 'optional-field-added'
  | 'field-added-to-closed-object'
  | 'required-field-added'
  | 'field-removed'
  | 'field-made-optional'
  | 'field-made-required'
  | 'type-changed'
  | 'value-added'
  | 'value-removed'
  | 'values-limited'
  | 'values-unlimited'
  | 'pattern-changed'
  | 'bound-tightened'
  | 'bound-loosened'
  | 'alternative-added'
  | 'alternative-removed'
  | 'other-keyword-changed';

export interface Difference {
  readonly kind: DifferenceKind;
  /** Where in the data: `/lines/[]/amount`. */
  readonly path: string;
  readonly was?: unknown;
  readonly is?: unknown;
}

const ANNOTATIONS = ['title', 'description', '$comment', 'examples', 'default', 'deprecated'];
const IDENTITY = ['$schema', '$id'];
const LOWER_BOUNDS = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const UPPER_BOUNDS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const STRUCTURE = ['type', 'properties', 'required', 'items', 'enum', 'const', 'anyOf', 'patternProperties', 'pattern'];
const UNDERSTOOD = new Set([...ANNOTATIONS, ...IDENTITY, ...LOWER_BOUNDS, ...UPPER_BOUNDS, ...STRUCTURE]);

/** What changed from one schema to another. A keyword that is not understood is a difference of its own: none is passed over. */
export function differences(was: JsonSchema, is: JsonSchema, path = ''): Difference[] {
  const at = path === '' ? '/' : path;
  if (was.type !== is.type) return [{ kind: 'type-changed', path: at, was: was.type, is: is.type }];
  const others = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((keyword) => !UNDERSTOOD.has(keyword));
  return [
    ...changed(was, is, ANNOTATIONS, 'description-changed', at),
    ...fieldDifferences(was, is, path),
    ...valueDifferences(was, is, at),
    ...changed(was, is, ['pattern'], 'pattern-changed', at),
    ...boundDifferences(was, is, at),
    ...alternativeDifferences(was, is, at),
    ...innerDifferences(was.items, is.items, `${path}/[]`),
    ...patternPropertyDifferences(was, is, path),
    ...changed(was, is, others, 'other-keyword-changed', at),
  ];
}

function changed(
  was: JsonSchema,
  is: JsonSchema,
  keywords: readonly string[],
  kind: DifferenceKind,
  path: string,
): Difference[] {
  return keywords
    .filter((keyword) => !isDeepStrictEqual(was[keyword], is[keyword]))
    .map((keyword) => ({ kind, path, was: was[keyword], is: is[keyword] }));
}

function fieldDifferences(was: JsonSchema, is: JsonSchema, path: string): Difference[] {
  const [before, after] = [was.properties ?? {}, is.properties ?? {}];
  const [neededBefore, neededAfter] = [new Set(was.required), new Set(is.required)];
  const isOpen = was.additionalProperties === undefined && was.patternProperties === undefined;
  const found: Difference[] = [];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const at = `${path}/${name}`;
    const [old, now] = [before[name], after[name]];
    if (old && now) {
      if (neededBefore.has(name) && !neededAfter.has(name)) found.push({ kind: 'field-made-optional', path: at });
      if (!neededBefore.has(name) && neededAfter.has(name)) found.push({ kind: 'field-made-required', path: at });
      found.push(...differences(old, now, at));
    } else if (old) {
      found.push({ kind: 'field-removed', path: at });
    } else if (!isOpen) {
      found.push({ kind: 'field-added-to-closed-object', path: at });
    } else {
      found.push({ kind: neededAfter.has(name) ? 'required-field-added' : 'optional-field-added', path: at });
    }
  }
  return found;
}

/** The values that are allowed at all: `const` is an `enum` of one. */
function valueDifferences(was: JsonSchema, is: JsonSchema, path: string): Difference[] {
  const values = (schema: JsonSchema) => schema.enum ?? ('const' in schema ? [schema.const] : undefined);
  const [before, after] = [values(was), values(is)];
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ kind: 'values-limited', path, is: after }];
  if (after === undefined) return [{ kind: 'values-unlimited', path, was: before }];
  const without = (some: readonly unknown[], others: readonly unknown[]) =>
    some.filter((value) => !others.some((other) => isDeepStrictEqual(value, other)));
  return [
    ...without(before, after).map((value): Difference => ({ kind: 'value-removed', path, was: value })),
    ...without(after, before).map((value): Difference => ({ kind: 'value-added', path, is: value })),
  ];
}

function boundDifferences(was: JsonSchema, is: JsonSchema, path: string): Difference[] {
  return [...LOWER_BOUNDS, ...UPPER_BOUNDS].flatMap((keyword): Difference[] => {
    const isLower = LOWER_BOUNDS.includes(keyword);
    const unbounded = isLower ? -Infinity : Infinity;
    const [before, after] = [was, is].map((schema) => (schema[keyword] as number | undefined) ?? unbounded) as [
      number,
      number,
    ];
    if (before === after) return [];
    const isTighter = isLower ? after > before : after < before;
    return [{ kind: isTighter ? 'bound-tightened' : 'bound-loosened', path, was: was[keyword], is: is[keyword] }];
  });
}

/** Alternatives are compared as wholes, but for their descriptions: which of them became which cannot be known. */
function alternativeDifferences(was: JsonSchema, is: JsonSchema, path: string): Difference[] {
  const [before, after] = [was.anyOf ?? [], is.anyOf ?? []];
  if ((was.anyOf === undefined) !== (is.anyOf === undefined)) {
    return [{ kind: 'other-keyword-changed', path, was: was.anyOf, is: is.anyOf }];
  }
  const same = (a: JsonSchema, b: JsonSchema) => differences(a, b).every(({ kind }) => kind === 'description-changed');
  return [
    ...before
      .filter((old) => !after.some((now) => same(old, now)))
      .map((old): Difference => ({ kind: 'alternative-removed', path, was: old })),
    ...after
      .filter((now) => !before.some((old) => same(old, now)))
      .map((now): Difference => ({ kind: 'alternative-added', path, is: now })),
  ];
}

function innerDifferences(was: JsonSchema | undefined, is: JsonSchema | undefined, path: string): Difference[] {
  if (was && is) return differences(was, is, path);
  return was === is ? [] : [{ kind: 'other-keyword-changed', path, was, is }];
}

function patternPropertyDifferences(was: JsonSchema, is: JsonSchema, path: string): Difference[] {
  const patterns = new Set([...Object.keys(was.patternProperties ?? {}), ...Object.keys(is.patternProperties ?? {})]);
  return [...patterns].flatMap((pattern) =>
    innerDifferences(was.patternProperties?.[pattern], is.patternProperties?.[pattern], `${path}/<${pattern}>`),
  );
}
