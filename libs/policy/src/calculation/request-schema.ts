import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { CONFIDENCES, type Confidence } from '../book/parameter-file.js';
import type { Content } from '../book/policy-value.js';
import type { Formula } from './formula.js';
import { DateText, fields } from './input-fields.js';

const Area = Type.String({
  pattern: '^[0-9]{6}$',
  description: 'area whose parameters count: division code GB/T 2260, 000000 for the nation',
  examples: ['310000'],
});

/** A parameter as somebody proposes it, for this one calculation. Basis and source may be left out of a mere thought. */
export const ProposedValue = fields({
  parameter: Type.String({ minLength: 1, maxLength: 100, description: 'id', examples: ['unemployment.employer'] }),
  area: Area,
  from: DateText,
  to: Type.Optional(DateText),
  known: Type.Optional(DateText),
  value: Type.Unsafe<Content>({
    anyOf: [{ type: 'string' }, { type: 'array' }, { type: 'object' }],
    description: 'in the unit of the parameter, every number written as text',
    examples: ['0.005'],
  }),
  basis: Type.Optional(
    fields({
      document: Type.String({ minLength: 1, maxLength: 500 }),
      number: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      article: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    }),
  ),
  source: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  confidence: Type.Optional(Type.Unsafe<Confidence>(Type.String({ enum: Object.keys(CONFIDENCES) }))),
});

/** What a request may say beside the inputs of its formula. No formula has an input of these names. */
export const Surroundings = fields(
  {
    area: Type.Optional(Area),
    on: Type.Optional({ ...DateText, description: 'day whose law counts, YYYY-MM-DD' }),
    knownAt: Type.Optional({ ...DateText, description: 'only what was published by this day counts, YYYY-MM-DD' }),
    overlay: Type.Optional(
      Type.Array(ProposedValue, { maxItems: 100, description: 'proposed parameters: a what-if that changes nothing' }),
    ),
  },
  { dependentRequired: { knownAt: ['on'] } },
);
export type Surroundings = Static<typeof Surroundings>;

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly ObjectSchema[];
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly allOf?: readonly object[];
}

/**
 * The schema of a calculation request: the inputs, and beside them area, day and what-if. With area and day the inputs
 * that a parameter supplies may be left out; that is a second form of the same request, so that the published schema
 * takes exactly what the calculation takes.
 */
export function requestSchema(formula: Formula): TSchema {
  const inputs = formula.inputs as ObjectSchema;
  const complete = withSurroundings(inputs);
  if (Object.keys(formula.supplied).length === 0) return complete as TSchema;
  const shortened = withSurroundings(withoutSupplied(inputs, formula), ['area', 'on']);
  return Type.Unsafe({
    type: 'object',
    description: `with area and on, parameters supply ${Object.keys(formula.supplied).join(', ')} where left out`,
    anyOf: [complete, shortened],
  });
}

/** Adds the surroundings wherever the schema lists its fields: at the top, or in each kind of a tagged choice. */
function withSurroundings(schema: ObjectSchema, needed: readonly string[] = []): ObjectSchema {
  if (schema.properties === undefined) {
    return { ...schema, oneOf: (schema.oneOf ?? []).map((kind) => withSurroundings(kind, needed)) };
  }
  return {
    ...schema,
    properties: { ...schema.properties, ...Surroundings.properties },
    required: [...(schema.required ?? []), ...needed],
    dependentRequired: { ...schema.dependentRequired, knownAt: ['on'] },
  };
}

/** The same schema for inputs to which the parameters' values are still to be added. */
function withoutSupplied(schema: ObjectSchema, formula: Formula): ObjectSchema {
  const { required, oneOf, dependentRequired, ...rest } = schema;
  const dependent = Object.entries(dependentRequired ?? {});
  return {
    ...rest,
    ...(required === undefined ? {} : present(required, formula)),
    ...(oneOf === undefined ? {} : { oneOf: oneOf.map((branch) => withoutSupplied(branch, formula)) }),
    ...(dependent.length === 0
      ? {}
      : { dependentSchemas: Object.fromEntries(dependent.map(([name, needs]) => [name, present(needs, formula)])) }),
  };
}

/** These inputs are given, or a parameter supplies them: unless one that replaces them was given. */
function present(names: readonly string[], { supplied, replacedBy }: Formula): ObjectSchema {
  const alternatives = names
    .filter((name) => name in supplied && replacedBy[name] !== undefined)
    .map((name) => ({
      anyOf: [
        { required: [name] },
        { not: { anyOf: (replacedBy[name] ?? []).map((other) => ({ required: [other] })) } },
      ],
    }));
  return {
    required: names.filter((name) => !(name in supplied)),
    ...(alternatives.length === 0 ? {} : { allOf: alternatives }),
  };
}
