import { CreditCodeField, DateField, type DomainEvent, IdField, NameField, Personal } from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';

const HashField = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256' });
const ReasonField = Type.String({ minLength: 1, maxLength: 500 });
/** The account that acts, `administrator:zhang.san`. */
const AccountField = Type.String({ minLength: 1, maxLength: 140 });

/** What an administrator may do for the employer. */
export const AUTHORITIES = ['registration', 'staffing', 'declaration', 'payment', 'cards', 'documents'] as const;
export type Authority = (typeof AUTHORITIES)[number];
const AuthoritiesField = Type.Array(Type.Union(AUTHORITIES.map((each) => Type.Literal(each))), { minItems: 1 });

/**
 * The employer reported whom it chose as its administrator (专管员), from when to when, and for what. Stream
 * `administrators-<credit code>`.
 */
export const AdministratorFiled = Type.Object({
  employer: CreditCodeField,
  filingId: IdField,
  /** The person's id, derived from the citizen number. */
  administratorId: IdField,
  name: Personal(NameField, 'administratorId'),
  citizenNumber: Personal(Type.String({ minLength: 18, maxLength: 18 }), 'administratorId'),
  phone: Personal(Type.String({ minLength: 1, maxLength: 32 }), 'administratorId'),
  account: AccountField,
  from: DateField,
  /** Last day of the term; open while absent. */
  until: Type.Optional(DateField),
  authority: AuthoritiesField,
  /** The employer's signed letter of authority. */
  letterHash: HashField,
  /** The filing that this one follows; its term ends the day before. */
  replaces: Type.Optional(IdField),
  filedOn: DateField,
  filedBy: AccountField,
});

/** The agency checked the letter and the person. The first administrator may act from now on. */
export const AdministratorVerified = Type.Object({
  employer: CreditCodeField,
  filingId: IdField,
  verifiedOn: DateField,
  verifiedBy: AccountField,
});

/** Particulars of a filed administrator changed: those that are named. */
export const AdministratorChanged = Type.Object({
  employer: CreditCodeField,
  filingId: IdField,
  administratorId: IdField,
  phone: Type.Optional(Personal(Type.String({ minLength: 1, maxLength: 32 }), 'administratorId')),
  authority: Type.Optional(AuthoritiesField),
  /** New last day of the term. */
  until: Type.Optional(DateField),
  changedOn: DateField,
  reason: Personal(ReasonField, 'administratorId'),
});

/** What is handed over: the five kinds of the rule on administrators (专管员制度). */
export const HANDOVER_KINDS = [
  'registration-certificate',
  'insurance-certificates',
  'materials',
  'payment-accounts',
  'manuals',
] as const;
export type HandoverKind = (typeof HANDOVER_KINDS)[number];

/** The list of a handover from one administrator to the next was drawn up (交接清单). */
export const HandoverStarted = Type.Object({
  employer: CreditCodeField,
  handoverId: IdField,
  outgoing: IdField,
  incoming: IdField,
  items: Type.Array(
    Type.Object({
      kind: Type.Union(HANDOVER_KINDS.map((each) => Type.Literal(each))),
      description: Type.String({ minLength: 1, maxLength: 200 }),
      count: Type.Integer({ minimum: 0 }),
    }),
    { minItems: 1 },
  ),
  startedOn: DateField,
});

/** The incoming administrator found an item complete. `item` is its place in the list, from 1. */
export const HandoverItemConfirmed = Type.Object({
  employer: CreditCodeField,
  handoverId: IdField,
  item: Type.Integer({ minimum: 1 }),
  confirmedOn: DateField,
});

/** An item that is missing or differs was set down as an exception, with what was found and why. */
export const HandoverItemExcepted = Type.Object({
  employer: CreditCodeField,
  handoverId: IdField,
  item: Type.Integer({ minimum: 1 }),
  found: Type.Integer({ minimum: 0 }),
  reason: ReasonField,
  exceptedOn: DateField,
});

/** One side signed the settled list. */
export const HandoverSigned = Type.Object({
  employer: CreditCodeField,
  handoverId: IdField,
  side: Type.Union([Type.Literal('outgoing'), Type.Literal('incoming')]),
  /** Who signed. */
  account: AccountField,
  signatureHash: HashField,
  /** Why somebody else signed for the outgoing administrator, who could not. */
  inPlaceBecause: Type.Optional(ReasonField),
  signedOn: DateField,
});

/** Every item is settled and both sides have signed. */
export const HandoverCompleted = Type.Object({
  employer: CreditCodeField,
  handoverId: IdField,
  confirmed: Type.Integer({ minimum: 0 }),
  excepted: Type.Integer({ minimum: 0 }),
  completedOn: DateField,
});

/** The incoming administrator acts for the employer from a day on; the outgoing one no longer. */
export const AccessTransferred = Type.Object({
  employer: CreditCodeField,
  handoverId: IdField,
  outgoing: IdField,
  incoming: IdField,
  from: DateField,
});

/** A handover was given up; access stays where it was. */
export const HandoverWithdrawn = Type.Object({
  employer: CreditCodeField,
  handoverId: IdField,
  reason: ReasonField,
  withdrawnOn: DateField,
});

export const administratorsEventSchemas = {
  AdministratorFiled,
  AdministratorVerified,
  AdministratorChanged,
  HandoverStarted,
  HandoverItemConfirmed,
  HandoverItemExcepted,
  HandoverSigned,
  HandoverCompleted,
  AccessTransferred,
  HandoverWithdrawn,
} satisfies Record<string, TSchema>;

export type AdministratorsEvent = {
  [Type in keyof typeof administratorsEventSchemas]: DomainEvent<
    Type,
    Static<(typeof administratorsEventSchemas)[Type]>
  >;
}[keyof typeof administratorsEventSchemas];
