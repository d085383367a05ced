import { eachConcurrently, type EventStore } from '@provident/event-store';
import { addMonths, type Money, type Month, type Scheme } from '@provident/kernel';
import type { PersonIndex } from '@provident/access/personal/person-index';
import type { DeclarationRow } from './declaration-file.js';
import type { Fault, FaultList, TypedFile } from '@provident/files';
import { declaredStaff } from './declared-staff.js';
import { LIMITS } from './limits.js';
import { insuredView } from './register-views.js';
import { type RowFault, type Verdict, verdictOn } from './row-verdict.js';

/** A person of the payroll as checked against the register. */
export interface PayrollPerson {
  readonly personId: string;
  readonly wage: Money;
  readonly schemes: readonly Scheme[];
  readonly joins: boolean;
}

export interface CheckedPayroll {
  readonly people: readonly PayrollPerson[];
  readonly leavers: readonly string[];
}

export interface PayrollOf {
  /** Tells a person's id from the citizen number in the file. */
  readonly index: PersonIndex;
  readonly employer: string;
  readonly month: Month;
  readonly file: TypedFile<DeclarationRow>;
}

/**
 * Checks each row of a payroll against the register and against last month's declaration: last month's people plus
 * joiners less leavers are this month's (月度变动). Faults go to the list; the payroll holds the good rows.
 */
export async function checkPayroll(
  store: EventStore,
  { index, employer, month, file }: PayrollOf,
  faults: FaultList,
): Promise<CheckedPayroll> {
  const before = await declaredStaff(store, employer, addMonths(month, -1));
  const missing = new Set(before?.keys());
  const people: PayrollPerson[] = [];
  const leavers: string[] = [];
  for await (const chunk of file.chunks(faults)) {
    const verdicts = new Map<DeclarationRow, Verdict>();
    await eachConcurrently(chunk, LIMITS.underWay, async (row) => {
      const personId = index.personIdOf(row.citizenNumber);
      missing.delete(personId);
      const declared = before?.get(personId);
      // Whom last month's declaration explains need not be looked up.
      if (declared !== undefined && row.change !== 'join') verdicts.set(row, { schemes: declared });
      else {
        const { state } = await store.load(insuredView, personId);
        verdicts.set(row, verdictOn(row, state, { employer, month, wasDeclared: declared !== undefined }));
      }
    });
    // In the order of the file, whatever came back from the register first.
    for (const row of chunk) {
      const verdict = verdicts.get(row) as Verdict;
      const personId = index.personIdOf(row.citizenNumber);
      if ('code' in verdict) faults.add(faultOf(row, verdict, file));
      else if (row.change === 'leave') leavers.push(personId);
      else people.push({ personId, wage: row.wage, schemes: verdict.schemes, joins: row.change === 'join' });
    }
  }
  for (const personId of missing) {
    const { name } = (await store.load(insuredView, personId)).state;
    const reason = `${name ?? 'A person'} was declared last month and is neither in this file nor a leaver. Last month's people plus joiners less leavers are this month's. Add the row, or report 减员.`;
    faults.add({ line: 0, value: '', code: 'person-missing', reason });
  }
  return { people, leavers };
}

function faultOf(row: DeclarationRow, { code, reason, column }: RowFault, file: PayrollOf['file']): Fault {
  const place = file.places.get(column);
  const value = column === 'name' ? row.name : row.citizenNumber;
  return { line: row.line, ...(place === undefined ? {} : { column: place }), value, code, reason };
}
