import type { AccountEvent } from '@provident/accounts/events';
import { type BusinessDate, Money, type Month, type RecordedEvent, yearOf } from '@provident/kernel';

/** What an event moves on the account in one year, by the year in which it counts for interest. */
export interface MovedEntry {
  readonly event: RecordedEvent<AccountEvent>;
  readonly kind: 'credit' | 'reversal' | 'merged-in' | 'merged-out';
  readonly year: number;
  readonly on: BusinessDate;
  readonly month?: Month;
  readonly amount: Money;
  /** The person id of the other account of a merge. */
  readonly counterpart?: string;
}

type Events = readonly RecordedEvent<AccountEvent>[];

/**
 * Every entry but interest, in the order of the log. A merge moves one sum for each year that was open: the survivor's account
 * takes it, and the merged one gives everything that its last closing did not close.
 */
export function movedEntries(events: Events): readonly MovedEntry[] {
  const entries: MovedEntry[] = [];
  for (const event of events) {
    const { type, data } = event as unknown as AccountEvent;
    if (type === 'ContributionCredited' || type === 'ContributionCreditReversed') {
      const [kind, on] =
        type === 'ContributionCredited'
          ? (['credit', data.creditedOn] as const)
          : (['reversal', data.reversedOn] as const);
      const amount = Money.of(data.accountAmount);
      entries.push({ event, kind, year: yearOf(data.creditedOn), on, month: data.month, amount });
    } else if (type === 'AccountMergedFrom') {
      const parts = data.entries.map((each) => ({
        year: yearOf(each.creditedOn),
        amount: Money.of(each.accountAmount),
      }));
      entries.push(...byYear({ event, kind: 'merged-in', on: data.mergedOn, counterpart: data.merged }, parts));
    } else if (type === 'AccountMergedInto') {
      const left = openParts(events, entries).map(({ year, amount }) => ({ year, amount: amount.negated() }));
      entries.push(...byYear({ event, kind: 'merged-out', on: data.mergedOn, counterpart: data.survivor }, left));
    }
  }
  return entries;
}

export function sumOf(entries: readonly { readonly amount: Money }[]): Money {
  return Money.sum(entries.map(({ amount }) => amount));
}

interface Part {
  readonly year: number;
  readonly amount: Money;
}

/** What no closing has closed yet: the balance of the last one opens the year after it. */
function openParts(events: Events, entries: readonly MovedEntry[]): readonly Part[] {
  const closing = events.findLast(({ type }) => type === 'YearClosed');
  if (closing === undefined) return entries;
  const { year, closingBalance } = closing.data as Extract<AccountEvent, { type: 'YearClosed' }>['data'];
  return [{ year: year + 1, amount: Money.of(closingBalance) }, ...entries.filter((each) => each.year > year)];
}

function byYear(merge: Omit<MovedEntry, 'year' | 'amount'>, parts: readonly Part[]): MovedEntry[] {
  const years = [...new Set(parts.map(({ year }) => year))].sort((one, other) => one - other);
  return years
    .map((year) => ({ ...merge, year, amount: sumOf(parts.filter((part) => part.year === year)) }))
    .filter(({ amount }) => !amount.isZero);
}
