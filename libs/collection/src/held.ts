import { type BusinessDate, type Fund, invariant, Money } from '@provident/kernel';

/** What held money came for. */
export const HELD_FOR = ['contribution', 'late-fee'] as const;
export type HeldFor = (typeof HELD_FOR)[number];

/** Money that waits, with the day on which it came: by then it was no longer owed. */
export interface HeldLot {
  readonly receivedOn: BusinessDate;
  readonly amount: Money;
  readonly heldFor: HeldFor;
}

/** What an employer paid beyond all its dues (暂收款), by fund, what came first in front. */
export type HeldMoney = ReadonlyMap<Fund, readonly HeldLot[]>;

/** All of it that is held in a fund, or the part that came for one purpose. */
export function heldIn({ held }: { readonly held: HeldMoney }, fund: Fund, heldFor?: HeldFor): Money {
  const lots = (held.get(fund) ?? []).filter((lot) => heldFor === undefined || lot.heldFor === heldFor);
  return Money.sum(lots.map(({ amount }) => amount));
}

export function withHeld(held: HeldMoney, fund: Fund, lot: HeldLot): HeldMoney {
  if (lot.amount.isZero) return held;
  invariant(!lot.amount.isNegative, `${lot.amount.toString()} cannot be held.`);
  return new Map(held).set(fund, [...(held.get(fund) ?? []), lot]);
}

/**
 * Takes held money: what came for the purpose first, then the other, of each what came first first. Who takes it says how
 * much: late fees also take what was paid beyond all dues, dues take nothing that came for late fees.
 */
export function takeHeld(
  held: HeldMoney,
  fund: Fund,
  amount: Money,
  heldFor: HeldFor,
): { rest: HeldMoney; taken: readonly HeldLot[] } {
  const taken: HeldLot[] = [];
  const kept = new Map<HeldLot, HeldLot>();
  let wanted = amount;
  const lots = held.get(fund) ?? [];
  const inTurn = [...lots.filter((lot) => lot.heldFor === heldFor), ...lots.filter((lot) => lot.heldFor !== heldFor)];
  for (const lot of inTurn) {
    const part = Money.min(wanted, lot.amount);
    wanted = wanted.minus(part);
    if (part.isPositive) taken.push({ ...lot, amount: part });
    if (lot.amount.greaterThan(part)) kept.set(lot, { ...lot, amount: lot.amount.minus(part) });
  }
  invariant(wanted.isZero, `More held money of ${fund} was applied than there is.`);
  const rest = lots.flatMap((lot) => kept.get(lot) ?? []);
  return { rest: new Map(held).set(fund, rest), taken };
}
