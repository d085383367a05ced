import type { CollectionEvent } from '@provident/collection/events';
import type { EventStore } from '@provident/event-store';
import {
  addMonths,
  causedBy,
  type CommandContext,
  deterministicId,
  DomainError,
  firstDayOf,
  lastDayOf,
  type RecordedEvent,
} from '@provident/kernel';
import type { StaffingEvent } from './events.js';
import { type InsuredCommand, insured } from './insured.js';
import { LIMITS } from './limits.js';

/** A joiner or a leaver, as an accepted declaration or change form has them. */
interface StaffChange {
  readonly personId: string;
  readonly command: Extract<InsuredCommand, { type: 'EnrolDeclared' | 'EndDeclared' }>;
}

/** Carries the changes of one event to the people's enrolments; again, it changes nothing. */
export async function carryOut(
  store: EventStore,
  event: RecordedEvent,
  changes: Iterable<StaffChange> | AsyncIterable<StaffChange>,
): Promise<void> {
  for await (const { personId, command } of changes) {
    const effectiveDate = command.type === 'EnrolDeclared' ? firstDayOf(command.from) : lastDayOf(command.lastMonth);
    const context = causedBy(event.metadata, deterministicId('staff-change', event.id, personId), {
      causationId: event.id,
      actor: 'system:reactions',
      effectiveDate,
    });
    await carryOutFor(store, personId, command, context);
  }
}

/** An identity that was merged meanwhile hands the change on to the one that goes on. */
async function carryOutFor(
  store: EventStore,
  personId: string,
  command: StaffChange['command'],
  context: CommandContext,
  handedOn = 0,
): Promise<void> {
  try {
    await store.execute(insured, personId, command, context);
  } catch (refusal) {
    if (!(refusal instanceof DomainError) || refusal.code !== 'identity-merged') throw refusal;
    if (handedOn >= LIMITS.mergesInARow) throw refusal;
    await carryOutFor(store, String(refusal.details['survivor']), command, context, handedOn + 1);
  }
}

/** The joiners and leavers of a declaration, out of its lines. Lines of a file that was given up do not count. */
export async function* declaredChanges(
  store: EventStore,
  declared: Extract<CollectionEvent, { type: 'ContributionDeclared' }>['data'],
): AsyncGenerator<StaffChange> {
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

export function* formChanges({
  employer,
  month,
  added,
  reduced,
}: Extract<StaffingEvent, { type: 'ChangeFormAccepted' }>['data']): Generator<StaffChange> {
  for (const { personId, schemes } of added) {
    yield { personId, command: { type: 'EnrolDeclared', employer, schemes, from: month } };
  }
  const lastMonth = addMonths(month, -1);
  for (const personId of reduced) yield { personId, command: { type: 'EndDeclared', employer, lastMonth } };
}
