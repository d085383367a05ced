import type { AccountEvent } from '@provident/accounts/events';
import { deterministicId, type RecordedEvent } from '@provident/kernel';
import type { Writer } from '@provident/projections';
import type { InsuredEvent } from '@provident/registry/events';
import { rowOf } from './rows.js';
import { conflictFoundTable, conflictMovedTable, conflictSettledTable } from './tables.js';

/** Conflicts, and what became of them. */
export function takeConflictEvent(
  { type, data }: AccountEvent | InsuredEvent,
  event: RecordedEvent,
  sql: Writer,
): void {
  const { position } = event;
  const settled = (conflict_id: string, outcome: string) =>
    sql.append(conflictSettledTable, [position, conflict_id, outcome]);
  switch (type) {
    case 'CreditConflictFound': {
      const { creditId: conflict_id, personId: person_id, employer, month } = data;
      found({ conflict_id, kind: 'credit', person_id, employer, month }, event, sql);
      return;
    }
    case 'CreditConflictSettled':
      settled(data.conflictId, data.outcome);
      return;
    case 'AccountMergedFrom':
      for (const conflict of data.openConflicts ?? []) {
        sql.append(conflictMovedTable, [position, conflict, data.personId]);
      }
      return;
    case 'EnrolmentConflictFound':
      enrolmentFound(data.personId, data, event, sql);
      return;
    case 'EnrolmentConflictSettled':
      settled(enrolmentId(data.personId, data), data.outcome);
      return;
    case 'IdentityAbsorbed':
      for (const each of data.conflicts ?? []) {
        settled(enrolmentId(data.merged, each), 'merged');
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

function enrolmentFound(person_id: string, declared: Declared, event: RecordedEvent, sql: Writer): void {
  const { employer, from: month } = declared;
  found({ conflict_id: enrolmentId(person_id, declared), kind: 'enrolment', person_id, employer, month }, event, sql);
}

function enrolmentId(personId: string, { employer, from }: Declared): string {
  return deterministicId('enrolment-conflict', personId, employer, from);
}

type Conflict = Readonly<Record<'conflict_id' | 'kind' | 'person_id' | 'employer' | 'month', string>>;

function found(conflict: Conflict, { id, position, metadata }: RecordedEvent, sql: Writer): void {
  const { area, effectiveDate } = metadata;
  sql.append(
    conflictFoundTable,
    rowOf(conflictFoundTable, { ...conflict, position, area, found_on: effectiveDate, found_by: id }),
  );
}
