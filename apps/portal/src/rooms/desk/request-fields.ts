/* The fields of a procedure's form, from the JSON Schema of its request: a new procedure needs no form of its own. */

/** What is typed or chosen for a field. A person is named by citizen number and sent as the id behind it. */
export type FieldKind = 'person' | 'day' | 'month' | 'choice' | 'number' | 'long' | 'text' | 'value';

export interface RequestField {
  /** Where it stands in the request: `['basis', 'document']`. */
  readonly path: readonly string[];
  readonly kind: FieldKind;
  readonly isRequired: boolean;
  readonly pattern?: string | undefined;
  readonly longest?: number | undefined;
  readonly choices: readonly string[];
}

interface Schema {
  readonly type?: string;
  readonly pattern?: string;
  readonly description?: string;
  readonly maxLength?: number;
  readonly anyOf?: readonly { readonly const?: unknown }[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const LONG_TEXT = 500;

export function fieldsOf(schema: unknown, within: readonly string[] = []): readonly RequestField[] {
  const { properties = {}, required = [] } = schema as Schema;
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = [...within, name];
    if (field.properties !== undefined) return fieldsOf(field, path);
    const choices = (field.anyOf ?? []).map((each) => each.const).filter((each) => typeof each === 'string');
    const kind = kindOf(name, field, choices.length);
    const { pattern, maxLength: longest } = field;
    return [{ path, kind, isRequired: required.includes(name), pattern, longest, choices }];
  });
}

function kindOf(
  name: string,
  { type, pattern, description, maxLength = 0, anyOf }: Schema,
  choices: number,
): FieldKind {
  if (anyOf !== undefined) return choices === anyOf.length ? 'choice' : 'value';
  if (description === 'UUID') return /personId$/i.test(name) ? 'person' : 'text';
  if (type === 'integer') return 'number';
  if (pattern === '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') return 'day';
  if (pattern?.startsWith('^[0-9]{4}-(0[1-9]') === true) return 'month';
  return maxLength >= LONG_TEXT ? 'long' : 'text';
}

/** A well-formed value, for who typed another. */
export function exampleOf({ kind, pattern = '', path }: RequestField): string {
  if (kind === 'day') return '2025-07-31';
  if (kind === 'month') return '2025-07';
  if (kind === 'number') return '2025';
  if (pattern.includes('\\.[0-9]{2}')) return '1200.00';
  if (pattern === '^[0-9]{6}$') return '310000';
  return path.at(-1) === 'figure' ? 'month.2025-01.base' : pattern;
}

/** What was typed, as the request has it. What is left blank is left out; a value of several parts is written as JSON. */
export function valueOf({ kind }: RequestField, typed: string): unknown {
  const text = typed.trim();
  if (text === '') return undefined;
  if (kind === 'number') return Number(text);
  if (kind === 'value' && /^[[{]/.test(text)) return JSON.parse(text) as unknown;
  return text;
}

export function isWellFormed(field: RequestField, typed: string): boolean {
  const { kind, pattern } = field;
  const text = typed.trim();
  if (text === '' || kind === 'person') return true;
  if (kind === 'number') return /^\d{1,9}$/.test(text);
  if (kind !== 'value') return pattern === undefined || new RegExp(pattern).test(text);
  try {
    valueOf(field, text);
    return true;
  } catch {
    return false;
  }
}

/** The request of the fields' values. */
export function requestOf(fields: readonly (readonly [path: readonly string[], value: unknown])[]): object {
  const request: Record<string, unknown> = {};
  for (const [path, value] of fields) {
    if (value === undefined) continue;
    let place = request;
    for (const part of path.slice(0, -1)) place = (place[part] ??= {}) as Record<string, unknown>;
    place[path.at(-1) ?? ''] = value;
  }
  return request;
}
