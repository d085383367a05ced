import type { Scheme } from '@provident/kernel';
import { type WrittenEncoding, writeCsv, writeXlsx } from '@provident/files/table-writer';
import { schemesText } from '@provident/files/word-rules';
import type { SampleEmployer } from './employers.js';
import type { Sample } from './sample.js';

/** A file of the sample as a table, and how it is written. */
export interface SampleTable {
  /** Relative to the sample's folder. */
  readonly path: string;
  readonly rows: readonly (readonly string[])[];
  readonly as: WrittenEncoding | 'xlsx';
  /** Columns, from 0, that a workbook holds as numbers. */
  readonly numberColumns: readonly number[];
}

const SCHEMES: readonly Scheme[] = ['pension', 'medical', 'unemployment', 'work-injury'];
const FUND_WORDS = {
  'employee-pension': '养老',
  'employee-medical': '医疗',
  unemployment: '失业',
  'work-injury': '工伤',
} as const;
/** Months whose receipts the bank sends in GB18030. */
const GB18030_MONTHS = new Set(['2025-02', '2025-05', '2025-09']);

export function sampleTables(sample: Sample): SampleTable[] {
  return [employersTable(sample), peopleTable(sample), ...declarationTables(sample), ...receiptTables(sample)];
}

/** The bytes of a table. A workbook's bytes differ from run to run (its zip carries the time); its content does not. */
export async function writeTable({ rows, as, numberColumns }: SampleTable): Promise<Buffer> {
  return as === 'xlsx' ? writeXlsx(rows, new Set(numberColumns)) : writeCsv(rows, as);
}

export function declarationPath(employer: SampleEmployer, month: string): string {
  return `declarations/${employer.creditCode}-${month}.${employer.style === 'xlsx' ? 'xlsx' : 'csv'}`;
}

export function receiptsPath(month: string): string {
  return `receipts/${month}.csv`;
}

function employersTable({ employers }: Sample): SampleTable {
  const rows = employers.map(({ creditCode, name, riskClass, registeredOn }) => {
    return [creditCode, name, String(riskClass), registeredOn];
  });
  return csv('employers.csv', ['统一社会信用代码', '单位名称', '工伤风险类别', '登记日期'], rows);
}

function peopleTable({ staff }: Sample): SampleTable {
  const rows = staff.registrations.map(({ person, employer, from }) => {
    return [person.citizenNumber, person.name, employer.creditCode, schemesText(SCHEMES), from];
  });
  return csv('people.csv', ['公民身份号码', '姓名', '单位统一社会信用代码', '险种', '参保起始月份'], rows);
}

/** Every tenth employer's software has English column names and words. */
function declarationTables({ employers, staff }: Sample): SampleTable[] {
  return Array.from(staff.months, ([month, byEmployer]) =>
    employers.map((employer, index): SampleTable => {
      const english = index % 10 === 9;
      const header = english
        ? ['citizen_number', 'name', 'wage', 'schemes', 'change', 'month']
        : ['公民身份号码', '姓名', '月工资', '险种', '变动', '月份'];
      const words = english ? { stay: '', join: 'join', leave: 'leave' } : { stay: '', join: '增员', leave: '减员' };
      const rows = (byEmployer[index] ?? []).map(({ person, change, wage }) => [
        person.citizenNumber,
        person.name,
        wage?.toString() ?? '',
        change === 'join' ? schemesText(SCHEMES) : '',
        words[change],
        month,
      ]);
      const plain = index % 2 === 0 ? 'utf-8-with-mark' : 'utf-8';
      const as = employer.style === 'utf-8' ? plain : employer.style;
      return { path: declarationPath(employer, month), rows: [header, ...rows], as, numberColumns: [2] };
    }),
  ).flat();
}

function receiptTables({ receipts }: Sample): SampleTable[] {
  const header = ['银行流水号', '入账日期', '险种基金', '金额', '付款人', '统一社会信用代码', '摘要'];
  return Array.from(receipts, ([month, ofMonth]) => {
    const rows = ofMonth.map((each) => [
      each.bankReference,
      each.valueDate,
      FUND_WORDS[each.fund],
      each.amount.toString(),
      each.payerName,
      each.creditCode,
      each.purpose,
    ]);
    const table = csv(receiptsPath(month), header, rows);
    return GB18030_MONTHS.has(month) ? { ...table, as: 'gb18030' as const } : table;
  });
}

function csv(path: string, header: readonly string[], rows: readonly (readonly string[])[]): SampleTable {
  return { path, rows: [header, ...rows], as: 'utf-8-with-mark', numberColumns: [] };
}
