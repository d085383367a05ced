import { Money } from '@provident/kernel';
import type { Effect, WinnersAndLosers } from './report.js';

/** A sum of both sides that grows. */
export class Sum implements Effect {
  before = Money.zero;
  after = Money.zero;

  add({ before, after }: Effect): void {
    this.before = this.before.plus(before);
    this.after = this.after.plus(after);
  }
}

/** The sum under a key, made when it is first asked for. */
export function sumAt<Key>(sums: Map<Key, Sum>, key: Key): Sum {
  let sum = sums.get(key);
  if (sum === undefined) {
    sum = new Sum();
    sums.set(key, sum);
  }
  return sum;
}

/** Counts who would have less, more or the same. */
export function winnersAndLosers(effects: Iterable<Effect>): WinnersAndLosers {
  const less = { count: 0, amount: Money.zero };
  const more = { count: 0, amount: Money.zero };
  let same = 0;
  for (const { before, after } of effects) {
    const difference = after.minus(before);
    if (difference.isZero) same += 1;
    else {
      const side = difference.fen < 0n ? less : more;
      side.count += 1;
      side.amount = side.amount.plus(difference);
    }
  }
  return { less, more, same };
}
