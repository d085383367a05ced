import type { TSchema } from '@sinclair/typebox';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON Schema (2020-12) as plain data: the part of the language that the ledger's events use. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly pattern?: string;
  readonly [keyword: string]: unknown;
}

export const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** A TypeBox schema as plain JSON Schema. A union of literals becomes `enum`, the form that people expect to read. */
export function plainSchema(schema: TSchema): JsonSchema {
  return inReadingOrder(withEnums(JSON.parse(JSON.stringify(schema)) as JsonSchema));
}

/** The schema with `change` made to every schema directly inside it. */
export function mapInner(schema: JsonSchema, change: (inner: JsonSchema) => JsonSchema): JsonSchema {
  const each = (inner: Readonly<Record<string, JsonSchema>>) =>
    Object.fromEntries(Object.entries(inner).map(([key, value]) => [key, change(value)]));
  return {
    ...schema,
    ...(schema.properties && { properties: each(schema.properties) }),
    ...(schema.patternProperties && { patternProperties: each(schema.patternProperties) }),
    ...(schema.items && { items: change(schema.items) }),
    ...(schema.anyOf && { anyOf: schema.anyOf.map(change) }),
  };
}

function withEnums(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  const literals = anyOf?.every((each) => typeof each.const === 'string') ?? false;
  if (anyOf && literals) return { ...rest, type: 'string', enum: anyOf.map((each) => each.const as string) };
  return mapInner(schema, withEnums);
}

const FIRST = ['description', 'type', 'enum', 'pattern', 'required', 'properties'];

/** The same schema, its keywords in the order in which people read them. */
function inReadingOrder(schema: JsonSchema): JsonSchema {
  const place = ([keyword]: [string, unknown]) => (FIRST.indexOf(keyword) + FIRST.length + 1) % (FIRST.length + 1);
  const ordered = Object.entries(schema).sort((a, b) => place(a) - place(b));
  return mapInner(Object.fromEntries(ordered), inReadingOrder);
}
