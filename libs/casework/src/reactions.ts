import type { EventStore, Reaction } from '@provident/event-store';
import type { RecordedEvent } from '@provident/kernel';
import { type CarryOuts, carryOutApproved } from './carry-out.js';

type Approval = Parameters<typeof carryOutApproved>[2];

/** From an approval to what was approved. */
export function caseworkReactions(store: EventStore, carryOuts: CarryOuts): Reaction[] {
  return ['CaseApproved', 'CaseApprovedInEmergency', 'CaseCarryOutRetried'].map((on) => ({
    on,
    react: (event: RecordedEvent) => carryOutApproved(store, carryOuts, event as Approval),
  }));
}
