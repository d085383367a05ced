import type { AccountEvent } from '@provident/accounts/events';
import type { CollectionEvent } from '@provident/collection/events';
import {
  type BusinessDate,
  FUNDS,
  type Fund,
  Money,
  type Month,
  type Payer,
  type Scheme,
  businessDate,
  deterministicId,
  month,
} from '@provident/kernel';
import fc from 'fast-check';

export type MoneyEvent = CollectionEvent | AccountEvent;

export const EMPLOYERS = ['91310000MA1FL0000A', '91310000MA1FL0000B'];
export const PEOPLE = ['p1', 'p2', 'p3'].map((name) => deterministicId('person', name));
export const SOME_DAYS = ['2025-12-31', '2026-01-15', '2026-01-31', '2026-02-01', '2026-02-28', '2026-03-10'].map(
  businessDate,
);

const SCHEME_OF: Record<Fund, Scheme> = {
  'employee-pension': 'pension',
  'employee-medical': 'medical',
  unemployment: 'unemployment',
  'work-injury': 'work-injury',
};

const fund = fc.constantFrom(...FUNDS);
const amount = fc.integer({ min: 1, max: 5_000_000 }).map((fen) => Money.fromFen(BigInt(fen)));
const day = fc.constantFrom(...SOME_DAYS);
const someMonth = fc.constantFrom('2025-12', '2026-01', '2026-02').map(month);
const employer = fc.constantFrom(...EMPLOYERS);
const person = fc.constantFrom(...PEOPLE);
const payer = fc.constantFrom<Payer>('employer', 'employee');

interface Part {
  readonly month: Month;
  readonly payer: Payer;
  readonly amount: Money;
  readonly late: boolean;
}
const part: fc.Arbitrary<Part> = fc.record({ month: someMonth, payer, amount, late: fc.boolean() });

const received = fc
  .record({ employer, fund, parts: fc.array(part, { maxLength: 4 }), held: amount, day })
  .map((each) => contributionReceived(each));

const applied = fc
  .record({ employer, fund, parts: fc.array(part, { maxLength: 3 }), day })
  .map(({ employer, fund, parts, day }): MoneyEvent => {
    const allocations = allocationsOf(fund, parts);
    return { type: 'HeldReceiptApplied', data: { employer, fund, allocations, appliedOn: day } };
  });

const feePart = fc.record({ month: someMonth, amount });
const feesOf = (fund: Fund, parts: readonly { month: Month; amount: Money }[]) =>
  parts.map((each) => ({
    ...each,
    feeId: deterministicId('fee'),
    scheme: SCHEME_OF[fund],
    amount: each.amount.toString(),
  }));

const lateFee = fc
  .record({ employer, fund, parts: fc.array(feePart, { maxLength: 3 }), held: amount, day })
  .map(({ employer, fund, parts, held, day }): MoneyEvent => {
    const total = Money.sum([held, ...parts.map((each) => each.amount)]).toString();
    const line = { receiptId: deterministicId('receipt'), employer, fund, amount: total, bankReference: 'B-3' };
    const placed = { allocations: feesOf(fund, parts), held: held.toString() };
    return { type: 'LateFeeReceived', data: { ...line, valueDate: day, ...placed } };
  });

const appliedToFees = fc
  .record({ employer, fund, parts: fc.array(feePart, { maxLength: 3 }), day })
  .map(({ employer, fund, parts, day }): MoneyEvent => {
    const data = { employer, fund, allocations: feesOf(fund, parts), appliedOn: day };
    return { type: 'HeldAppliedToLateFees', data };
  });

const unidentified = fc.record({ fund, amount, day }).map(
  ({ fund, amount, day }): MoneyEvent => ({
    type: 'UnidentifiedReceiptHeld',
    data: {
      ...{ receiptId: deterministicId('r'), fund, amount: amount.toString(), bankReference: 'B-1', valueDate: day },
      ...{ payerName: '', purpose: '' },
    },
  }),
);

const identified = fc.record({ employer, fund, amount, day }).map(
  ({ employer, fund, amount, day }): MoneyEvent => ({
    type: 'ReceiptIdentified',
    data: {
      ...{ receiptId: deterministicId('r'), employer, fund, amount: amount.toString() },
      ...{ identifiedOn: day, reason: 'asked the bank' },
    },
  }),
);

const credited = fc
  .record({ person, employer, month: someMonth, amount, day, red: fc.boolean() })
  .map(({ person, employer, month, amount, day, red }) =>
    red
      ? creditReversed(person, employer, month, amount, day)
      : contributionCredited(person, employer, month, amount, day),
  );

const interest = fc.record({ person, amount }).map(
  ({ person, amount }): MoneyEvent => ({
    type: 'AccountInterestPosted',
    data: {
      ...{ personId: person, year: 2025, rate: '0.0150', openingInterest: '0.00', creditInterest: amount.toString() },
      interest: amount.toString(),
      parameter: { id: 'rate', area: 'CN', from: '2025-01-01', value: '0.0150', legalBasis: '-', confidence: '-' },
    },
  }),
);

/** Any event that moves money, with the day it counts for. Amounts need not make sense together. */
export const moneyEvent: fc.Arbitrary<{ event: MoneyEvent; day: BusinessDate }> = fc.record({
  event: fc.oneof(received, applied, lateFee, appliedToFees, unidentified, identified, credited, interest),
  day,
});

export function contributionReceived(given: {
  employer: string;
  fund: Fund;
  parts: readonly Part[];
  held: Money;
  day: BusinessDate;
}): Extract<MoneyEvent, { type: 'ContributionReceived' }> {
  const { employer, fund, parts, held, day } = given;
  const total = Money.sum([held, ...parts.map((each) => each.amount)]);
  return {
    type: 'ContributionReceived',
    data: {
      ...{ receiptId: deterministicId('receipt'), employer, fund, amount: total.toString(), bankReference: 'B-2' },
      ...{ valueDate: day, allocations: allocationsOf(fund, parts), held: held.toString() },
    },
  };
}

export function contributionCredited(
  personId: string,
  employer: string,
  month: Month,
  amount: Money,
  creditedOn: BusinessDate,
): Extract<MoneyEvent, { type: 'ContributionCredited' }> {
  return {
    type: 'ContributionCredited',
    data: {
      ...{ creditId: deterministicId(personId, month), personId, employer, declarationId: deterministicId(month) },
      ...{ month, base: '10000.00', lines: [{ scheme: 'pension', payer: 'employee', amount: amount.toString() }] },
      ...{ accountAmount: amount.toString(), creditedOn },
    },
  };
}

export function creditReversed(
  personId: string,
  employer: string,
  month: Month,
  amount: Money,
  day: BusinessDate,
): Extract<MoneyEvent, { type: 'ContributionCreditReversed' }> {
  const { data } = contributionCredited(personId, employer, month, amount.negated(), day);
  const { creditId, ...rest } = data;
  return {
    type: 'ContributionCreditReversed',
    data: { ...rest, creditId: deterministicId('red', creditId), reverses: creditId, reversedOn: day, reason: 'wrong' },
  };
}

function allocationsOf(fund: Fund, parts: readonly Part[]) {
  return parts.map((each) => ({ ...each, scheme: SCHEME_OF[fund], amount: each.amount.toString() }));
}
