import {
  AmountField,
  CreditCodeField,
  DateField,
  type DomainEvent,
  IdField,
  ParameterReferenceField,
} from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';

const DecisionNumber = Type.String({ minLength: 1, maxLength: 100 });
const DocumentHash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the decision' });

/** What a fine is for: no registration (社会保险法 第84条), or dues not paid after an order (第86条). */
export const FINE_GROUNDS = ['registration', 'non-payment'] as const;
export const FineGroundField = Type.Union(FINE_GROUNDS.map((ground) => Type.Literal(ground)));

/**
 * The administrative department fined an employer (行政处罚决定), after an order had expired. The money goes to the treasury
 * and never into a fund: the books know nothing of it. Stream `dues-<credit code>`.
 */
export const FineImposed = Type.Object({
  fineId: IdField,
  employer: CreditCodeField,
  decisionNumber: DecisionNumber,
  ground: FineGroundField,
  /** The amount due or in arrears that the fine is a multiple of. */
  base: AmountField,
  amount: AmountField,
  /** Last day of the order that was not followed (责令限期). */
  orderExpiredOn: DateField,
  imposedOn: DateField,
  documentHash: DocumentHash,
  /** The least and the greatest multiple. */
  parameter: ParameterReferenceField,
});

/** The employer paid a fine, or a part of it, into the treasury. */
export const FinePaid = Type.Object({
  fineId: IdField,
  employer: CreditCodeField,
  amount: AmountField,
  paidOn: DateField,
  /** Number of the treasury's receipt (非税收入缴款书): counts once. */
  paymentReference: Type.String({ minLength: 1, maxLength: 64 }),
});

/** A decision took a fine back: nothing more of it is owed. What had been paid comes back from the treasury. */
export const FineRevoked = Type.Object({
  fineId: IdField,
  employer: CreditCodeField,
  /** The decision that revokes. */
  decisionNumber: DecisionNumber,
  revokedOn: DateField,
  reason: Type.String({ minLength: 1, maxLength: 500 }),
  documentHash: DocumentHash,
});

export const fineEventSchemas = { FineImposed, FinePaid, FineRevoked } satisfies Record<string, TSchema>;

export type FineEvent =
  | DomainEvent<'FineImposed', Static<typeof FineImposed>>
  | DomainEvent<'FinePaid', Static<typeof FinePaid>>
  | DomainEvent<'FineRevoked', Static<typeof FineRevoked>>;
