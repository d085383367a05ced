import type { Content, ParameterDefinition } from './policy-value.js';
import type { Unit } from './parameter-file.js';

const NUMBER = /^-?\d{1,16}(\.\d{1,12})?$/;
const WHOLE = /^\d{1,9}$/;
const DATE = /^(19|20|21)\d{2}-\d{2}-\d{2}$/;

const LEAF: Partial<Record<Unit, { pattern: RegExp; example: string }>> = {
  ratio: { pattern: NUMBER, example: '0.16' },
  'rate-per-day': { pattern: NUMBER, example: '0.0005' },
  yuan: { pattern: NUMBER, example: '54188.00' },
  'yuan-per-month': { pattern: NUMBER, example: '7460.00' },
  'yuan-per-year': { pattern: NUMBER, example: '54188.00' },
  times: { pattern: NUMBER, example: '20' },
  months: { pattern: NUMBER, example: '12' },
  days: { pattern: WHOLE, example: '98' },
  'working-days': { pattern: WHOLE, example: '20' },
  years: { pattern: NUMBER, example: '15' },
  count: { pattern: WHOLE, example: '3' },
  dates: { pattern: DATE, example: '2025-10-01' },
};

/** Most levels of fields and lists in one value. */
const DEEPEST = 8;

/** What is wrong with a content for its parameter, or undefined. Every leaf must be written in the parameter's unit. */
export function contentProblem(definition: ParameterDefinition, content: Content): string | undefined {
  const { unit, choices } = definition;
  const stray = strayLeaf(content, DEEPEST);
  if (stray !== undefined) return stray;
  if (unit === 'choice') {
    if (typeof content === 'string' && choices?.includes(content) === true) return undefined;
    return `value must be one of ${(choices ?? []).join(', ')}`;
  }
  if (unit === 'record' && (typeof content === 'string' || Array.isArray(content))) {
    return 'value must be named fields, for example { step: 4 }';
  }
  const leaf = LEAF[unit];
  if (leaf === undefined) return undefined;
  const wrong = leaves(content).find((text) => !leaf.pattern.test(text));
  return wrong === undefined ? undefined : `"${wrong}" is not in ${unit}; write it like ${leaf.example}`;
}

/** What stands where a text should, in a content that came from outside. */
function strayLeaf(content: unknown, depthLeft: number): string | undefined {
  if (typeof content === 'string') return undefined;
  if (typeof content !== 'object' || content === null) {
    return `${JSON.stringify(content)} must be written as text, for example "0.16"`;
  }
  if (depthLeft === 0) return `value is nested deeper than ${DEEPEST} levels`;
  const inner = Object.values(content);
  if (inner.length === 0) return 'value must not be empty';
  return inner.map((each) => strayLeaf(each, depthLeft - 1)).find((problem) => problem !== undefined);
}

/**
 * What is wrong with the form of a new value, beside those stored: a formula that reads a text, or fields by their names,
 * finds them in every value.
 */
export function formProblem(stored: readonly Content[], content: Content): string | undefined {
  const [first] = stored;
  if (first === undefined || stored.some((each) => hasForm(each, content))) return undefined;
  const fields = typeof first === 'string' || Array.isArray(first) ? undefined : Object.keys(first).join(', ');
  const form = fields === undefined ? (typeof first === 'string' ? 'one text' : 'a list') : `the fields ${fields}`;
  return `value must be ${form}, as the present one is: ${JSON.stringify(first)}`;
}

function hasForm(stored: Content, content: Content): boolean {
  if (typeof stored === 'string' || typeof content === 'string') return typeof stored === typeof content;
  if (Array.isArray(stored) || Array.isArray(content)) return Array.isArray(stored) && Array.isArray(content);
  return Object.keys(stored).every((name) => Object.hasOwn(content, name));
}

function leaves(content: Content): readonly string[] {
  if (typeof content === 'string') return [content];
  return Object.values(content).flatMap(leaves);
}
