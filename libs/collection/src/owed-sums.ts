import { Money } from '@provident/kernel';
import type { DuesPosition } from './dues-position.js';
import { unpaidOf } from './fines/fine.js';

/** What is owed in three sums, and how much of the late fees nobody has charged yet. */
export interface OwedSums {
  readonly contributions: Money;
  readonly lateFees: Money;
  readonly unassessed: Money;
  readonly fines: Money;
}

export function sumsOf({ contributions, charged, assessable, accruing, fines }: DuesPosition): OwedSums {
  const unassessed = Money.sum([...assessable, ...accruing].map(({ fee }) => fee));
  return {
    contributions: Money.sum(contributions.map(({ amount }) => amount)),
    lateFees: unassessed.plus(Money.sum(charged.map(({ fee, paid }) => fee.minus(paid)))),
    unassessed,
    fines: Money.sum(fines.map(unpaidOf)),
  };
}
