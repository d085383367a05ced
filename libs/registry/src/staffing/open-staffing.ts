import type { CollectionEvent } from '@provident/collection/events';
import type { CommandResult, EventStore } from '@provident/event-store';
import { type CommandContext, DomainError, type Month } from '@provident/kernel';
import { registeredEmployer } from '../standing.js';
import { RULE } from './change-rows.js';
import { staffing } from './staffing.js';

/** Opens with the headcount of the month's declaration; with the one given where the month is not declared. */
export async function openStaffing(
  store: EventStore,
  employer: string,
  { month, headcount: given }: { month: Month; headcount?: number },
  context: CommandContext,
): Promise<CommandResult> {
  await registeredEmployer(store, employer);
  const declared = await declaredHeadcount(store, employer, month);
  const headcount = declared ?? given;
  if (headcount === undefined) {
    throw new DomainError(
      'headcount-missing',
      `The month ${month} is not declared, so its headcount is not known.`,
      RULE,
      'Give the headcount.',
      { month },
    );
  }
  if (given !== undefined && given !== headcount) {
    throw new DomainError(
      'headcount-differs',
      `The declaration of ${month} has ${headcount} people, not ${given}.`,
      RULE,
      'Leave the headcount out, or open with another month.',
      { month, headcount },
    );
  }
  return store.execute(staffing, employer, { type: 'OpenStaffing', employer, month, headcount }, context);
}

async function declaredHeadcount(store: EventStore, employer: string, month: Month): Promise<number | undefined> {
  for await (const { type, data } of store.readBackwards<CollectionEvent>(
    { category: 'declaration' },
    `${employer}-${month}`,
  )) {
    if (type === 'ContributionDeclared') return (data as { headcount: number }).headcount;
  }
  return undefined;
}
