import {
  type DomainEvent,
  CreditCodeField,
  DateField,
  IdField,
  MonthField,
  NameField,
  SchemeField,
} from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';

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

/** A person (参保人) was entered in the register. Stream `insured-<person id>`. */
export const PersonRegistered = Type.Object({
  personId: IdField,
  citizenNumber: Type.String({ minLength: 18, maxLength: 18 }),
  name: NameField,
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

/** A declared joiner could not be enrolled, because a participation elsewhere stands in the way; a clerk has to look. */
export const EnrolmentConflictFound = Type.Object({
  personId: IdField,
  employer: CreditCodeField,
  schemes: Type.Array(SchemeField, { minItems: 1 }),
  from: MonthField,
  reason: Type.String({ minLength: 1, maxLength: 500 }),
});

export const employerEventSchemas = { EmployerRegistered, EmployerRiskClassChanged } satisfies Record<string, TSchema>;
export const insuredEventSchemas = {
  PersonRegistered,
  PersonEnrolled,
  EnrolmentEnded,
  EnrolmentConflictFound,
} satisfies Record<string, TSchema>;

export type EmployerEvent =
  | DomainEvent<'EmployerRegistered', Static<typeof EmployerRegistered>>
  | DomainEvent<'EmployerRiskClassChanged', Static<typeof EmployerRiskClassChanged>>;

export type InsuredEvent =
  | DomainEvent<'PersonRegistered', Static<typeof PersonRegistered>>
  | DomainEvent<'PersonEnrolled', Static<typeof PersonEnrolled>>
  | DomainEvent<'EnrolmentEnded', Static<typeof EnrolmentEnded>>
  | DomainEvent<'EnrolmentConflictFound', Static<typeof EnrolmentConflictFound>>;

export type RegistryEvent = EmployerEvent | InsuredEvent;
