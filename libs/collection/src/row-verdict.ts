import { addMonths, type Month, type Scheme } from '@provident/kernel';
import type { DeclarationRow } from './declaration-file.js';
import { enrolmentElsewhere, type InsuredFacts, schemesIn } from './register-views.js';

/** What the register says of a row: in which schemes the person is declared, or why the row cannot be taken. */
export type Verdict = { readonly schemes: readonly Scheme[] } | RowFault;

export interface RowFault {
  readonly code: string;
  readonly reason: string;
  readonly column: 'citizen_number' | 'name';
}

/** Where a row stands. */
export interface RowPlace {
  readonly employer: string;
  readonly month: Month;
  /** The person was declared last month. */
  readonly wasDeclared: boolean;
}

/** Pure: judges someone whom last month's declaration does not explain by itself. */
export function verdictOn(
  row: DeclarationRow,
  person: InsuredFacts,
  { employer, month, wasDeclared }: RowPlace,
): Verdict {
  if (person.mergedInto !== undefined) {
    const reason = `This identity was merged into another, ${person.mergedInto}. Use the surviving citizen number.`;
    return fault('identity-merged', reason);
  }
  if (row.change === 'leave') {
    const schemes = schemesIn(person, employer, addMonths(month, -1));
    if (wasDeclared || schemes.length > 0) return { schemes };
    return fault(
      'not-enrolled',
      'The person was not enrolled through this employer last month, so cannot leave it now. Delete the row.',
    );
  }
  if (person.name === undefined) {
    return fault('person-unknown', 'The person is not registered (社会保险法 第58条). Register the person first.');
  }
  if (person.name !== row.name) {
    const reason = 'The register has another name for this citizen number. Check name and number.';
    return fault('name-differs', reason, 'name');
  }
  const enrolled = schemesIn(person, employer, month);
  if (row.change === 'stay') {
    if (enrolled.length > 0) return { schemes: enrolled };
    return fault(
      'not-enrolled',
      `The person is not enrolled through this employer in ${month}. If the person joins this month, write 增员 and the schemes.`,
    );
  }
  if (wasDeclared) {
    const reason = 'The person was declared last month, so does not join now. Leave the change blank.';
    return fault('already-enrolled', reason);
  }
  const schemes = row.schemes ?? [];
  const elsewhere = enrolmentElsewhere(person, employer, schemes, month);
  if (elsewhere === undefined) return { schemes };
  return fault(
    'enrolled-elsewhere',
    `Another employer has the person enrolled since ${elsewhere.from}. One participation per scheme at a time: the other employer reports 减员 first.`,
  );
}

function fault(code: string, reason: string, column: RowFault['column'] = 'citizen_number'): RowFault {
  return { code, reason, column };
}
