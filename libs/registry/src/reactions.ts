import type { CollectionEvent } from '@provident/collection/events';
import type { EventStore, Reaction } from '@provident/event-store';
import { addMonths, causedBy, deterministicId, firstDayOf, lastDayOf, type RecordedEvent } from '@provident/kernel';
import { type InsuredCommand, insured } from './insured.js';

type Declared = Extract<CollectionEvent, { type: 'ContributionDeclared' }>;

/** From the joiners and leavers of an accepted declaration to their enrolments. */
export function registryReactions(store: EventStore): Reaction[] {
  return [
    {
      on: 'ContributionDeclared',
      async react(event) {
        const { data } = event as RecordedEvent<Declared>;
        if (data.joiners === 0 && data.leavers === 0) return;
        for await (const { personId, command } of staffChanges(store, data)) {
          const effectiveDate =
            command.type === 'EnrolDeclared' ? firstDayOf(command.from) : lastDayOf(command.lastMonth);
          const context = causedBy(event.metadata, deterministicId('staff-change', event.id, personId), {
            causationId: event.id,
            actor: 'system:reactions',
            effectiveDate,
          });
          await store.execute(insured, personId, command, context);
        }
      },
    },
  ];
}

type StaffChange = Extract<InsuredCommand, { type: 'EnrolDeclared' | 'EndDeclared' }>;

async function* staffChanges(
  store: EventStore,
  declared: Declared['data'],
): AsyncGenerator<{ personId: string; command: StaffChange }> {
  const { employer, month, fileHash } = declared;
  for await (const event of store.read<CollectionEvent>({ category: 'declaration' }, `${employer}-${month}`)) {
    const data = event.data;
    if (!('fileHash' in data) || data.fileHash !== fileHash) continue;
    if ('lines' in data) {
      for (const { personId, joins } of data.lines) {
        if (joins === undefined) continue;
        yield { personId, command: { type: 'EnrolDeclared', employer, schemes: joins, from: month } };
      }
    }
    if ('people' in data) {
      // A leaver's last month is the one before the declared month (减员).
      const lastMonth = addMonths(month, -1);
      for (const personId of data.people) yield { personId, command: { type: 'EndDeclared', employer, lastMonth } };
    }
  }
}
