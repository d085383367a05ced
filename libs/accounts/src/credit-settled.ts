import type { EventStore } from '@provident/event-store';
import {
  type BusinessDate,
  businessDate,
  causedBy,
  type CommandContext,
  deterministicId,
  DomainError,
  type RecordedEvent,
} from '@provident/kernel';
import { account, type Credit } from './account.js';
import { findCredit } from './credit-on-record.js';
import { LIMITS } from './limits.js';

/**
 * Credits one person's paid month; to the survivor when the account was merged into another one. Money that has come cannot be refused: when the year is closed already, the credit
 * counts from the first day of the next one; when the month is on record already, a conflict is recorded for a clerk.
 */
export async function creditSettled(
  store: EventStore,
  credit: Credit,
  settled: RecordedEvent,
  handedOn = 0,
): Promise<void> {
  const { personId, creditId, creditedOn } = credit;
  try {
    const command = { type: 'CreditContribution', ...credit } as const;
    await store.execute(account, personId, command, contextOf(settled, creditedOn, creditId), { mostlyNew: true });
  } catch (refusal) {
    if (!(refusal instanceof DomainError)) throw refusal;
    // A repeated reaction may find its own credit behind a closing, where the account no longer knows its id.
    if ((await findCredit(store, personId, creditId)) !== undefined) return;
    if (refusal.code === 'account-year-closed') {
      const nextYear = businessDate(`${Number(refusal.details['closedYear']) + 1}-01-01`);
      return creditSettled(store, { ...credit, creditedOn: nextYear }, settled, handedOn);
    }
    if (refusal.code === 'account-merged' && handedOn < LIMITS.mergesInARow) {
      const survivor = String(refusal.details['survivor']);
      return creditSettled(store, { ...credit, personId: survivor }, settled, handedOn + 1);
    }
    if (refusal.code !== 'month-already-credited') throw refusal;
    await store.execute(
      account,
      personId,
      { type: 'RecordConflict', credit, reason: refusal.message },
      contextOf(settled, creditedOn, creditId, 'conflict'),
    );
  }
}

function contextOf(settled: RecordedEvent, effectiveDate: BusinessDate, ...parts: string[]): CommandContext {
  return causedBy(settled.metadata, deterministicId('credit', ...parts), {
    causationId: settled.id,
    actor: 'system:reactions',
    effectiveDate,
  });
}
