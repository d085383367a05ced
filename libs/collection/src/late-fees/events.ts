import {
  AmountField,
  CreditCodeField,
  DateField,
  type DomainEvent,
  FundField,
  IdField,
  MonthField,
  ParameterReferenceField,
  RateField,
  SchemeField,
} from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';

/**
 * A late fee (滞纳金) on what was paid after its due date became final (社会保险法 第86条): one receipt's share of one
 * month and scheme, employer's and employees' part together. It belongs to the fund of its insurance. Stream
 * `dues-<credit code>`.
 */
export const LateFeeCharged = Type.Object({
  feeId: IdField,
  employer: CreditCodeField,
  month: MonthField,
  scheme: SchemeField,
  fund: FundField,
  /** What was paid late. */
  principal: AmountField,
  dueDate: DateField,
  /** First overdue day. */
  from: DateField,
  /** Day on which the money came. */
  to: DateField,
  /** Days that bear the fee. */
  days: Type.Integer({ minimum: 0 }),
  /** A part for each rate in force on those days. */
  segments: Type.Array(Type.Object({ rate: RateField, days: Type.Integer({ minimum: 0 }), fee: AmountField })),
  fee: AmountField,
  assessedOn: DateField,
  parameters: Type.Array(ParameterReferenceField),
});

/** Money set against a charged late fee. */
const FeeAllocation = Type.Object({ feeId: IdField, month: MonthField, scheme: SchemeField, amount: AmountField });

/**
 * Money for late fees arrived in the income account (收入户) of a fund and was set against those that are charged there,
 * oldest month first; `held` is what exceeds them and waits as a temporary receipt (暂收款). Posts JT10, with JT34.
 */
export const LateFeeReceived = Type.Object({
  receiptId: IdField,
  employer: CreditCodeField,
  fund: FundField,
  amount: AmountField,
  bankReference: Type.String({ minLength: 1, maxLength: 64 }),
  valueDate: DateField,
  allocations: Type.Array(FeeAllocation),
  held: AmountField,
});

/** Money that waited as a temporary receipt was set against charged late fees of its fund. */
export const HeldAppliedToLateFees = Type.Object({
  employer: CreditCodeField,
  fund: FundField,
  allocations: Type.Array(FeeAllocation),
  /** Receipt that had been unidentified, when the money comes from one. */
  receiptId: Type.Optional(IdField),
  /** What of that receipt stays held for the employer. */
  held: Type.Optional(AmountField),
  /** Day on which that receipt's money had come. */
  receivedOn: Type.Optional(DateField),
  appliedOn: DateField,
});

export const lateFeeEventSchemas = { LateFeeCharged, LateFeeReceived, HeldAppliedToLateFees } satisfies Record<
  string,
  TSchema
>;

export type LateFeeEvent =
  | DomainEvent<'LateFeeCharged', Static<typeof LateFeeCharged>>
  | DomainEvent<'LateFeeReceived', Static<typeof LateFeeReceived>>
  | DomainEvent<'HeldAppliedToLateFees', Static<typeof HeldAppliedToLateFees>>;
