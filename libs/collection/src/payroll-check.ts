import { eachConcurrently, type EventStore } from '@provident/event-store';
import { addMonths, type Money, type Month, type Scheme } from '@provident/kernel';
import type { DeclarationRow } from './declaration-file.js';
import type { FaultList } from '@provident/files/faults';
import type { TypedFile } from '@provident/files/typed-file';
import { declaredStaff } from './declared-staff.js';
import { LIMITS } from './limits.js';
import { enrolmentElsewhere, insuredView, schemesIn } from './register-views.js';

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
  readonly employer: string;
  readonly month: Month;
  readonly file: TypedFile<DeclarationRow>;
  readonly personIdOf: (citizenNumber: string) => string;
}

/**
 * Checks each row of a payroll against the register and against last month's declaration: last month's people plus
 * joiners less leavers are this month's (月度变动). Faults go to the list; the payroll holds the good rows.
 */
export async function checkPayroll(
  store: EventStore,
  { employer, month, file, personIdOf }: PayrollOf,
  faults: FaultList,
): Promise<CheckedPayroll> {
  const before = await declaredStaff(store, employer, addMonths(month, -1));
  const missing = new Set(before?.keys());
  const people: PayrollPerson[] = [];
  const leavers: string[] = [];
  for await (const chunk of file.chunks(faults)) {
    const checked = new Map<DeclarationRow, PayrollPerson | undefined>();
    await eachConcurrently(chunk, LIMITS.underWay, async (row) => {
      const personId = personIdOf(row.citizenNumber);
      missing.delete(personId);
      const declared = before?.get(personId);
      if (row.change === 'leave') {
        if (declared === undefined) await checkLeaver(row, personId);
        return;
      }
      const schemes = row.change === 'stay' && declared !== undefined ? declared : await registered(row, personId);
      if (schemes !== undefined) checked.set(row, { personId, wage: row.wage, schemes, joins: row.change === 'join' });
    });
    // In the order of the file, whatever came back from the register first.
    for (const row of chunk) {
      const person = checked.get(row);
      if (person !== undefined) people.push(person);
      else if (row.change === 'leave') leavers.push(personIdOf(row.citizenNumber));
    }
  }
  for (const personId of missing) {
    const { name } = (await store.load(insuredView, personId)).state;
    const reason = `${name ?? 'A person'} was declared last month and is neither in this file nor a leaver. Last month's people plus joiners less leavers are this month's. Add the row, or report 减员.`;
    faults.add({ line: 0, value: '', code: 'person-missing', reason });
  }
  return { people, leavers };

  async function checkLeaver(row: DeclarationRow, personId: string): Promise<void> {
    const { state } = await store.load(insuredView, personId);
    if (schemesIn(state, employer, addMonths(month, -1)).length > 0) return;
    fault(
      row,
      'not-enrolled',
      'The person was not enrolled through this employer last month, so cannot leave it now. Delete the row.',
    );
  }

  /** The schemes of someone whom last month's declaration does not have, or `undefined` after a fault. */
  async function registered(
    row: Exclude<DeclarationRow, { change: 'leave' }>,
    personId: string,
  ): Promise<readonly Scheme[] | undefined> {
    const { state: person } = await store.load(insuredView, personId);
    if (person.name === undefined) {
      fault(row, 'person-unknown', 'The person is not registered (社会保险法 第58条). Register the person first.');
      return;
    }
    if (person.name !== row.name) {
      fault(
        row,
        'name-differs',
        'The register has another name for this citizen number. Check name and number.',
        'name',
      );
      return;
    }
    const enrolled = schemesIn(person, employer, month);
    if (row.change === 'stay') {
      if (enrolled.length > 0) return enrolled;
      fault(
        row,
        'not-enrolled',
        `The person is not enrolled through this employer in ${month}. If the person joins this month, write 增员 and the schemes.`,
      );
      return;
    }
    const schemes = row.schemes ?? [];
    if (enrolled.length > 0 && before?.has(personId) === true) {
      fault(
        row,
        'already-enrolled',
        'The person was declared last month, so does not join now. Leave the change blank.',
      );
      return;
    }
    const elsewhere = enrolmentElsewhere(person, employer, schemes, month);
    if (elsewhere === undefined) return schemes;
    fault(
      row,
      'enrolled-elsewhere',
      `Another employer has the person enrolled since ${elsewhere.from}. One participation per scheme at a time: the other employer reports 减员 first.`,
    );
  }

  function fault(row: DeclarationRow, code: string, reason: string, column = 'citizen_number'): undefined {
    const place = file.places.get(column);
    const value = column === 'name' ? row.name : row.citizenNumber;
    faults.add({ line: row.line, ...(place === undefined ? {} : { column: place }), value, code, reason });
    return undefined;
  }
}
