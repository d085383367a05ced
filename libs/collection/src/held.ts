import { type BusinessDate, type Fund, invariant, Money } from '@provident/kernel';

/** Money that waits for dues, with the day on which it came: by then it was no longer owed. */
export interface HeldLot {
  readonly receivedOn: BusinessDate;
  readonly amount: Money;
}

/** What an employer paid beyond all its dues (暂收款), by fund, what came first in front. */
export type HeldMoney = ReadonlyMap<Fund, readonly HeldLot[]>;

export function heldIn({ held }: { readonly held: HeldMoney }, fund: Fund): Money {
  return Money.sum((held.get(fund) ?? []).map(({ amount }) => amount));
}

export function withHeld(held: HeldMoney, fund: Fund, amount: Money, receivedOn: BusinessDate): HeldMoney {
  if (amount.isZero) return held;
  invariant(!amount.isNegative, `${amount.toString()} cannot be held.`);
  return new Map(held).set(fund, [...(held.get(fund) ?? []), { receivedOn, amount }]);
}

/** Takes held money, what came first first. */
export function takeHeld(held: HeldMoney, fund: Fund, amount: Money): { rest: HeldMoney; taken: readonly HeldLot[] } {
  const taken: HeldLot[] = [];
  const kept: HeldLot[] = [];
  let wanted = amount;
  for (const lot of held.get(fund) ?? []) {
    const part = Money.min(wanted, lot.amount);
    wanted = wanted.minus(part);
    if (part.isPositive) taken.push({ ...lot, amount: part });
    if (lot.amount.greaterThan(part)) kept.push({ ...lot, amount: lot.amount.minus(part) });
  }
  invariant(wanted.isZero, `More held money of ${fund} was applied than there is.`);
  return { rest: new Map(held).set(fund, kept), taken };
}
