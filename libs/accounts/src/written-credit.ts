import { Money } from '@provident/kernel';
import type { Credit } from './account.js';
import type { AccountEvent } from './events.js';

type Credited = Extract<AccountEvent, { type: 'ContributionCredited' }>['data'];

/** A credit as events have it, without its id. */
export function writtenCredit(of: Credit): Omit<Credited, 'creditId' | 'corrects'> {
  const { personId, employer, declarationId, month, creditedOn } = of;
  return {
    ...{ personId, employer, declarationId, month },
    base: of.base.toString(),
    lines: of.lines.map((line) => ({ scheme: line.scheme, payer: line.payer, amount: line.amount.toString() })),
    accountAmount: of.accountAmount.toString(),
    creditedOn,
  };
}

/** A credit out of its event. */
export function readCredit(data: Credited): Credit {
  return {
    ...data,
    base: Money.of(data.base),
    lines: data.lines.map((line) => ({ ...line, amount: Money.of(line.amount) })),
    accountAmount: Money.of(data.accountAmount),
  };
}

/** The same with every amount's sign turned (红字). */
export function inRed(credit: Credit): Credit {
  return {
    ...credit,
    base: credit.base.negated(),
    lines: credit.lines.map((line) => ({ ...line, amount: line.amount.negated() })),
    accountAmount: credit.accountAmount.negated(),
  };
}

/** The record of a paid month that could not be credited beside the one that stands. */
export function conflictOf(credit: Credit, reason: string): AccountEvent {
  const { creditedOn: settledOn, ...written } = writtenCredit(credit);
  return { type: 'CreditConflictFound', data: { creditId: credit.creditId, ...written, settledOn, reason } };
}
