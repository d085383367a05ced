import type { CollectionEvent } from '@provident/collection/events';
import type { EventStore, Reaction } from '@provident/event-store';
import { causedBy, type CommandContext, deterministicId, type RecordedEvent } from '@provident/kernel';
import { employer } from './employer.js';
import { administratorReactions } from './administrators/access-reactions.js';
import { type Erasure, erasureReactions } from './erase-keys.js';
import { completeMerge } from './merge-identities.js';
import { carryOut, declaredChanges, formChanges } from './staff-changes.js';
import type { InsuredEvent, StaffingEvent } from './events.js';

type Declared = Extract<CollectionEvent, { type: 'ContributionDeclared' }>;
type Closed = Extract<CollectionEvent, { type: 'DuesClosed' }>;
type FoundOpen = Extract<CollectionEvent, { type: 'DuesFoundOpen' }>;
type Reopened = Extract<CollectionEvent, { type: 'DuesReopened' }>;
type Merged = Extract<InsuredEvent, { type: 'IdentityMerged' }>;
type Accepted = Extract<StaffingEvent, { type: 'ChangeFormAccepted' }>;

/**
 * From the joiners and leavers of an accepted declaration or change form to their enrolments; from what collection finds
 * owed to the cancellation of a registration; from a merged identity to the one that goes on; from an employer's
 * administrators to their rights; from an erasure to the keys.
 */
export function registryReactions(store: EventStore, erasure: Erasure): Reaction[] {
  return [
    ...erasureReactions(erasure),
    {
      on: 'ContributionDeclared',
      async react(event) {
        const { data } = event as RecordedEvent<Declared>;
        if (data.joiners === 0 && data.leavers === 0) return;
        await carryOut(store, event, declaredChanges(store, data));
      },
    },
    {
      on: 'ChangeFormAccepted',
      react: (event) => carryOut(store, event, formChanges((event as RecordedEvent<Accepted>).data)),
    },
    {
      on: 'DuesClosed',
      async react(event) {
        const { employer: creditCode, requestId, closedOn: on } = (event as RecordedEvent<Closed>).data;
        const command = { type: 'ConcludeCancellation', requestId, owed: [], on } as const;
        await store.execute(employer, creditCode, command, contextOf(event));
      },
    },
    {
      on: 'DuesFoundOpen',
      async react(event) {
        const { employer: creditCode, requestId, owed, foundOn: on } = (event as RecordedEvent<FoundOpen>).data;
        const command = { type: 'ConcludeCancellation', requestId, owed, on } as const;
        await store.execute(employer, creditCode, command, contextOf(event));
      },
    },
    {
      on: 'DuesReopened',
      async react(event) {
        const { employer: creditCode, requestId, owed, reopenedOn: on } = (event as RecordedEvent<Reopened>).data;
        await store.execute(employer, creditCode, { type: 'ReopenAfterDues', requestId, owed, on }, contextOf(event));
      },
    },
    {
      on: 'IdentityMerged',
      react: (event) => completeMerge(store, event as RecordedEvent<Merged>, contextOf(event)),
    },
    ...administratorReactions(store),
  ];
}

/** The context of a command that an event causes: the same event always causes the same command. */
function contextOf(event: RecordedEvent): CommandContext {
  const commandId = deterministicId('registry-reaction', event.id);
  return causedBy(event.metadata, commandId, { causationId: event.id, actor: 'system:reactions' });
}
