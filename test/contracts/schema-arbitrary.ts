import type { Json, JsonSchema } from '../../deploy/contracts/json-schema.js';
import fc from 'fast-check';

/** Data that fits a schema: of the keywords that the contracts use. Throws for one that it does not know. */
export function dataOf(schema: JsonSchema): fc.Arbitrary<Json> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(dataOf));
  switch (schema.type) {
    case undefined:
      return fc.constantFrom<Json>('anything', 7, null, ['a', 'list']);
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({ min: bound(schema, 'minimum') ?? -1_000, max: bound(schema, 'maximum') ?? 1_000 });
    case 'boolean':
      return fc.boolean();
    case 'array': {
      const lengths = { minLength: bound(schema, 'minItems') ?? 0, maxLength: bound(schema, 'maxItems') ?? 4 };
      return fc.array(dataOf(schema.items ?? {}), lengths);
    }
    case 'object':
      return objectOf(schema);
    default:
      throw new Error(`No data can be made for a schema of type ${schema.type}.`);
  }
}

function textOf(schema: JsonSchema): fc.Arbitrary<string> {
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
  const minLength = bound(schema, 'minLength') ?? 0;
  return fc.string({ minLength, maxLength: Math.min(bound(schema, 'maxLength') ?? 20, minLength + 20) });
}

function objectOf(schema: JsonSchema): fc.Arbitrary<Json> {
  const fields = Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, dataOf(inner)] as const);
  const record = fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])] });
  const [others] = Object.values(schema.patternProperties ?? {});
  return others === undefined ? record : fc.dictionary(fc.stringMatching(/^[0-9]{4}$/), dataOf(others));
}

function bound(schema: JsonSchema, keyword: string): number | undefined {
  return schema[keyword] as number | undefined;
}
