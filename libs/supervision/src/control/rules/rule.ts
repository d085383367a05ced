import { AmountField } from '@provident/kernel';
import { type Confidence, CONFIDENCES } from '@provident/policy';
import { type Static, Type } from '@sinclair/typebox';

export const SEVERITIES = ['error', 'warning', 'notice'] as const;

/** One rule as the data file has it. */
export const RuleSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z]+(-[a-z]+)*$' }),
    zh: Type.String({ minLength: 1 }),
    en: Type.String({ minLength: 1 }),
    description: Type.String({ minLength: 1 }),
    basis: Type.Object(
      {
        document: Type.String({ minLength: 1 }),
        number: Type.Optional(Type.String({ minLength: 1 })),
        article: Type.Optional(Type.String({ minLength: 1 })),
      },
      { additionalProperties: false },
    ),
    confidence: Type.Union((Object.keys(CONFIDENCES) as Confidence[]).map((each) => Type.Literal(each))),
    severity: Type.Union(SEVERITIES.map((each) => Type.Literal(each))),
    /** The role that a finding goes to first. */
    owner: Type.String({ minLength: 1 }),
    /** Event types; `*` stands for every one. */
    looksAt: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
    thresholds: Type.Optional(
      Type.Object(
        {
          corrections: Type.Optional(Type.String({ pattern: '^[1-9][0-9]*$' })),
          amount: Type.Optional(AmountField),
          days: Type.Optional(Type.String({ pattern: '^[1-9][0-9]*$' })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

export type Rule = Static<typeof RuleSchema>;
