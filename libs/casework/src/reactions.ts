import type { PersonErasure } from '@provident/access/personal/person-erasure';
import type { EventStore, Reaction } from '@provident/event-store';
import type { RecordedEvent } from '@provident/kernel';
import { type CarryOuts, carryOutApproved } from './carry-out.js';
import { keyLinks } from './key-links.js';

type Approval = Parameters<typeof carryOutApproved>[2];

/** From an approval to what was approved; from what tells of a person to its place among what is erased with the person. */
export function caseworkReactions(
  store: EventStore,
  carryOuts: CarryOuts,
  erasure: Pick<PersonErasure, 'link'>,
): Reaction[] {
  const approvals = ['CaseApproved', 'CaseApprovedInEmergency', 'CaseCarryOutRetried'].map((on) => ({
    on,
    react: (event: RecordedEvent) => carryOutApproved(store, carryOuts, event as Approval),
  }));
  return [...approvals, ...keyLinks(erasure)];
}
