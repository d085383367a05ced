import { type CommandResult, type EventStore, streamOf } from '@provident/event-store';
import { businessDate, type CommandContext, DomainError, Money, yearOf } from '@provident/kernel';
import { account, type Credit } from './account.js';
import type { SettleConflictBody } from './commands.js';
import { standingCredit } from './credit-on-record.js';
import type { AccountEvent } from './events.js';

type Found = Extract<AccountEvent, { type: 'CreditConflictFound' }>['data'];

/**
 * Settles a second payment of a month, all by one append. Given again by the same case, even after a year's closing, it
 * changes nothing. Throws `conflict-unknown`, `conflict-not-open`, `account-merged`; and what a reversal is refused for.
 */
export async function settleConflict(
  store: EventStore,
  { personId, conflictId, outcome, settledOn }: SettleConflictBody,
  context: CommandContext,
): Promise<CommandResult> {
  for await (const { type, metadata, revision, position } of store.readBackwards<AccountEvent>(account, personId)) {
    if (type !== 'CreditConflictSettled' || metadata.commandId !== context.commandId) continue;
    return { stream: streamOf(account, personId), revision, position, events: [] };
  }
  const found = await findConflict(store, personId, conflictId);
  if (found === undefined) throw conflictUnknown(conflictId);
  if (outcome === 'replaced' && found.base === undefined) throw baseUnknown(conflictId);
  const conflict = await creditable(store, { ...found, personId });
  const standing = outcome === 'replaced' ? await standingCredit(store, personId, found.month) : undefined;
  const command = { type: 'SettleConflict', conflict, outcome, settledOn, standing } as const;
  return store.execute(account, personId, command, context);
}

/** The conflict, in this account or in one that was merged into it. */
async function findConflict(store: EventStore, personId: string, conflictId: string): Promise<Found | undefined> {
  const merged: string[] = [];
  for await (const { type, data } of store.readBackwards<AccountEvent>(account, personId)) {
    if (type === 'CreditConflictFound' && (data as Found).creditId === conflictId) return data as Found;
    if (type === 'AccountMergedFrom') merged.push((data as { merged: string }).merged);
  }
  for (const each of merged) {
    const found = await findConflict(store, each, conflictId);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As it would be credited: from its day, or from the first one of the year that is open since. */
async function creditable(store: EventStore, { settledOn, base, ...found }: Found): Promise<Credit> {
  const { closedYear } = (await store.load(account, found.personId)).state;
  const isClosed = closedYear !== undefined && yearOf(settledOn) <= closedYear;
  return {
    ...found,
    // Written only where it is credited, and then it is known.
    base: Money.of(base ?? '0.00'),
    lines: found.lines.map((line) => ({ ...line, amount: Money.of(line.amount) })),
    accountAmount: Money.of(found.accountAmount),
    creditedOn: isClosed ? businessDate(`${closedYear + 1}-01-01`) : settledOn,
  };
}

function conflictUnknown(conflictId: string): DomainError {
  return new DomainError(
    'conflict-unknown',
    "This person's record has no such conflict.",
    'What is settled is a payment that could not be credited.',
    'Take the id from the conflicts that the statement lists.',
    { conflictId },
  );
}

function baseUnknown(conflictId: string): DomainError {
  return new DomainError(
    'conflict-base-unknown',
    'The conflict was recorded before contribution bases were kept with conflicts, so it cannot be credited.',
    '社会保险法 第74条: contributions are recorded completely and accurately.',
    'Keep the earlier record, and correct the credited month by a case of its own.',
    { conflictId },
  );
}
