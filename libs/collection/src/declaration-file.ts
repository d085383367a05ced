import type { Money, Month, Scheme } from '@provident/kernel';
import type { Column } from '@provident/files/columns';
import type { FileSource } from '@provident/files/file-bytes';
import type { RowCells } from '@provident/files/row-cells';
import { citizenNumber, name } from '@provident/files/text-rules';
import { openTyped, type ReadOptions, type TypedFile } from '@provident/files/typed-file';
import { amount, month } from '@provident/files/value-rules';
import { change, schemes } from '@provident/files/word-rules';

/** A person of an employer's monthly declaration. */
export type DeclarationRow =
  | {
      readonly line: number;
      readonly citizenNumber: string;
      readonly name: string;
      /** "join": the declared month is the first with this employer. */
      readonly change: 'stay' | 'join';
      /** As declared, before floor and ceiling. */
      readonly wage: Money;
      /** Blank in the file: as enrolled. A joiner's are always given. */
      readonly schemes: readonly Scheme[] | undefined;
    }
  | {
      readonly line: number;
      readonly citizenNumber: string;
      readonly name: string;
      /** The last month with this employer was the one before the declared month; nothing is due for this one. */
      readonly change: 'leave';
    };

const DECLARATION_COLUMNS: readonly Column[] = [
  { en: 'citizen_number', zh: '公民身份号码', aliases: ['身份证号', '身份证号码'] },
  { en: 'name', zh: '姓名' },
  { en: 'wage', zh: '月工资', aliases: ['月工资(元)', '月工资（元）'] },
  { en: 'schemes', zh: '险种', optional: true },
  { en: 'change', zh: '变动', aliases: ['变动类型'], optional: true },
  { en: 'month', zh: '月份', optional: true },
];

/**
 * Opens an employer's declaration (缴费申报) for a month. Whether a person is known, enrolled and declared already is for
 * the register to say. A person who stands in the file twice is a fault of the second row.
 */
export function openDeclarationFile(
  source: FileSource,
  declaredMonth: Month,
  options?: ReadOptions,
): Promise<TypedFile<DeclarationRow>> {
  const startReading = () => {
    const lineOf = new Map<string, number>();
    return (cells: RowCells) => readRow(cells, declaredMonth, lineOf);
  };
  return openTyped(source, { columns: DECLARATION_COLUMNS, startReading }, options);
}

function readRow(cells: RowCells, declared: Month, lineOf: Map<string, number>): DeclarationRow | undefined {
  const person = { line: cells.line, citizenNumber: citizen(cells, lineOf), name: cells.required('name', name) };
  const changed = cells.isBlank('change') ? 'stay' : cells.optional('change', change);
  const wage = changed === 'leave' ? undefined : cells.required('wage', amount);
  const taken = cells.optional('schemes', schemes);
  if (changed === 'leave') checkLeaver(cells);
  if (changed === 'join' && cells.isBlank('schemes')) {
    cells.fault('schemes', 'joiner-without-schemes', 'A joiner has no enrolment yet. Name the schemes that start.');
  }
  checkMonth(cells, declared);
  const { citizenNumber: number, name: called } = person;
  if (number === undefined || called === undefined) return undefined;
  if (changed === 'leave') return { line: cells.line, citizenNumber: number, name: called, change: 'leave' };
  if (changed === undefined || wage === undefined) return undefined;
  return { line: cells.line, citizenNumber: number, name: called, change: changed, wage, schemes: taken };
}

function citizen(cells: RowCells, lineOf: Map<string, number>): string | undefined {
  const number = cells.required('citizen_number', citizenNumber);
  if (number === undefined) return undefined;
  const earlier = lineOf.get(number);
  if (earlier === undefined) lineOf.set(number, cells.line);
  else {
    const reason = `The person stands in row ${earlier} already. A person has one row in a month. Delete the wrong one.`;
    cells.fault('citizen_number', 'person-twice', reason);
  }
  return number;
}

function checkMonth(cells: RowCells, declared: Month): void {
  const stated = cells.optional('month', month);
  if (stated === undefined || stated === declared) return;
  const reason = `The row is for ${stated}, and ${declared} is being declared. Send every month in a file of its own.`;
  cells.fault('month', 'wrong-month', reason);
}

function checkLeaver(cells: RowCells): void {
  if (cells.isBlank('wage')) return;
  const reason =
    'A leaver (减员) has no contribution for this month, so no wage. Leave the wage blank; ' +
    'if this month still counts, leave the change blank now and declare 减员 next month.';
  cells.fault('wage', 'leaver-with-wage', reason);
}
