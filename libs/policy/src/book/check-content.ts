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

/** What is wrong with a content for its parameter, or undefined. Every leaf must be written in the parameter's unit. */
export function contentProblem(definition: ParameterDefinition, content: Content): string | undefined {
  const { unit, choices } = definition;
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

function leaves(content: Content): readonly string[] {
  if (typeof content === 'string') return [content];
  return Object.values(content).flatMap(leaves);
}
