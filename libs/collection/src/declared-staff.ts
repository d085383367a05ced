import type { EventStore } from '@provident/event-store';
import type { Month, RecordedEvent, Scheme } from '@provident/kernel';
import { declaration, declarationStreamId } from './declaration.js';
import type { DeclarationEvent } from './events.js';

/** Whom an employer declared for a month, and in which schemes; `undefined` when that month is not declared. */
export async function declaredStaff(
  store: EventStore,
  employer: string,
  month: Month,
): Promise<ReadonlyMap<string, readonly Scheme[]> | undefined> {
  const events: RecordedEvent<DeclarationEvent>[] = [];
  for await (const event of store.read<DeclarationEvent>(declaration, declarationStreamId(employer, month))) {
    events.push(event);
  }
  const closing = events.find((event) => event.type === 'ContributionDeclared');
  if (closing === undefined) return undefined;
  const { fileHash, rates } = closing.data as Extract<DeclarationEvent, { type: 'ContributionDeclared' }>['data'];
  const staff = new Map<string, readonly Scheme[]>();
  for (const { data } of events) {
    if (!('lines' in data) || data.fileHash !== fileHash) continue;
    for (const line of data.lines) {
      // A scheme without an amount in any of its lines is one in which the person takes no part.
      const schemes = rates.filter((_, place) => line.amounts[place] !== '0.00').map(({ scheme }) => scheme);
      staff.set(line.personId, [...new Set(schemes)]);
    }
  }
  return staff;
}
