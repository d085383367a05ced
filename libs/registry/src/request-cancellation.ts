import type { CommandResult, EventStore } from '@provident/event-store';
import { type BusinessDate, type CommandContext, deterministicId, DomainError, type Money } from '@provident/kernel';
import { employer } from './employer.js';

/** What collection answers to the question what an employer owes. */
export interface OwedSums {
  readonly contributions: Money;
  /** Charged and unpaid, and those that nobody has charged yet. */
  readonly lateFees: Money;
  /** The late fees among them that have to be assessed before they can be paid. */
  readonly unassessed: Money;
  readonly fines: Money;
}

/**
 * Asks for the end of a registration. Who owes something is told so at once and nothing is written; who does not is
 * answered by the process of `cancellation.ts`, which decides, also about dues that arise in this very moment.
 */
export async function requestCancellation(
  store: EventStore,
  creditCode: string,
  { requestedOn, reason, owed }: { requestedOn: BusinessDate; reason: string; owed: OwedSums },
  context: CommandContext,
): Promise<CommandResult> {
  const requestId = deterministicId('cancellation', context.commandId);
  const command = { type: 'RequestCancellation', requestId, requestedOn, reason } as const;
  const isNew = employer.decide(command, (await store.load(employer, creditCode)).state).length > 0;
  if (isNew) checkOwesNothing(owed);
  return store.execute(employer, creditCode, command, context);
}

function checkOwesNothing({ contributions, lateFees, unassessed, fines }: OwedSums): void {
  if (![contributions, lateFees, fines].some((sum) => sum.isPositive)) return;
  const details = {
    ...{ contributions: contributions.toString(), lateFees: lateFees.toString() },
    ...{ unassessed: unassessed.toString(), fines: fines.toString() },
  };
  const toAssess = unassessed.isPositive ? ` (${details.unassessed} of it not yet assessed)` : '';
  throw new DomainError(
    'employer-owes',
    `The employer owes ${details.contributions} yuan in contributions, ${details.lateFees} in late fees${toAssess}, ${details.fines} in fines.`,
    '经办条例 第10条: contributions, late fees and fines are settled before a registration is cancelled.',
    unassessed.isPositive
      ? 'Pay the contributions, have the late fees assessed, pay what is charged, then ask again.'
      : 'Pay what is owed, then ask again.',
    details,
  );
}
