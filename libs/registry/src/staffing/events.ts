import { CreditCodeField, DateField, type DomainEvent, IdField, MonthField, SchemeField } from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';

const CountField = Type.Integer({ minimum: 0, description: 'people' });
const ChangeReasonField = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'as the rule of the day lists them',
});

/** How many people an employer has insured when its change forms begin. Stream `staffing-<credit code>`. */
export const StaffingOpened = Type.Object({ employer: CreditCodeField, month: MonthField, headcount: CountField });

/** A person was put on the form of a month as joining (增员). */
export const PersonAdded = Type.Object({
  employer: CreditCodeField,
  month: MonthField,
  personId: IdField,
  schemes: Type.Array(SchemeField, { minItems: 1 }),
  reason: ChangeReasonField,
});

/** A person was put on the form of a month as leaving (减员): the month before is the last one that counts. */
export const PersonReduced = Type.Object({
  employer: CreditCodeField,
  month: MonthField,
  personId: IdField,
  reason: ChangeReasonField,
});

/** A row was taken off the form again before it was accepted. */
export const ChangeRowRemoved = Type.Object({ employer: CreditCodeField, month: MonthField, personId: IdField });

/** The month's change form (增减变动表) was handed in; last month's headcount + added - reduced = this month's. */
export const ChangeFormSubmitted = Type.Object({
  employer: CreditCodeField,
  month: MonthField,
  headcountBefore: CountField,
  added: CountField,
  reduced: CountField,
  headcount: CountField,
  submittedOn: DateField,
  /** Who handed it in, as the ledger names who acts; unknown of forms of earlier days. */
  submittedBy: Type.Optional(Type.String({ minLength: 1, maxLength: 140 })),
  /** The last day for handing in the month's form. */
  cutOff: DateField,
});

/** The agency gave the form back; it is mended and handed in again. */
export const ChangeFormReturned = Type.Object({
  employer: CreditCodeField,
  month: MonthField,
  reason: Type.String({ minLength: 1, maxLength: 500 }),
  returnedOn: DateField,
});

/** The agency accepted the form: its changes take effect with the month. */
export const ChangeFormAccepted = Type.Object({
  employer: CreditCodeField,
  month: MonthField,
  headcount: CountField,
  added: Type.Array(Type.Object({ personId: IdField, schemes: Type.Array(SchemeField, { minItems: 1 }) })),
  reduced: Type.Array(IdField),
  acceptedOn: DateField,
});

export const staffingEventSchemas = {
  StaffingOpened,
  PersonAdded,
  PersonReduced,
  ChangeRowRemoved,
  ChangeFormSubmitted,
  ChangeFormReturned,
  ChangeFormAccepted,
} satisfies Record<string, TSchema>;

export type StaffingEvent =
  | DomainEvent<'StaffingOpened', Static<typeof StaffingOpened>>
  | DomainEvent<'PersonAdded', Static<typeof PersonAdded>>
  | DomainEvent<'PersonReduced', Static<typeof PersonReduced>>
  | DomainEvent<'ChangeRowRemoved', Static<typeof ChangeRowRemoved>>
  | DomainEvent<'ChangeFormSubmitted', Static<typeof ChangeFormSubmitted>>
  | DomainEvent<'ChangeFormReturned', Static<typeof ChangeFormReturned>>
  | DomainEvent<'ChangeFormAccepted', Static<typeof ChangeFormAccepted>>;
