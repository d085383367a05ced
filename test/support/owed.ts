import { dues } from '@provident/collection';
import { type Fund, fundOf, Money } from '@provident/kernel';
import type { MemoryStore } from './memory-store.js';

/** What an employer still owes a fund. */
export function owed(log: MemoryStore, employer: string, fund: Fund): Money {
  const { open } = log.stateOf(dues, employer);
  const lines = [...open.values()].flatMap((each) => each.lines).filter(({ scheme }) => fundOf(scheme) === fund);
  return Money.sum(lines.map(({ due, paid }) => due.minus(paid)));
}
