import { type BusinessDate, businessDate, creditCodeCheckCharacter } from '@provident/kernel';
import { Random } from './random.js';

/** How an employer's programs write its files. */
type FileStyle = 'utf-8' | 'gb18030' | 'xlsx';

/** An invented employer of the sample area. */
export interface SampleEmployer {
  readonly creditCode: string;
  /** Starts with 示例 (sample), so that nobody takes it for a real company. */
  readonly name: string;
  readonly riskClass: number;
  readonly registeredOn: BusinessDate;
  /** People in January. */
  readonly size: number;
  readonly style: FileStyle;
}

/** People in January, employer by employer: one large, some middling, many small. */
const SIZES = [
  248, 180, 150, 120, 110, 95, 90, 85, 80, 75, 70, 66, 62, 58, 54, 50, 48, 45, 42, 40, 38, 36, 34, 32, 30, 28, 26, 24,
  22, 20, 18, 16, 14, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 3,
];

/** A trade of each work-injury risk class (人社部发〔2015〕71号), 1 to 8. */
const TRADES = ['软件技术', '百货贸易', '食品加工', '家具制造', '机械制造', '建筑安装', '金属冶炼', '石料开采'];
const PLACES = ['浦江', '苏河', '松涛', '嘉木', '青澜', '崇川', '临港', '汇滨', '静远', '虹东', '宝岭'];
const GB18030 = new Set([2, 10, 17, 30]);
const XLSX = new Set([14, 23, 33, 40]);

export function sampleEmployers(): SampleEmployer[] {
  return SIZES.map((size, index) => {
    const random = new Random(`employer ${index}`);
    const riskClass = (index % 8) + 1;
    const place = PLACES[index % PLACES.length] ?? '';
    return {
      creditCode: creditCode(index),
      name: `示例${place}${TRADES[riskClass - 1] ?? ''}${index % 3 === 0 ? '股份' : ''}有限公司`,
      riskClass,
      registeredOn: businessDate(
        `${random.between(2003, 2023)}-${twoDigits(random.between(1, 12))}-${twoDigits(random.between(1, 28))}`,
      ),
      size,
      style: GB18030.has(index) ? 'gb18030' : XLSX.has(index) ? 'xlsx' : 'utf-8',
    };
  });
}

/**
 * A code that passes every check: registered by the market regulator (9), an enterprise (1), in a district that does not
 * exist (310199), with an organisation code whose own check character (GB 11714) holds.
 */
function creditCode(index: number): string {
  const organisation = `MAX${String(10_000 + index * 37)}`;
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number.parseInt(organisation[at] ?? '', 36), 0);
  const check = 11 - (sum % 11);
  const first17 = `91310199${organisation}${check === 10 ? 'X' : String(check % 11)}`;
  return first17 + creditCodeCheckCharacter(first17);
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
