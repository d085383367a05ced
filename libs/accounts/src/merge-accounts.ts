import type { EventStore } from '@provident/event-store';
import {
  causedBy,
  type CommandContext,
  deterministicId,
  DomainError,
  type RecordedEvent,
  yearOf,
} from '@provident/kernel';
import { type PolicyInForce, recordRate } from '@provident/policy';
import type { InsuredEvent } from '@provident/registry/events';
import { account, type AccountState } from './account.js';
import { wholeRecord } from './credit-on-record.js';
import { LIMITS } from './limits.js';

type Absorbed = Extract<InsuredEvent, { type: 'IdentityAbsorbed' }>;

/**
 * Brings the account of a merged identity into the survivor's: it ends, and what is in it goes over. A survivor that was
 * itself merged meanwhile hands it on. Again, or after a crash in between, it makes good what is missing and nothing twice.
 */
export async function mergeAccounts(
  store: EventStore,
  policy: PolicyInForce,
  event: RecordedEvent<Absorbed>,
): Promise<void> {
  const { mergeId, personId: survivor, merged, mergedOn } = event.data;
  const contextOf = (name: string): CommandContext =>
    causedBy(event.metadata, deterministicId(name, mergeId), {
      ...{ causationId: event.id, actor: 'system:reactions', effectiveDate: mergedOn },
    });
  const ending = { type: 'MergeInto', mergeId, personId: merged, survivor, mergedOn } as const;
  await store.execute(account, merged, ending, contextOf('account-merged-into'));
  for (
    let [personId, looksLeft]: [string, number] = [survivor, LIMITS.mergeLooks + LIMITS.mergesInARow];
    ;
    looksLeft -= 1
  ) {
    await closeUpTo(store, policy, event, personId);
    const { state: content } = await store.load(account, merged);
    const whole = await wholeRecord(store, merged);
    const command = { type: 'AbsorbAccount', mergeId, personId, merged, mergedOn, content, ...whole } as const;
    try {
      await store.execute(account, personId, command, contextOf('account-merged-from'));
      return;
    } catch (refusal) {
      if (!(refusal instanceof DomainError) || looksLeft === 0) throw refusal;
      if (refusal.code === 'account-merged') personId = String(refusal.details['survivor']);
      // The survivor's year was closed between the look at it and the taking over.
      else if (refusal.code !== 'account-years-apart') throw refusal;
    }
  }
}

/** Closes the merged account's years that the survivor has closed, by the rates of those years. */
async function closeUpTo(
  store: EventStore,
  policy: PolicyInForce,
  { data: { mergeId, merged }, metadata }: RecordedEvent<Absorbed>,
  survivor: string,
): Promise<void> {
  const { closedYear } = (await store.load(account, survivor)).state;
  if (closedYear === undefined) return;
  const { state } = await store.load(account, merged);
  for (let year = firstOpenYear(state); year <= closedYear; year += 1) {
    const { rate, reference: parameter } = recordRate(policy.book, metadata.area, year);
    await store.execute(
      account,
      merged,
      { type: 'CloseYear', personId: merged, year, rate, parameter, mergeId },
      causedBy(metadata, deterministicId('close-merged-year', mergeId, String(year)), { actor: 'system:reactions' }),
    );
  }
}

/** Infinity where the account has nothing to close. */
function firstOpenYear({ closedYear, openCredits }: AccountState): number {
  if (closedYear !== undefined) return closedYear + 1;
  return Math.min(...openCredits.map(({ creditedOn }) => yearOf(creditedOn)));
}
