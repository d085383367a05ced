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
  /** Another credit of the month stands, so the month stays on record: this one was a duplicate. */
  monthStands: Type.Optional(Type.Literal(true)),
});

/**
 * A month was paid for a person who has that month on record already (declared by two employers, given by a correction, or
 * credited under two identities that were merged): it is not credited a second time, and a clerk has to look.
 */
export const CreditConflictFound = Type.Object({
  creditId: IdField,
  personId: IdField,
  employer: CreditCodeField,
  declarationId: IdField,
  month: MonthField,
  /** Absent in entries that were made before it was kept. */
  base: Type.Optional(AmountField),
  lines: Type.Array(CreditLine, { minItems: 1 }),
  accountAmount: AmountField,
  settledOn: DateField,
  reason: Type.String({ minLength: 1, maxLength: 500 }),
});

/** What becomes of a second payment of a month. */
export const CONFLICT_OUTCOMES = ['kept', 'refunded', 'replaced'] as const;
export type ConflictOutcome = (typeof CONFLICT_OUTCOMES)[number];

/**
 * A second payment of a month was settled by an approved case. `kept`: the earlier record stands, and nothing is given back.
 * `refunded`: it stands, and the principal that the personal account would have taken is paid back out of the fund
 * (国办发〔2009〕66号: one relationship is kept; of a duplicate the principal of the personal account is returned).
 * `replaced`: the second payment is the right record; it is credited by the event before this one.
 */
export const CreditConflictSettled = Type.Object({
  /** The `creditId` of the conflict. */
  conflictId: IdField,
  personId: IdField,
  employer: CreditCodeField,
  month: MonthField,
  outcome: Type.Union(CONFLICT_OUTCOMES.map((each) => Type.Literal(each))),
  accountAmount: AmountField,
  settledOn: DateField,
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

/** An amount in a year that is not closed: a credited month, or what a merged account had at the start of that year. */
const OpenEntry = Type.Object({
  creditId: IdField,
  month: MonthField,
  creditedOn: DateField,
  accountAmount: AmountField,
  /** It was there at the start of the year and earns with the opening balance. */
  opening: Type.Optional(Type.Literal(true)),
});

/** Per calendar year a mask of the credited contribution months: bit 0 is January. */
const CreditedMonths = Type.Record(Type.String(), Type.Integer({ minimum: 0, maximum: 4095 }));

/**
 * The account belongs to a second identity of a person and takes nothing more (重复参保信息归并). What is in it goes over by the
 * survivor's `AccountMergedFrom`; what is paid for this identity later is credited to the survivor.
 */
export const AccountMergedInto = Type.Object({
  mergeId: IdField,
  personId: IdField,
  survivor: IdField,
  mergedOn: DateField,
});

/**
 * The survivor's account took over that of a merged identity: the amounts with the years in which they count, so that
 * interest is what both would have earned as one, and the months on record. Both accounts move by this event alone, inside
 * one control account. Months that both had are taken back and recorded as conflicts right after it.
 */
export const AccountMergedFrom = Type.Object({
  mergeId: IdField,
  personId: IdField,
  merged: IdField,
  mergedOn: DateField,
  /** What was credited to the merged account and not taken back; with `interest` the sum of the entries. */
  principal: AmountField,
  /** All interest that was posted to the merged account. */
  interest: AmountField,
  /** The last year that the merged account closed. */
  closedYear: Type.Optional(Type.Integer()),
  entries: Type.Array(OpenEntry),
  creditedMonths: CreditedMonths,
  /** Conflicts of the merged account that wait for a clerk. */
  openConflicts: Type.Optional(Type.Array(IdField, { minItems: 1 })),
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
  creditedMonths: CreditedMonths,
  /** Credits already made in years after the closed one. */
  openCredits: Type.Array(OpenEntry),
  /** By which merge the account ended, and in whom the person goes on. */
  mergedInto: Type.Optional(Type.Object({ mergeId: IdField, survivor: IdField })),
  /** The merges by which the account took others over. */
  absorbed: Type.Optional(Type.Array(IdField, { minItems: 1 })),
  /** Conflicts that wait for a clerk. */
  openConflicts: Type.Optional(Type.Array(IdField, { minItems: 1 })),
});

export const accountEventSchemas = {
  ContributionCredited,
  ContributionCreditReversed,
  CreditConflictFound,
  CreditConflictSettled,
  RecordDisputeUpheld,
  AccountMergedInto,
  AccountMergedFrom,
  AccountInterestPosted,
  YearClosed,
} satisfies Record<string, TSchema>;

export type AccountEvent =
  | DomainEvent<'ContributionCredited', Static<typeof ContributionCredited>>
  | DomainEvent<'ContributionCreditReversed', Static<typeof ContributionCreditReversed>>
  | DomainEvent<'CreditConflictFound', Static<typeof CreditConflictFound>>
  | DomainEvent<'CreditConflictSettled', Static<typeof CreditConflictSettled>>
  | DomainEvent<'RecordDisputeUpheld', Static<typeof RecordDisputeUpheld>>
  | DomainEvent<'AccountMergedInto', Static<typeof AccountMergedInto>>
  | DomainEvent<'AccountMergedFrom', Static<typeof AccountMergedFrom>>
  | DomainEvent<'AccountInterestPosted', Static<typeof AccountInterestPosted>>
  | DomainEvent<'YearClosed', Static<typeof YearClosed>>;
