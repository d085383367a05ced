import fc from 'fast-check';
import { COMPATIBILITY, type Verdict } from '../../deploy/contracts/compatibility.js';
import { type DifferenceKind, differences } from '../../deploy/contracts/differences.js';
import type { JsonSchema } from '../../deploy/contracts/json-schema.js';
import { dataOf } from './schema-arbitrary.js';
import { validator } from './validator.js';

const text: JsonSchema = { type: 'string' };
const open = (properties: Record<string, JsonSchema>, ...required: string[]): JsonSchema => ({
  type: 'object',
  required,
  properties,
});
const year: JsonSchema = { type: 'integer', minimum: 1990, maximum: 2100 };
const was: JsonSchema = {
  ...open(
    {
      id: { type: 'string', pattern: '^[0-9]{4}$' },
      scheme: { type: 'string', enum: ['pension', 'medical'] },
      year,
      remark: { type: 'string', maxLength: 20 },
      lines: { type: 'array', minItems: 1, items: open({ amount: text }, 'amount') },
      value: { anyOf: [text, { type: 'array', items: text }] },
    },
    ...['id', 'scheme', 'year', 'lines', 'value'],
  ),
  title: 'Made',
};
const fields = was.properties ?? {};
const with_ = (changes: Record<string, JsonSchema>): JsonSchema => ({ ...was, properties: { ...fields, ...changes } });
const without = (name: string): JsonSchema => ({
  ...was,
  properties: Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name)),
  required: (was.required ?? []).filter((each) => each !== name),
});
const line = (items: JsonSchema) => with_({ lines: { type: 'array', minItems: 1, items } });

/** Each kind of change once, with what the rules have to say of it and where. */
const CHANGES: readonly [string, JsonSchema, Verdict, DifferenceKind, string][] = [
  ['other words', { ...was, description: 'Made, told anew' }, 'free', 'description-changed', '/'],
  ['other words inside', with_({ year: { ...year, title: '年' } }), 'free', 'description-changed', '/year'],
  ['a new optional field', with_({ note: text }), 'accept', 'optional-field-added', '/note'],
  [
    'a new optional field inside a list',
    line(open({ amount: text, note: text }, 'amount')),
    'accept',
    'optional-field-added',
    '/lines/[]/note',
  ],
  [
    'a new required field',
    { ...with_({ note: text }), required: [...(was.required ?? []), 'note'] },
    'new-version',
    'required-field-added',
    '/note',
  ],
  ['a field less', without('year'), 'new-version', 'field-removed', '/year'],
  ['an optional field less', without('remark'), 'new-version', 'field-removed', '/remark'],
  ['a field less inside a list', line(open({})), 'new-version', 'field-removed', '/lines/[]/amount'],
  [
    'required made optional',
    { ...was, required: (was.required ?? []).filter((each) => each !== 'year') },
    'new-version',
    'field-made-optional',
    '/year',
  ],
  [
    'optional made required',
    { ...was, required: [...(was.required ?? []), 'remark'] },
    'new-version',
    'field-made-required',
    '/remark',
  ],
  ['another type', with_({ year: text }), 'new-version', 'type-changed', '/year'],
  ['a wider type', with_({ year: { ...year, type: 'number' } }), 'new-version', 'type-changed', '/year'],
  [
    'one value more',
    with_({ scheme: { type: 'string', enum: ['pension', 'medical', 'maternity'] } }),
    'new-version',
    'value-added',
    '/scheme',
  ],
  [
    'one value less',
    with_({ scheme: { type: 'string', enum: ['pension'] } }),
    'new-version',
    'value-removed',
    '/scheme',
  ],
  [
    'a list of values',
    with_({ remark: { ...fields['remark'], enum: ['a'] } }),
    'new-version',
    'values-limited',
    '/remark',
  ],
  ['any value', with_({ scheme: text }), 'new-version', 'values-unlimited', '/scheme'],
  [
    'another pattern',
    with_({ id: { type: 'string', pattern: '^[0-9]{5}$' } }),
    'new-version',
    'pattern-changed',
    '/id',
  ],
  ['no pattern', with_({ id: text }), 'new-version', 'pattern-changed', '/id'],
  [
    'a first pattern',
    with_({ remark: { ...fields['remark'], pattern: '^a' } }),
    'new-version',
    'pattern-changed',
    '/remark',
  ],
  ['a lower maximum', with_({ year: { ...year, maximum: 2050 } }), 'new-version', 'bound-tightened', '/year'],
  ['a higher minimum', with_({ year: { ...year, minimum: 2000 } }), 'new-version', 'bound-tightened', '/year'],
  ['a first bound', with_({ lines: { ...fields['lines'], maxItems: 3 } }), 'new-version', 'bound-tightened', '/lines'],
  ['a higher maximum', with_({ year: { ...year, maximum: 3000 } }), 'new-version', 'bound-loosened', '/year'],
  ['no bound', with_({ remark: text }), 'new-version', 'bound-loosened', '/remark'],
  [
    'one alternative more',
    with_({ value: { anyOf: [...(fields['value']?.anyOf ?? []), { type: 'boolean' }] } }),
    'new-version',
    'alternative-added',
    '/value',
  ],
  ['one alternative less', with_({ value: { anyOf: [text] } }), 'new-version', 'alternative-removed', '/value'],
  ['an unknown keyword', with_({ year: { ...year, multipleOf: 2 } }), 'new-version', 'other-keyword-changed', '/year'],
  ['a closed object', { ...was, additionalProperties: false }, 'new-version', 'other-keyword-changed', '/'],
];

describe('what may change within a schema version', () => {
  it.each(CHANGES)('%s', (_name, is, verdict, kind, path) => {
    expect(differences(was, is).map((each) => [COMPATIBILITY[each.kind].verdict, each.kind, each.path])).toEqual([
      [verdict, kind, path],
    ]);
  });

  it('refuses a new field where the object is closed', () => {
    const closed = { ...was, additionalProperties: false };
    expect(differences(closed, { ...with_({ note: text }), additionalProperties: false })).toEqual([
      { kind: 'field-added-to-closed-object', path: '/note' },
    ]);
  });

  it('has every rule tried by one of these changes', () => {
    const tried = new Set(CHANGES.map(([, , , kind]) => kind)).add('field-added-to-closed-object');
    expect([...tried].sort()).toEqual(Object.keys(COMPATIBILITY).sort());
  });

  it('finds nothing between a schema and itself', () => {
    expect(differences(was, structuredClone(was))).toEqual([]);
  });
});

/*
 * The rules against their meaning. Schemas and changes are invented; where the rules let a change pass, data of either
 * schema must be readable by the other. Asked of a validator that knows nothing of the rules.
 */
describe('what the rules let pass', () => {
  const leaf: fc.Arbitrary<JsonSchema> = fc.oneof(
    fc.constant<JsonSchema>({ type: 'boolean' }),
    fc.record({ minimum: fc.integer({ min: 0, max: 3 }), maximum: fc.integer({ min: 4, max: 6 }) }).map((bounds) => ({
      type: 'integer',
      ...bounds,
    })),
    fc.subarray(['a', 'b', 'c'], { minLength: 1 }).map((values) => ({ type: 'string', enum: values })),
    fc.constantFrom('^[ab]{2}$', '^[abc]{2}$', '^a').map((pattern) => ({ type: 'string', pattern })),
    fc.constant<JsonSchema>({ anyOf: [{ type: 'string', maxLength: 5 }, { type: 'boolean' }] }),
  );
  const objects = (inner: fc.Arbitrary<JsonSchema>): fc.Arbitrary<JsonSchema> =>
    fc
      .dictionary(fc.constantFrom('p', 'q', 'r'), inner, { noNullPrototype: true })
      .chain((properties) =>
        fc.subarray(Object.keys(properties)).map((required) => ({ type: 'object', required, properties })),
      );
  const lists = (inner: fc.Arbitrary<JsonSchema>): fc.Arbitrary<JsonSchema> =>
    fc.record({ items: inner, minItems: fc.integer({ min: 0, max: 1 }) }).map((rest) => ({ type: 'array', ...rest }));
  const described = (schema: JsonSchema): fc.Arbitrary<JsonSchema> =>
    fc.constantFrom(schema, { ...schema, description: 'other words' });
  const flat = objects(leaf);
  const schemas = objects(fc.oneof(leaf, flat, lists(flat)));

  /** One small change somewhere, or none. */
  const changed = (schema: JsonSchema): fc.Arbitrary<JsonSchema> => {
    const { properties } = schema;
    if (properties === undefined) return fc.oneof(described(schema), leaf);
    const names = Object.keys(properties);
    const changes = [described(schema)];
    for (const name of names) {
      const { [name]: chosen = {}, ...rest } = properties;
      const required = (schema.required ?? []).filter((each) => each !== name);
      changes.push(changed(chosen).map((inner) => ({ ...schema, properties: { ...properties, [name]: inner } })));
      changes.push(
        fc.constantFrom({ ...schema, properties: rest, required }, { ...schema, required: [...required, name] }),
      );
    }
    changes.push(leaf.map((inner) => ({ ...schema, properties: { ...properties, z: inner } })));
    return fc.oneof(...changes);
  };
  const pairs = schemas.chain((schema) => fc.tuple(fc.constant(schema), changed(schema)));
  const passes = (before: JsonSchema, after: JsonSchema) =>
    differences(before, after).every(({ kind }) => COMPATIBILITY[kind].verdict !== 'new-version');

  it('is read by older consumers, and lets the new program read the old events', () => {
    let tried = 0;
    const readable = pairs
      .filter(([before, after]) => passes(before, after))
      .chain(([before, after]) => fc.tuple(fc.constant(before), fc.constant(after), dataOf(before), dataOf(after)));
    fc.assert(
      fc.property(readable, ([before, after, old, young]) => {
        if (before !== after) tried += 1;
        expect(validator(before)(young)).toBe(true);
        expect(validator(after)(old)).toBe(true);
      }),
      { numRuns: 400 },
    );
    expect(tried).toBeGreaterThan(50);
  });

  it('is not read by one of them where data shows it: the rules then refuse', () => {
    let shown = 0;
    const anything = pairs.chain(([before, after]) =>
      fc.tuple(fc.constant(before), fc.constant(after), dataOf(before), dataOf(after)),
    );
    fc.assert(
      fc.property(anything, ([before, after, old, young]) => {
        if (validator(before)(young) && validator(after)(old)) return;
        shown += 1;
        expect(passes(before, after)).toBe(false);
      }),
      { numRuns: 400 },
    );
    expect(shown).toBeGreaterThan(50);
  });
});
