import { type CommandResult, type EventStore, streamOf } from '@provident/event-store';
import type { CommandContext } from '@provident/kernel';
import { account, type Dispute } from './account.js';
import type { AccountEvent } from './events.js';

/** Writes an upheld objection into the account, once: given again, even after a year's closing, it changes nothing. */
export async function upholdDispute(
  store: EventStore,
  dispute: Dispute,
  context: CommandContext,
): Promise<CommandResult> {
  const { personId, disputeId } = dispute;
  for await (const { type, data, revision, position } of store.readBackwards<AccountEvent>(account, personId)) {
    if (type !== 'RecordDisputeUpheld' || (data as Dispute).disputeId !== disputeId) continue;
    return { stream: streamOf(account, personId), revision, position, events: [] };
  }
  return store.execute(account, personId, { type: 'UpholdDispute', dispute }, context);
}
