import {
  type DomainEvent,
  CreditCodeField,
  DateField,
  FundField,
  AmountField,
  IdField,
  MonthField,
  NameField,
  Personal,
  SchemeField,
} from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { AdministratorsEvent } from './administrators/events.js';
import type { CardEvent } from './cards/events.js';
import type { CertificateEvent } from './certificates/events.js';
import type { DocumentsEvent } from './documents/events.js';
import type { StaffingEvent } from './staffing/events.js';

export * from './administrators/events.js';
export * from './cards/events.js';
export * from './certificates/events.js';
export * from './documents/events.js';
export * from './staffing/events.js';

const ReasonField = Type.String({ minLength: 1, maxLength: 500 });

/** Why personal data is erased (个人信息保护法 第47条). */
export const ERASURE_GROUNDS = ['retention-ended', 'purpose-ended', 'consent-withdrawn', 'unlawful'] as const;
export type ErasureGround = (typeof ERASURE_GROUNDS)[number];
const GroundField = Type.Union(ERASURE_GROUNDS.map((each) => Type.Literal(each)));

/** What stands in the way of a cancellation: an unpaid month of a fund, a late fee (滞纳金) or a fine (罚款). */
const OwedField = Type.Object({
  kind: Type.Union([Type.Literal('contribution'), Type.Literal('late-fee'), Type.Literal('fine')]),
  fund: Type.Optional(FundField),
  month: Type.Optional(MonthField),
  amount: AmountField,
  /** A late fee that is not charged yet: it has to be assessed before it can be paid. */
  unassessed: Type.Optional(Type.Boolean()),
});
export type Owed = Static<typeof OwedField>;

/** An employer (用人单位) was entered in the register. Stream `employer-<credit code>`. */
export const EmployerRegistered = Type.Object({
  creditCode: CreditCodeField,
  name: NameField,
  registeredOn: DateField,
  /** Work-injury risk class (行业工伤风险类别), 1 to 8, from the month of registration on. */
  riskClass: Type.Integer({ minimum: 1, maximum: 8 }),
});

/** The employer's work-injury risk class changed from a month on (浮动费率 or a change of business). */
export const EmployerRiskClassChanged = Type.Object({
  creditCode: CreditCodeField,
  riskClass: Type.Integer({ minimum: 1, maximum: 8 }),
  from: MonthField,
});

/** What kind of unit an employer is (单位类型). */
export const UNIT_TYPES = ['enterprise', 'institution', 'government', 'social-organisation', 'other'] as const;
export type UnitType = (typeof UNIT_TYPES)[number];

/**
 * Registered particulars changed (变更登记): those that are named. 征缴条例 第7条 lists what is registered.
 */
export const EmployerParticularsChanged = Type.Object({
  creditCode: CreditCodeField,
  name: Type.Optional(NameField),
  unitType: Type.Optional(Type.Union(UNIT_TYPES.map((each) => Type.Literal(each)))),
  /** Domicile (住所). */
  address: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  /** Key of the personal fields below: each change has one of its own, so that it can be erased when a person leaves. */
  contactsId: Type.Optional(IdField),
  /** Name of the legal representative or person in charge (法定代表人或者负责人). */
  legalRepresentative: Type.Optional(Personal(NameField, 'contactsId')),
  bankName: Type.Optional(NameField),
  bankAccount: Type.Optional(Personal(Type.String({ minLength: 1, maxLength: 64 }), 'contactsId')),
  /** Name and telephone of whom the agency asks. */
  contactName: Type.Optional(Personal(NameField, 'contactsId')),
  contactPhone: Type.Optional(Personal(Type.String({ minLength: 1, maxLength: 32 }), 'contactsId')),
  changedOn: DateField,
  reason: ReasonField,
});

/** What the employer's particulars told of people - names, telephones, bank accounts - was erased: keys destroyed. */
export const EmployerContactsErased = Type.Object({
  creditCode: CreditCodeField,
  contacts: Type.Array(IdField, { minItems: 1 }),
  ground: GroundField,
  erasedOn: DateField,
});

/** The employer declares nothing from a month on: it has no staff, or business has stopped (暂停). */
export const RegistrationSuspended = Type.Object({
  creditCode: CreditCodeField,
  from: MonthField,
  reason: ReasonField,
});

/** The employer declares again from a month on. */
export const RegistrationResumed = Type.Object({ creditCode: CreditCodeField, from: MonthField });

/** The employer asked for the end of its registration (注销). Until the answer it declares nothing new. */
export const CancellationRequested = Type.Object({
  creditCode: CreditCodeField,
  requestId: IdField,
  requestedOn: DateField,
  reason: ReasonField,
});

/** The cancellation was refused, because something is owed (经办条例 第10条). The registration goes on. */
export const CancellationRefused = Type.Object({
  creditCode: CreditCodeField,
  requestId: IdField,
  owed: Type.Array(OwedField, { minItems: 1 }),
  refusedOn: DateField,
});

/** Nothing is owed, and the registration came to its end (注销登记). */
export const RegistrationCancelled = Type.Object({
  creditCode: CreditCodeField,
  requestId: IdField,
  cancelledOn: DateField,
});

/** Something that arose after the dues were closed made the employer owe again: the registration goes on. */
export const CancellationUndone = Type.Object({
  creditCode: CreditCodeField,
  requestId: IdField,
  owed: Type.Array(OwedField, { minItems: 1 }),
  undoneOn: DateField,
});

/** A person (参保人) was entered in the register. Stream `insured-<person id>`. */
export const PersonRegistered = Type.Object({
  personId: IdField,
  citizenNumber: Personal(Type.String({ minLength: 18, maxLength: 18 })),
  name: Personal(NameField),
});

/** The person takes part in these schemes through this employer from a month on. */
export const PersonEnrolled = Type.Object({
  personId: IdField,
  employer: CreditCodeField,
  schemes: Type.Array(SchemeField, { minItems: 1 }),
  from: MonthField,
});

/** The person's participation through this employer ends after a month. */
export const EnrolmentEnded = Type.Object({
  personId: IdField,
  employer: CreditCodeField,
  lastMonth: MonthField,
});

/** The participation in these schemes rests from a month on: the relation goes on, nothing is due (暂停参保). */
export const EnrolmentSuspended = Type.Object({
  personId: IdField,
  employer: CreditCodeField,
  schemes: Type.Array(SchemeField, { minItems: 1 }),
  from: MonthField,
  reason: Personal(ReasonField),
});

/** A participation that rested counts again from a month on (恢复参保). */
export const EnrolmentResumed = Type.Object({
  personId: IdField,
  employer: CreditCodeField,
  schemes: Type.Array(SchemeField, { minItems: 1 }),
  from: MonthField,
});

/** Particulars of a person changed: those that are named. The citizen number never changes here: see `IdentityMerged`. */
export const PersonChanged = Type.Object({
  personId: IdField,
  name: Type.Optional(Personal(NameField)),
  phone: Type.Optional(Personal(Type.String({ minLength: 1, maxLength: 32 }))),
  address: Type.Optional(Personal(Type.String({ minLength: 1, maxLength: 500 }))),
  /** Where benefits are paid to. */
  bankAccount: Type.Optional(Personal(Type.String({ minLength: 1, maxLength: 64 }))),
  changedOn: DateField,
  reason: Personal(ReasonField),
});

/** A participation as it is carried from one identity to the other. */
const EnrolmentField = Type.Object({
  employer: CreditCodeField,
  schemes: Type.Array(SchemeField, { minItems: 1 }),
  from: MonthField,
  lastMonth: Type.Optional(MonthField),
});

const OpenConflictField = Type.Object({
  employer: CreditCodeField,
  schemes: Type.Array(SchemeField, { minItems: 1 }),
  from: MonthField,
});

/**
 * This identity is a second one of a person who stands in the register already (重复参保信息归并). It takes no more
 * commands; the person goes on as `survivor`. Its own history stays as it is.
 */
export const IdentityMerged = Type.Object({
  mergeId: IdField,
  personId: IdField,
  survivor: IdField,
  mergedOn: DateField,
  reason: Personal(ReasonField),
});

/**
 * The surviving identity took over a merged one with its participations. Other contexts learn from this event that what
 * they keep under `merged` belongs to `personId`.
 */
export const IdentityAbsorbed = Type.Object({
  mergeId: IdField,
  personId: IdField,
  merged: IdField,
  enrolments: Type.Array(EnrolmentField),
  /** Declared enrolments of the merged identity that wait for a clerk. */
  conflicts: Type.Optional(Type.Array(OpenConflictField, { minItems: 1 })),
  mergedOn: DateField,
});

/** The merge could not be completed, because the survivor was itself merged meanwhile; this identity stands again. */
export const IdentityMergeUndone = Type.Object({
  mergeId: IdField,
  personId: IdField,
  survivor: IdField,
  undoneOn: DateField,
});

/**
 * The person's personal data was erased: the keys of this identity and of those that it took over are destroyed. Ids,
 * amounts and months stay, so that every figure stays; nothing personal can be recorded any more.
 */
export const PersonErased = Type.Object({
  personId: IdField,
  /** Identities that were merged into this one. */
  merged: Type.Array(IdField),
  ground: GroundField,
  erasedOn: DateField,
});

/** A declared joiner could not be enrolled, because a participation elsewhere stands in the way; a clerk has to look. */
export const EnrolmentConflictFound = Type.Object({
  personId: IdField,
  employer: CreditCodeField,
  schemes: Type.Array(SchemeField, { minItems: 1 }),
  from: MonthField,
  reason: Type.String({ minLength: 1, maxLength: 500 }),
});

/** Whether the earlier participation stands or the declared one is made. */
export const ENROLMENT_OUTCOMES = ['kept', 'enrolled'] as const;
export type EnrolmentOutcome = (typeof ENROLMENT_OUTCOMES)[number];

/**
 * A declared enrolment that could not be made was settled by an approved case. `kept`: the participation that stood in its
 * way stands, and the declared one is not made. `enrolled`: it is made by the events before this one, after the earlier
 * participation was ended. `employer` and `from` name the conflict.
 */
export const EnrolmentConflictSettled = Type.Object({
  personId: IdField,
  employer: CreditCodeField,
  from: MonthField,
  outcome: Type.Union(ENROLMENT_OUTCOMES.map((each) => Type.Literal(each))),
  settledOn: DateField,
});

export const employerEventSchemas = {
  EmployerRegistered,
  EmployerRiskClassChanged,
  EmployerParticularsChanged,
  EmployerContactsErased,
  RegistrationSuspended,
  RegistrationResumed,
  CancellationRequested,
  CancellationRefused,
  RegistrationCancelled,
  CancellationUndone,
} satisfies Record<string, TSchema>;
export const insuredEventSchemas = {
  PersonRegistered,
  PersonEnrolled,
  EnrolmentEnded,
  EnrolmentSuspended,
  EnrolmentResumed,
  EnrolmentConflictFound,
  EnrolmentConflictSettled,
  PersonChanged,
  IdentityMerged,
  IdentityAbsorbed,
  IdentityMergeUndone,
  PersonErased,
} satisfies Record<string, TSchema>;

export type EmployerEvent =
  | DomainEvent<'EmployerRegistered', Static<typeof EmployerRegistered>>
  | DomainEvent<'EmployerRiskClassChanged', Static<typeof EmployerRiskClassChanged>>
  | DomainEvent<'EmployerParticularsChanged', Static<typeof EmployerParticularsChanged>>
  | DomainEvent<'EmployerContactsErased', Static<typeof EmployerContactsErased>>
  | DomainEvent<'RegistrationSuspended', Static<typeof RegistrationSuspended>>
  | DomainEvent<'RegistrationResumed', Static<typeof RegistrationResumed>>
  | DomainEvent<'CancellationRequested', Static<typeof CancellationRequested>>
  | DomainEvent<'CancellationRefused', Static<typeof CancellationRefused>>
  | DomainEvent<'RegistrationCancelled', Static<typeof RegistrationCancelled>>
  | DomainEvent<'CancellationUndone', Static<typeof CancellationUndone>>;

export type InsuredEvent =
  | DomainEvent<'PersonRegistered', Static<typeof PersonRegistered>>
  | DomainEvent<'PersonEnrolled', Static<typeof PersonEnrolled>>
  | DomainEvent<'EnrolmentEnded', Static<typeof EnrolmentEnded>>
  | DomainEvent<'EnrolmentSuspended', Static<typeof EnrolmentSuspended>>
  | DomainEvent<'EnrolmentResumed', Static<typeof EnrolmentResumed>>
  | DomainEvent<'EnrolmentConflictFound', Static<typeof EnrolmentConflictFound>>
  | DomainEvent<'EnrolmentConflictSettled', Static<typeof EnrolmentConflictSettled>>
  | DomainEvent<'PersonChanged', Static<typeof PersonChanged>>
  | DomainEvent<'IdentityMerged', Static<typeof IdentityMerged>>
  | DomainEvent<'IdentityAbsorbed', Static<typeof IdentityAbsorbed>>
  | DomainEvent<'IdentityMergeUndone', Static<typeof IdentityMergeUndone>>
  | DomainEvent<'PersonErased', Static<typeof PersonErased>>;

export type RegistryEvent =
  | EmployerEvent
  | InsuredEvent
  | CertificateEvent
  | CardEvent
  | StaffingEvent
  | AdministratorsEvent
  | DocumentsEvent;
