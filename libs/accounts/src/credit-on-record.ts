import type { EventStore } from '@provident/event-store';
import { DomainError, Money, type Month, type RecordedEvent } from '@provident/kernel';
import { account, type Credit } from './account.js';
import type { AccountEvent } from './events.js';

type Reversed = Extract<AccountEvent, { type: 'ContributionCreditReversed' }>['data'];
type Credited = Extract<AccountEvent, { type: 'ContributionCredited' }>;

/**
 * The credit of a person's month as it stands, reversed ones left out; one that was reversed by `reversalId` itself still
 * counts (`isReversed`), so that a correction cut short, or given again, finds what it corrects. Throws `credit-unknown`.
 */
export async function creditOnRecord(
  store: EventStore,
  personId: string,
  month: Month,
  reversalId: string,
): Promise<{ credit: Credit; isReversed: boolean }> {
  const reversed = new Set<string>();
  let reversedHere: string | undefined;
  for await (const event of store.readBackwards<AccountEvent>(account, personId)) {
    if (event.type === 'ContributionCreditReversed') {
      const reversal = event.data as Reversed;
      if (reversal.creditId === reversalId) reversedHere = reversal.reverses;
      else reversed.add(reversal.reverses);
    }
    if (event.type !== 'ContributionCredited') continue;
    const { data } = event as RecordedEvent<Credited>;
    if (data.month !== month || reversed.has(data.creditId)) continue;
    // Once this correction has reversed its credit, a later credit of the month is another matter.
    if (reversedHere !== undefined && data.creditId !== reversedHere) continue;
    const credit = {
      ...data,
      base: Money.of(data.base),
      lines: data.lines.map((line) => ({ ...line, amount: Money.of(line.amount) })),
      accountAmount: Money.of(data.accountAmount),
    };
    return { credit, isReversed: reversedHere !== undefined };
  }
  throw new DomainError(
    'credit-unknown',
    `No credit for ${month} stands on this person's record.`,
    '红字冲正: a correction names an entry that stands.',
    'Look at the statement and name a month that is credited.',
    { month },
  );
}

/** What became of a credit, however long ago: its event, or the record that it could not be made. */
export async function findCredit(
  store: EventStore,
  personId: string,
  creditId: string,
): Promise<RecordedEvent | undefined> {
  for await (const event of store.readBackwards<AccountEvent>(account, personId)) {
    if (event.type !== 'ContributionCredited' && event.type !== 'CreditConflictFound') continue;
    if ((event.data as Credited['data']).creditId === creditId) return event;
  }
  return undefined;
}
