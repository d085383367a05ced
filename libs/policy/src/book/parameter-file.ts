import { type Static, Type } from '@sinclair/typebox';

/** What a value is counted in. A number stands in a file in this unit, rates always as fractions (16 % is 0.16). */
export const UNITS = [
  'ratio',
  'rate-per-day',
  'yuan',
  'yuan-per-month',
  'yuan-per-year',
  'months',
  'days',
  'working-days',
  'years',
  'times',
  'count',
  'choice',
  'record',
  'dates',
  'rule',
] as const;
export type Unit = (typeof UNITS)[number];

/** How far a value can be trusted, strongest first. A statement shows this word beside the figure. */
export const CONFIDENCES = {
  'law-text': 'full text of the law or regulation was read',
  official: 'the page or notice of the authority was read',
  quoted: 'official text quoted in another publication',
  derived: 'computed from published figures',
  secondary: 'secondary sources; the official notice was not seen',
  'local-example': 'the rule of one place, read there; no default for others',
  'local-not-rechecked': 'local value assumed from related sources; confirm before use',
  'not-rechecked': 'from the regulation, not re-checked; confirm before use',
} as const;
export type Confidence = keyof typeof CONFIDENCES;

const DateText = Type.String({ pattern: '^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });
const AreaText = Type.String({ pattern: '^[0-9]{6}$', description: 'division code GB/T 2260, 000000 for the nation' });
const Basis = Type.Object(
  {
    document: Type.String({ minLength: 1 }),
    number: Type.Optional(Type.String({ minLength: 1 })),
    article: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
);
const ConfidenceText = Type.Unsafe<Confidence>(Type.String({ enum: Object.keys(CONFIDENCES) }));

const ValueEntry = Type.Object(
  {
    /** First day of effect, or "unknown" where the source does not print it. */
    from: Type.Optional(Type.Union([DateText, Type.Literal('unknown')])),
    to: Type.Optional(DateText),
    /** Short for from 1 January to 31 December. */
    year: Type.Optional(Type.String({ pattern: '^(19|20|21)[0-9]{2}$' })),
    /** The day on which the value was published, where that is known. */
    known: Type.Optional(DateText),
    area: Type.Optional(AreaText),
    value: Type.Unknown(),
    basis: Type.Optional(Basis),
    source: Type.Optional(Type.String({ minLength: 1 })),
    confidence: Type.Optional(ConfidenceText),
    note: Type.Optional(Type.String()),
    /** Why nothing is stored between the value before and this one; without it a gap is an error. */
    gap: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
);

const ParameterEntry = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z_]+(\\.[a-z0-9_-]+)+$' }),
    zh: Type.String({ minLength: 1 }),
    description: Type.String({ minLength: 1 }),
    unit: Type.Unsafe<Unit>(Type.String({ enum: [...UNITS] })),
    choices: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
    /** Defaults for values that do not say their own. */
    basis: Type.Optional(Basis),
    source: Type.Optional(Type.String({ minLength: 1 })),
    confidence: Type.Optional(ConfidenceText),
    values: Type.Array(ValueEntry, { minItems: 1 }),
  },
  { additionalProperties: false },
);

/** One file of `data/cn`: a family of parameters in one dialect. */
export const ParameterFile = Type.Object(
  { family: Type.String({ minLength: 1 }), parameters: Type.Array(ParameterEntry, { minItems: 1 }) },
  { additionalProperties: false },
);
export type ParameterFile = Static<typeof ParameterFile>;
export type ParameterEntry = Static<typeof ParameterEntry>;
export type ValueEntry = Static<typeof ValueEntry>;
