import { DateField, type DomainEvent, IdField } from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { CONFIDENCES, type Confidence } from './book/parameter-file.js';
import type { Content } from './book/policy-value.js';

/** The account of a person who acts, as the sign-in knows it. */
const ActorField = Type.String({ minLength: 1, maxLength: 200 });

/** A change of a parameter was proposed for an area, with its legal basis. Stream `policy-<area>`. */
export const PolicyParameterProposed = Type.Object({
  proposalId: IdField,
  parameter: Type.String({ minLength: 1 }),
  area: Type.String({ pattern: '^[0-9]{6}$' }),
  /** First and last day on which the value counts. */
  from: DateField,
  to: Type.Optional(DateField),
  /** Every leaf a text, in the unit of the parameter. */
  value: Type.Unsafe<Content>(
    Type.Union([Type.String(), Type.Array(Type.Unknown()), Type.Record(Type.String(), Type.Unknown())]),
  ),
  basis: Type.Object({
    document: Type.String({ minLength: 1 }),
    number: Type.Optional(Type.String({ minLength: 1 })),
    article: Type.Optional(Type.String({ minLength: 1 })),
  }),
  source: Type.String({ minLength: 1 }),
  confidence: Type.Unsafe<Confidence>(Type.Union(Object.keys(CONFIDENCES).map((word) => Type.Literal(word)))),
  reason: Type.String({ minLength: 1, maxLength: 500 }),
  proposer: ActorField,
});

/** Somebody other than the proposer compared the proposal with its legal basis and found it right (复核). */
export const PolicyParameterReviewed = Type.Object({
  proposalId: IdField,
  reviewer: ActorField,
  remark: Type.Optional(Type.String({ maxLength: 500 })),
});

/** Somebody other than the proposer put the change in force (审批); from that day on it is known. */
export const PolicyParameterApproved = Type.Object({
  proposalId: IdField,
  approver: ActorField,
  approvedOn: DateField,
});

/** An approved change no longer counts, because a later approval covers its whole period. */
export const PolicyParameterSuperseded = Type.Object({
  proposalId: IdField,
  supersededBy: IdField,
});

export const policyEventSchemas = {
  PolicyParameterProposed,
  PolicyParameterReviewed,
  PolicyParameterApproved,
  PolicyParameterSuperseded,
} satisfies Record<string, TSchema>;

export type PolicyEvent =
  | DomainEvent<'PolicyParameterProposed', Static<typeof PolicyParameterProposed>>
  | DomainEvent<'PolicyParameterReviewed', Static<typeof PolicyParameterReviewed>>
  | DomainEvent<'PolicyParameterApproved', Static<typeof PolicyParameterApproved>>
  | DomainEvent<'PolicyParameterSuperseded', Static<typeof PolicyParameterSuperseded>>;
