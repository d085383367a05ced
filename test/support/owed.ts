import { dues } from '@provident/collection';
import { type Fund, fundOf, Money } from '@provident/kernel';
import type { MemoryStore } from './memory-store.js';

/** What an employer still owes a fund. */
export function owed(log: MemoryStore, employer: string, fund: Fund): Money {
  const { open } = log.stateOf(dues, employer);
  const lines = [...open.values()].flatMap((each) => each.lines).filter(({ scheme }) => fundOf(scheme) === fund);
  return Money.sum(lines.map(({ due, paid }) => due.minus(paid)));
}

/** What of its charged late fees an employer still owes a fund. */
export function lateFeesOwed(log: MemoryStore, employer: string, fund: Fund): Money {
  const fees = [...log.stateOf(dues, employer).lateFees.values()].filter(({ scheme }) => fundOf(scheme) === fund);
  return Money.sum(fees.map(({ fee, paid }) => fee.minus(paid)));
}
