import type { AccountEvent } from '@provident/accounts/events';
import { deterministicId, type RecordedEvent } from '@provident/kernel';
import type { Writer } from '@provident/projections';
import type { InsuredEvent } from '@provident/registry/events';
import { rowOf } from './rows.js';
import { conflictTable } from './tables.js';

/**
 * Conflicts and what became of them. One of a merged identity may be found in one stream and settled in another: each writes
 * columns of its own, so either may come first.
 */
export function takeConflictEvent(
  { type, data }: AccountEvent | InsuredEvent,
  event: RecordedEvent,
  sql: Writer,
): void {
  const settled = { settled_position: event.position };
  switch (type) {
    case 'CreditConflictFound': {
      const { creditId, personId, employer, month } = data;
      const of = { conflict_id: creditId, kind: 'credit', person_id: personId, employer, month };
      sql.merge(conflictTable, rowOf(conflictTable, { ...of, ...foundBy(event) }));
      return;
    }
    case 'CreditConflictSettled': {
      const row = { conflict_id: data.conflictId, outcome: data.outcome, ...settled };
      sql.merge(conflictTable, rowOf(conflictTable, row));
      return;
    }
    case 'AccountMergedFrom':
      // Whoever settles it does so under the survivor.
      for (const conflict_id of data.openConflicts ?? []) {
        sql.merge(conflictTable, rowOf(conflictTable, { conflict_id, person_id: data.personId }));
      }
      return;
    case 'EnrolmentConflictFound':
      enrolmentFound(data.personId, data, event, sql);
      return;
    case 'EnrolmentConflictSettled': {
      const row = { conflict_id: enrolmentId(data.personId, data), outcome: data.outcome, ...settled };
      sql.merge(conflictTable, rowOf(conflictTable, row));
      return;
    }
    case 'IdentityAbsorbed':
      for (const each of data.conflicts ?? []) {
        const left = { conflict_id: enrolmentId(data.merged, each), outcome: 'merged', ...settled };
        sql.merge(conflictTable, rowOf(conflictTable, left));
        enrolmentFound(data.personId, each, event, sql);
      }
      return;
    default:
      return;
  }
}

interface Declared {
  readonly employer: string;
  readonly from: string;
}

function enrolmentFound(personId: string, declared: Declared, event: RecordedEvent, sql: Writer): void {
  const { employer, from: month } = declared;
  const of = { conflict_id: enrolmentId(personId, declared), kind: 'enrolment', person_id: personId, employer, month };
  sql.merge(conflictTable, rowOf(conflictTable, { ...of, ...foundBy(event) }));
}

function enrolmentId(personId: string, { employer, from }: Declared): string {
  return deterministicId('enrolment-conflict', personId, employer, from);
}

function foundBy({ id, position, metadata }: RecordedEvent) {
  return { area: metadata.area, found_on: metadata.effectiveDate, found_by: id, found_position: position };
}
