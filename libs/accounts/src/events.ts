import {
  AmountField,
  CreditCodeField,
  DateField,
  type DomainEvent,
  IdField,
  MonthField,
  ParameterReferenceField,
  PayerField,
  Personal,
  RateField,
  SchemeField,
} from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';

/** What was paid for the person for one scheme by one payer. */
const CreditLine = Type.Object({ scheme: SchemeField, payer: PayerField, amount: AmountField });

/**
 * A person's contribution month was fully paid and entered on the record: one event per person and month, with its lines
 * per scheme. `accountAmount` is what goes to the pension personal account (个人账户记账额). Stream `account-<person id>`.
 */
export const ContributionCredited = Type.Object({
  creditId: IdField,
  personId: IdField,
  employer: CreditCodeField,
  declarationId: IdField,
  month: MonthField,
  base: AmountField,
  lines: Type.Array(CreditLine, { minItems: 1 }),
  accountAmount: AmountField,
  /** The day the month became fully paid; its month is the one that interest counts from. */
  creditedOn: DateField,
  /** The credit that this one replaces after a correction. */
  corrects: Type.Optional(IdField),
});

/** A wrong credit was taken back in red (红字冲正): same lines, negative amounts, naming the credit that it reverses. */
export const ContributionCreditReversed = Type.Object({
  creditId: IdField,
  reverses: IdField,
  personId: IdField,
  employer: CreditCodeField,
  declarationId: IdField,
  month: MonthField,
  base: AmountField,
  lines: Type.Array(CreditLine, { minItems: 1 }),
  accountAmount: AmountField,
  /** Month of the reversed credit's interest, so that the year's month product is as if it had never been. */
  creditedOn: DateField,
  reversedOn: DateField,
  reason: Personal(Type.String({ minLength: 1, maxLength: 500 })),
});

/**
 * A month was paid for a person who has that month on record already (declared by two employers, or given by a correction):
 * it was not credited a second time, and a clerk has to look.
 */
export const CreditConflictFound = Type.Object({
  creditId: IdField,
  personId: IdField,
  employer: CreditCodeField,
  declarationId: IdField,
  month: MonthField,
  lines: Type.Array(CreditLine, { minItems: 1 }),
  accountAmount: AmountField,
  settledOn: DateField,
  reason: Type.String({ minLength: 1, maxLength: 500 }),
});

/**
 * The agency found a person's objection to a figure of the record right (异议成立). No figure moves by it: the correction
 * follows as an event of its own.
 */
export const RecordDisputeUpheld = Type.Object({
  disputeId: IdField,
  personId: IdField,
  year: Type.Integer(),
  /** Which figure of the year's statement: `month.2025-07.base`. */
  figure: Type.String({ minLength: 1, maxLength: 100 }),
  /** The figure as it was stated when the person objected. */
  stated: Type.String({ minLength: 1, maxLength: 40 }),
  upheldOn: DateField,
});

/** A year's interest on the pension personal account (记账利息), by the month-product method. */
export const AccountInterestPosted = Type.Object({
  personId: IdField,
  year: Type.Integer(),
  rate: RateField,
  openingInterest: AmountField,
  creditInterest: AmountField,
  interest: AmountField,
  parameter: ParameterReferenceField,
});

/**
 * The account's year is closed. Carries everything that later decisions need, so that a load reads back to here only:
 * the closing balance, which months have ever been credited, and credits of later years that were already made.
 */
export const YearClosed = Type.Object({
  personId: IdField,
  year: Type.Integer(),
  openingBalance: AmountField,
  credited: AmountField,
  interest: AmountField,
  closingBalance: AmountField,
  /** Contribution months so far (累计缴费月数). */
  contributionMonths: Type.Integer({ minimum: 0 }),
  /** Per calendar year a mask of the credited contribution months: bit 0 is January. */
  creditedMonths: Type.Record(Type.String(), Type.Integer({ minimum: 0, maximum: 4095 })),
  /** Credits already made in years after the closed one. */
  openCredits: Type.Array(
    Type.Object({ creditId: IdField, month: MonthField, creditedOn: DateField, accountAmount: AmountField }),
  ),
});

export const accountEventSchemas = {
  ContributionCredited,
  ContributionCreditReversed,
  CreditConflictFound,
  RecordDisputeUpheld,
  AccountInterestPosted,
  YearClosed,
} satisfies Record<string, TSchema>;

export type AccountEvent =
  | DomainEvent<'ContributionCredited', Static<typeof ContributionCredited>>
  | DomainEvent<'ContributionCreditReversed', Static<typeof ContributionCreditReversed>>
  | DomainEvent<'CreditConflictFound', Static<typeof CreditConflictFound>>
  | DomainEvent<'RecordDisputeUpheld', Static<typeof RecordDisputeUpheld>>
  | DomainEvent<'AccountInterestPosted', Static<typeof AccountInterestPosted>>
  | DomainEvent<'YearClosed', Static<typeof YearClosed>>;
