import type { BusinessDate, Month, Scheme } from '@provident/kernel';
import type { Column } from '@provident/files/columns';
import type { FileSource } from '@provident/files/file-bytes';
import type { RowCells, Rule } from '@provident/files/row-cells';
import { citizenNumber, creditCode, name } from '@provident/files/text-rules';
import { openTyped, type ReadOptions, type TypedFile } from '@provident/files/typed-file';
import { date, month, wholeNumber } from '@provident/files/value-rules';
import { schemes } from '@provident/files/word-rules';

/** An employer to be entered in the register. */
export interface EmployerRow {
  readonly line: number;
  readonly creditCode: string;
  readonly name: string;
  /** Work-injury risk class, 1 to 8. */
  readonly riskClass: number;
  readonly registeredOn: BusinessDate;
}

/** A person to be entered in the register and enrolled through an employer. */
export interface PersonRow {
  readonly line: number;
  readonly citizenNumber: string;
  readonly name: string;
  readonly employer: string;
  readonly schemes: readonly Scheme[];
  readonly from: Month;
}

const EMPLOYER_COLUMNS: readonly Column[] = [
  { en: 'credit_code', zh: '统一社会信用代码' },
  { en: 'name', zh: '单位名称' },
  { en: 'risk_class', zh: '工伤风险类别' },
  { en: 'registered_on', zh: '登记日期' },
];

const PERSON_COLUMNS: readonly Column[] = [
  { en: 'citizen_number', zh: '公民身份号码', aliases: ['身份证号', '身份证号码'] },
  { en: 'name', zh: '姓名' },
  { en: 'employer_credit_code', zh: '单位统一社会信用代码' },
  { en: 'schemes', zh: '险种' },
  { en: 'from_month', zh: '参保起始月份' },
];

/** Opens a file of employers; one row per credit code. */
export function openEmployerFile(source: FileSource, options?: ReadOptions): Promise<TypedFile<EmployerRow>> {
  const startReading = () => {
    const lineOf = new Map<string, number>();
    return (cells: RowCells): EmployerRow | undefined => {
      const code = once(cells, 'credit_code', creditCode, lineOf);
      const called = cells.required('name', name);
      const riskClass = cells.required('risk_class', wholeNumber(1, 8));
      const registeredOn = cells.required('registered_on', date);
      if (code === undefined || called === undefined || riskClass === undefined || !registeredOn) return undefined;
      return { line: cells.line, creditCode: code, name: called, riskClass, registeredOn };
    };
  };
  return openTyped(source, { columns: EMPLOYER_COLUMNS, startReading }, options);
}

/** Opens a file of people; one row per citizen number. */
export function openPeopleFile(source: FileSource, options?: ReadOptions): Promise<TypedFile<PersonRow>> {
  const startReading = () => {
    const lineOf = new Map<string, number>();
    return (cells: RowCells): PersonRow | undefined => {
      const number = once(cells, 'citizen_number', citizenNumber, lineOf);
      const called = cells.required('name', name);
      const employer = cells.required('employer_credit_code', creditCode);
      const taken = cells.required('schemes', schemes);
      const from = cells.required('from_month', month);
      if (number === undefined || called === undefined || employer === undefined || !taken || !from) return undefined;
      return { line: cells.line, citizenNumber: number, name: called, employer, schemes: taken, from };
    };
  };
  return openTyped(source, { columns: PERSON_COLUMNS, startReading }, options);
}

/** An identifier that stands in the file once. */
function once(cells: RowCells, field: string, rule: Rule<string>, lineOf: Map<string, number>): string | undefined {
  const value = cells.required(field, rule);
  if (value === undefined) return undefined;
  const earlier = lineOf.get(value);
  if (earlier === undefined) lineOf.set(value, cells.line);
  else cells.fault(field, 'entry-twice', `Row ${earlier} has the same one. Everyone is registered once. Delete a row.`);
  return value;
}
