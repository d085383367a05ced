import type { EventStore } from '@provident/event-store';
import { DomainError, Money, type Month, type RecordedEvent } from '@provident/kernel';
import { account, type Credit } from './account.js';
import type { AccountEvent } from './events.js';
import { readCredit } from './written-credit.js';

type DataOf<Type extends AccountEvent['type']> = Extract<AccountEvent, { type: Type }>['data'];

/**
 * The credit of a person's month as it stands, reversed ones left out; one that was reversed by `reversalId` itself still
 * counts (`isReversed`), so that a correction cut short, or given again, finds what it corrects. Looks into the accounts that
 * were merged into this one as well. Throws `credit-unknown`.
 */
export async function creditOnRecord(
  store: EventStore,
  personId: string,
  month: Month,
  reversalId: string,
): Promise<{ credit: Credit; isReversed: boolean }> {
  const found = await findStanding(store, personId, month, {
    reversalId,
    reversed: new Set(),
    reversedHere: undefined,
  });
  if (found !== undefined) return { ...found, credit: { ...found.credit, personId } };
  throw new DomainError(
    'credit-unknown',
    `No credit for ${month} stands on this person's record.`,
    '红字冲正: a correction names an entry that stands.',
    'Look at the statement and name a month that is credited.',
    { month },
  );
}

/** The credit of a month that stands, if one does. */
export async function standingCredit(store: EventStore, personId: string, month: Month): Promise<Credit | undefined> {
  const found = await findStanding(store, personId, month, {
    reversalId: '',
    reversed: new Set(),
    reversedHere: undefined,
  });
  return found === undefined ? undefined : { ...found.credit, personId };
}

/** What a reading backwards has met of reversals so far. */
interface Met {
  readonly reversalId: string;
  readonly reversed: Set<string>;
  reversedHere: string | undefined;
}

async function findStanding(
  store: EventStore,
  personId: string,
  month: Month,
  met: Met,
): Promise<{ credit: Credit; isReversed: boolean } | undefined> {
  const absorbed: string[] = [];
  for await (const { type, data } of store.readBackwards<AccountEvent>(account, personId)) {
    if (type === 'AccountMergedFrom') absorbed.push((data as DataOf<'AccountMergedFrom'>).merged);
    if (type === 'ContributionCreditReversed') {
      const reversal = data as DataOf<'ContributionCreditReversed'>;
      if (reversal.creditId === met.reversalId) met.reversedHere = reversal.reverses;
      else met.reversed.add(reversal.reverses);
    }
    if (type !== 'ContributionCredited') continue;
    const credited = data as DataOf<'ContributionCredited'>;
    if (credited.month !== month || met.reversed.has(credited.creditId)) continue;
    // Once this correction has reversed its credit, a later credit of the month is another matter.
    if (met.reversedHere !== undefined && credited.creditId !== met.reversedHere) continue;
    return { credit: readCredit(credited), isReversed: met.reversedHere !== undefined };
  }
  for (const merged of absorbed) {
    const found = await findStanding(store, merged, month, met);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Everything that a merged account hands over beside its balance: its standing credits and all interest ever posted. */
export async function wholeRecord(
  store: EventStore,
  personId: string,
): Promise<{ standing: readonly Credit[]; interest: Money }> {
  const standing = new Map<string, Credit>();
  let interest = Money.zero;
  for await (const event of store.read<AccountEvent>(account, personId)) {
    const { type, data } = event as unknown as AccountEvent;
    if (type === 'ContributionCredited') standing.set(data.creditId, readCredit(data));
    else if (type === 'ContributionCreditReversed') standing.delete(data.reverses);
    else if (type === 'AccountInterestPosted') interest = interest.plus(Money.of(data.interest));
    else if (type === 'AccountMergedFrom') {
      const earlier = await wholeRecord(store, data.merged);
      for (const credit of earlier.standing) standing.set(credit.creditId, credit);
      interest = interest.plus(earlier.interest);
    }
  }
  return { standing: [...standing.values()], interest };
}

/** What became of a credit, however long ago: its event, or the record that it could not be made. */
export async function findCredit(
  store: EventStore,
  personId: string,
  creditId: string,
): Promise<RecordedEvent | undefined> {
  for await (const event of store.readBackwards<AccountEvent>(account, personId)) {
    if (event.type !== 'ContributionCredited' && event.type !== 'CreditConflictFound') continue;
    if ((event.data as DataOf<'ContributionCredited'>).creditId === creditId) return event;
  }
  return undefined;
}
