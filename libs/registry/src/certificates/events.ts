import { CreditCodeField, DateField, type DomainEvent, ParameterReferenceField } from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';

const CertificateNumberField = Type.String({ minLength: 1, maxLength: 40, description: '登记证编码' });

/** A registration certificate (社会保险登记证) was given out. Stream `certificate-<credit code>`. */
export const CertificateIssued = Type.Object({
  employer: CreditCodeField,
  number: CertificateNumberField,
  issuedOn: DateField,
  /** Last day on which it is valid, where the rule of the day limits it. */
  validUntil: Type.Optional(DateField),
  /** The dated rule on certificates that it was given out under. */
  rule: ParameterReferenceField,
});

export const REPLACEMENT_REASONS = ['lost', 'damaged', 'particulars-changed', 'expired'] as const;
export type ReplacementReason = (typeof REPLACEMENT_REASONS)[number];

/** A certificate took another's place (换证、补证); the old one is void. */
export const CertificateReplaced = Type.Object({
  employer: CreditCodeField,
  replaces: CertificateNumberField,
  number: CertificateNumberField,
  reason: Type.Union(REPLACEMENT_REASONS.map((each) => Type.Literal(each))),
  issuedOn: DateField,
  validUntil: Type.Optional(DateField),
  rule: ParameterReferenceField,
});

/** The yearly check of the certificate (年检) was done, as the rule of that day asked. */
export const CertificateAnnuallyChecked = Type.Object({
  employer: CreditCodeField,
  number: CertificateNumberField,
  year: Type.Integer({ minimum: 1999, maximum: 2199 }),
  checkedOn: DateField,
  rule: ParameterReferenceField,
});

export const certificateEventSchemas = {
  CertificateIssued,
  CertificateReplaced,
  CertificateAnnuallyChecked,
} satisfies Record<string, TSchema>;

export type CertificateEvent =
  | DomainEvent<'CertificateIssued', Static<typeof CertificateIssued>>
  | DomainEvent<'CertificateReplaced', Static<typeof CertificateReplaced>>
  | DomainEvent<'CertificateAnnuallyChecked', Static<typeof CertificateAnnuallyChecked>>;
