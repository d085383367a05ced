import {
  AmountField,
  CreditCodeField,
  DateField,
  type DomainEvent,
  FundField,
  IdField,
  MonthField,
  ParameterReferenceField,
  PayerField,
  Personal,
  RateField,
  SchemeField,
} from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { type FineEvent, fineEventSchemas } from './fines/events.js';
import { type LateFeeEvent, lateFeeEventSchemas } from './late-fees/events.js';

const SchemePayerAmount = Type.Object({ scheme: SchemeField, payer: PayerField, amount: AmountField });

/** One person's line of a payroll: `amounts` stand in the order of the declaration's `rates`. */
export const PayrollLine = Type.Object({
  personId: IdField,
  wage: AmountField,
  base: AmountField,
  amounts: Type.Array(AmountField),
  /** The schemes of a joiner (增员), whose enrolment starts with this month; absent for staff already enrolled. */
  joins: Type.Optional(Type.Array(SchemeField, { minItems: 1 })),
});

/**
 * A run of a payroll's lines was accepted. Long payrolls take several of these; they count only once the
 * `ContributionDeclared` that closes the declaration follows. Stream `declaration-<credit code>-<month>`.
 */
export const PayrollLinesDeclared = Type.Object({
  employer: CreditCodeField,
  month: MonthField,
  /** SHA-256 of the file; lines of another file than the closing event's do not count. */
  fileHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  /** Place of the first line in the payroll, from 0. */
  firstLine: Type.Integer({ minimum: 0 }),
  lines: Type.Array(PayrollLine, { minItems: 1 }),
});

/** Staff who were declared last month and left (减员): nothing is due for them. Counts like `PayrollLinesDeclared`. */
export const LeaversDeclared = Type.Object({
  employer: CreditCodeField,
  month: MonthField,
  fileHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  people: Type.Array(IdField, { minItems: 1 }),
});

/** The employer's monthly declaration (缴费申报) is complete: what is due for the month, by scheme and payer. */
export const ContributionDeclared = Type.Object({
  declarationId: IdField,
  employer: CreditCodeField,
  month: MonthField,
  /** SHA-256 of the file, so that the same file again is recognised. */
  fileHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  headcount: Type.Integer({ minimum: 1 }),
  joiners: Type.Integer({ minimum: 0 }),
  leavers: Type.Integer({ minimum: 0 }),
  rates: Type.Array(Type.Object({ scheme: SchemeField, payer: PayerField, rate: RateField })),
  floor: AmountField,
  ceiling: AmountField,
  totalBase: AmountField,
  /** Sums of the lines' amounts, in the order of `rates`. */
  due: Type.Array(SchemePayerAmount),
  parameters: Type.Array(ParameterReferenceField),
});

/** A declared month became payable by the due date. Stream `dues-<credit code>`. */
export const DuesAssessed = Type.Object({
  declarationId: IdField,
  employer: CreditCodeField,
  month: MonthField,
  dueDate: DateField,
  headcount: Type.Integer({ minimum: 1 }),
  due: Type.Array(SchemePayerAmount),
});

/** Money set against a month's dues. `late` when it came after the due date (清欠). */
const Allocation = Type.Object({
  month: MonthField,
  scheme: SchemeField,
  payer: PayerField,
  amount: AmountField,
  late: Type.Boolean(),
});

/**
 * Contributions of one fund arrived in its income account (收入户) and were set against dues, oldest month first;
 * `held` is what exceeds them and waits as a temporary receipt (暂收款). Posts JT01, with JT34 for the held part.
 */
export const ContributionReceived = Type.Object({
  receiptId: IdField,
  employer: CreditCodeField,
  fund: FundField,
  amount: AmountField,
  bankReference: Type.String({ minLength: 1, maxLength: 64 }),
  valueDate: DateField,
  allocations: Type.Array(Allocation),
  held: AmountField,
});

/** Money that waited as a temporary receipt was set against dues that arose or were found later. */
export const HeldReceiptApplied = Type.Object({
  employer: CreditCodeField,
  fund: FundField,
  allocations: Type.Array(Allocation),
  /** Receipt that had been unidentified, when the money comes from one. */
  receiptId: Type.Optional(IdField),
  /** What of that receipt stays held for the employer. */
  held: Type.Optional(AmountField),
  /** Day on which that receipt's money had come: late fees count to it (`late` tells of the day of finding the payer). */
  receivedOn: Type.Optional(DateField),
  /**
   * Where money that the employer had over is set against a month after its due date: when what had come. A month that is
   * declared late may have been paid in time.
   */
  lateParts: Type.Optional(
    Type.Array(Type.Object({ month: MonthField, scheme: SchemeField, amount: AmountField, receivedOn: DateField })),
  ),
  appliedOn: DateField,
});

/**
 * Money that waited as a temporary receipt, because the employer paid more than it owed, went back to it from the income
 * account that it had come into (原渠道退回).
 */
export const HeldReceiptRefunded = Type.Object({
  refundId: IdField,
  employer: CreditCodeField,
  fund: FundField,
  amount: AmountField,
  refundedOn: DateField,
  reason: Type.String({ minLength: 1, maxLength: 500 }),
});

/** Every fund's dues of the month are paid in full: the people's month may be credited. */
export const ContributionMonthSettled = Type.Object({
  declarationId: IdField,
  employer: CreditCodeField,
  month: MonthField,
  settledOn: DateField,
});

const Owed = Type.Object({
  kind: Type.Union([Type.Literal('contribution'), Type.Literal('late-fee'), Type.Literal('fine')]),
  fund: Type.Optional(FundField),
  month: Type.Optional(MonthField),
  amount: AmountField,
  /** A late fee that is not charged yet: it has to be assessed before it can be paid. */
  unassessed: Type.Optional(Type.Boolean()),
});

/** Asked by the register for a cancellation: the employer owes nothing. `held` is money that is still the employer's. */
export const DuesClosed = Type.Object({
  employer: CreditCodeField,
  requestId: IdField,
  held: Type.Array(Type.Object({ fund: FundField, amount: AmountField })),
  closedOn: DateField,
});

/** Asked by the register for a cancellation: this is owed. */
export const DuesFoundOpen = Type.Object({
  employer: CreditCodeField,
  requestId: IdField,
  owed: Type.Array(Owed, { minItems: 1 }),
  foundOn: DateField,
});

/** Something arose after the dues were closed - a declaration that was on its way, a fine: the employer owes again. */
export const DuesReopened = Type.Object({
  employer: CreditCodeField,
  requestId: IdField,
  owed: Type.Array(Owed, { minItems: 1 }),
  reopenedOn: DateField,
});

/** What a receipt is for, where it says so; for contributions (保险费) where it does not. */
const Pays = Type.Optional(Type.Literal('late-fee'));

/** A bank line was matched to an employer. Makes a bank reference count once, whatever file repeats it. */
export const ReceiptMatched = Type.Object({
  receiptId: IdField,
  employer: CreditCodeField,
  fund: FundField,
  amount: AmountField,
  bankReference: Type.String({ minLength: 1, maxLength: 64 }),
  valueDate: DateField,
  pays: Pays,
});

/** Money arrived that names no known employer; it waits as a temporary receipt (暂收款, JT34). Stream `receipt-<id>`. */
export const UnidentifiedReceiptHeld = Type.Object({
  receiptId: IdField,
  fund: FundField,
  amount: AmountField,
  bankReference: Type.String({ minLength: 1, maxLength: 64 }),
  valueDate: DateField,
  payerName: Personal(Type.String({ maxLength: 200 }), 'receiptId'),
  purpose: Personal(Type.String({ maxLength: 500 }), 'receiptId'),
  pays: Pays,
});

/** The payer of an unidentified receipt was found; the money is now the employer's to set against dues. */
export const ReceiptIdentified = Type.Object({
  receiptId: IdField,
  employer: CreditCodeField,
  fund: FundField,
  amount: AmountField,
  identifiedOn: DateField,
  /** Day on which the money had come. */
  receivedOn: Type.Optional(DateField),
  pays: Pays,
  reason: Personal(Type.String({ minLength: 1, maxLength: 500 }), 'receiptId'),
});

export const declarationEventSchemas = { PayrollLinesDeclared, LeaversDeclared, ContributionDeclared } satisfies Record<
  string,
  TSchema
>;
export const duesEventSchemas = {
  DuesAssessed,
  ContributionReceived,
  HeldReceiptApplied,
  HeldReceiptRefunded,
  ContributionMonthSettled,
  DuesClosed,
  DuesFoundOpen,
  DuesReopened,
  ...lateFeeEventSchemas,
  ...fineEventSchemas,
} satisfies Record<string, TSchema>;
export const receiptEventSchemas = { ReceiptMatched, UnidentifiedReceiptHeld, ReceiptIdentified } satisfies Record<
  string,
  TSchema
>;

export type DeclarationEvent =
  | DomainEvent<'PayrollLinesDeclared', Static<typeof PayrollLinesDeclared>>
  | DomainEvent<'LeaversDeclared', Static<typeof LeaversDeclared>>
  | DomainEvent<'ContributionDeclared', Static<typeof ContributionDeclared>>;

export type DuesEvent =
  | DomainEvent<'DuesAssessed', Static<typeof DuesAssessed>>
  | DomainEvent<'ContributionReceived', Static<typeof ContributionReceived>>
  | DomainEvent<'HeldReceiptApplied', Static<typeof HeldReceiptApplied>>
  | DomainEvent<'HeldReceiptRefunded', Static<typeof HeldReceiptRefunded>>
  | DomainEvent<'ContributionMonthSettled', Static<typeof ContributionMonthSettled>>
  | DomainEvent<'DuesClosed', Static<typeof DuesClosed>>
  | DomainEvent<'DuesFoundOpen', Static<typeof DuesFoundOpen>>
  | DomainEvent<'DuesReopened', Static<typeof DuesReopened>>
  | LateFeeEvent
  | FineEvent;

export type ReceiptEvent =
  | DomainEvent<'ReceiptMatched', Static<typeof ReceiptMatched>>
  | DomainEvent<'UnidentifiedReceiptHeld', Static<typeof UnidentifiedReceiptHeld>>
  | DomainEvent<'ReceiptIdentified', Static<typeof ReceiptIdentified>>;

export type CollectionEvent = DeclarationEvent | DuesEvent | ReceiptEvent;
