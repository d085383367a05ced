import { citizenCheckCharacter, creditCodeCheckCharacter } from '@provident/kernel';

/** An employer's credit code and a person's citizen number that are nobody's, with right check characters. */
export function creditCode(place: number): string {
  const first17 = `91310199MAX9${String(place).padStart(5, '0')}`;
  return first17 + creditCodeCheckCharacter(first17);
}

export function citizenNumber(place: number): string {
  const first17 = `31019919900101${String(place).padStart(3, '0')}`;
  return first17 + citizenCheckCharacter(first17);
}

export const personName = (place: number): string =>
  `王${'甲乙丙丁戊己庚辛壬癸'[place % 10] ?? ''}${'一二三四五六七八九十'[Math.floor(place / 10) % 10] ?? ''}`;

const DECLARATION_HEADER = ['公民身份号码', '姓名', '月工资', '险种', '变动', '月份'];
const RECEIPT_HEADER = ['银行流水号', '入账日期', '险种基金', '金额', '付款人', '统一社会信用代码', '摘要'];
export const ALL_SCHEMES = '养老、医疗、失业、工伤';

/** Cells in the order of the file's columns; those left out are blank. */
export type Cells = readonly string[];

export function declarationCsv(rows: Iterable<Cells>): Buffer {
  return csv(DECLARATION_HEADER, rows);
}

export function receiptsCsv(rows: Iterable<Cells>): Buffer {
  const lines = [...rows];
  // What a receipt is for is a column that may be missing.
  const isNamed = lines.some((cells) => cells.length > RECEIPT_HEADER.length);
  return csv(isNamed ? [...RECEIPT_HEADER, '款项性质'] : RECEIPT_HEADER, lines);
}

export function employersCsv(places: readonly number[]): Buffer {
  const rows = places.map((place) => [creditCode(place), `示例${place}号单位`, String((place % 8) + 1), '2020-01-01']);
  return csv(['统一社会信用代码', '单位名称', '工伤风险类别', '登记日期'], rows);
}

/** Every person enrolled in all schemes through an employer, from a month on. */
export function peopleCsv(people: readonly { place: number; employer: number }[], from: string): Buffer {
  const rows = people.map(({ place, employer }) => [
    ...[citizenNumber(place), personName(place), creditCode(employer)],
    ...[ALL_SCHEMES, from],
  ]);
  return csv(['公民身份号码', '姓名', '单位统一社会信用代码', '险种', '参保起始月份'], rows);
}

/** As an employer's program might write it: what looks like a formula is not defused, as our own writer would. */
function csv(header: Cells, rows: Iterable<Cells>): Buffer {
  const lines = [header, ...rows].map((row) => header.map((_, column) => quoted(row[column] ?? '')).join(','));
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8');
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
