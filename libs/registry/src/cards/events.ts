import { DateField, type DomainEvent, IdField, NameField, Personal } from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';

/** A card (社会保障卡) was asked for. Stream `card-<person id>`. */
export const CardRequested = Type.Object({ cardId: IdField, personId: IdField, requestedOn: DateField });

/** The card was made. */
export const CardIssued = Type.Object({
  cardId: IdField,
  personId: IdField,
  /** The number printed on the card. */
  cardNumber: Personal(Type.String({ minLength: 1, maxLength: 40 })),
  issuedOn: DateField,
});

/** The card was handed over and signed for; from now on it is the person's active card. */
export const CardDelivered = Type.Object({
  cardId: IdField,
  personId: IdField,
  /** Who took it, the holder or somebody for the holder. */
  receivedBy: Personal(NameField),
  /** SHA-256 of the signed receipt. */
  signatureHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  deliveredOn: DateField,
});

/** The card was reported lost (挂失): it is active no more. */
export const CardReportedLost = Type.Object({ cardId: IdField, personId: IdField, reportedOn: DateField });

export const CARD_REPLACEMENT_REASONS = ['lost', 'damaged', 'expired', 'particulars-changed'] as const;
export type CardReplacementReason = (typeof CARD_REPLACEMENT_REASONS)[number];

/** A new card was asked for in the place of an old one, which is void from now on. */
export const CardReplaced = Type.Object({
  /** The new card. */
  cardId: IdField,
  replaces: IdField,
  personId: IdField,
  reason: Type.Union(CARD_REPLACEMENT_REASONS.map((each) => Type.Literal(each))),
  replacedOn: DateField,
});

export const cardEventSchemas = {
  CardRequested,
  CardIssued,
  CardDelivered,
  CardReportedLost,
  CardReplaced,
} satisfies Record<string, TSchema>;

export type CardEvent =
  | DomainEvent<'CardRequested', Static<typeof CardRequested>>
  | DomainEvent<'CardIssued', Static<typeof CardIssued>>
  | DomainEvent<'CardDelivered', Static<typeof CardDelivered>>
  | DomainEvent<'CardReportedLost', Static<typeof CardReportedLost>>
  | DomainEvent<'CardReplaced', Static<typeof CardReplaced>>;
