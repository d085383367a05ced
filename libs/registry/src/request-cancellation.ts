import type { CollectionEvent } from '@provident/collection/events';
import type { CommandResult, EventStore, StreamView } from '@provident/event-store';
import { type BusinessDate, type CommandContext, deterministicId, DomainError, Money } from '@provident/kernel';
import { employer } from './employer.js';

/** What an employer owes in contributions, as the dues stream has it. */
const owedView: StreamView<Money, CollectionEvent> = {
  category: 'dues',
  initial: Money.zero,
  evolve(owed, { type, data }) {
    if (type === 'DuesAssessed') return owed.plus(Money.sum(data.due.map(({ amount }) => Money.of(amount))));
    if (type !== 'ContributionReceived' && type !== 'HeldReceiptApplied') return owed;
    return owed.minus(Money.sum(data.allocations.map(({ amount }) => Money.of(amount))));
  },
};

/**
 * Asks for the end of a registration. Who owes something is told so at once and nothing is written; who does not is
 * answered by the process of `cancellation.ts`, which decides, also about dues that arise in this very moment.
 */
export async function requestCancellation(
  store: EventStore,
  creditCode: string,
  { requestedOn, reason }: { requestedOn: BusinessDate; reason: string },
  context: CommandContext,
): Promise<CommandResult> {
  const requestId = deterministicId('cancellation', context.commandId);
  const command = { type: 'RequestCancellation', requestId, requestedOn, reason } as const;
  const isNew = employer.decide(command, (await store.load(employer, creditCode)).state).length > 0;
  const { state: owed } = await store.load(owedView, creditCode);
  if (isNew && owed.isPositive) {
    throw new DomainError(
      'employer-owes',
      `The employer owes ${owed.toString()} yuan.`,
      '经办条例 第10条: contributions, late fees and fines are settled before a registration is cancelled.',
      'Pay what is owed, then ask again.',
      { owed: owed.toString() },
    );
  }
  return store.execute(employer, creditCode, command, context);
}
