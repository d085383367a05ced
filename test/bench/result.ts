import { table } from '@provident/terminal';

/** One line of the report: ours beside its yardstick, measured in the same run. */
export interface Measurement {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly yardstick: number;
  readonly yardstickName: string;
  /** Ours divided by the yardstick. */
  readonly ratio: number;
  /** What the first aim is, in words. */
  readonly aim: string;
}

export function measurement(line: Omit<Measurement, 'ratio'>): Measurement {
  return { ...line, ratio: line.ours / line.yardstick };
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value that `percent` of the values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

export function reportText(lines: readonly Measurement[]): string {
  const digits = (value: number): string => (value >= 100 ? Math.round(value).toString() : value.toPrecision(3));
  const rows = lines.map((line) => [
    line.name,
    digits(line.ours),
    digits(line.yardstick),
    line.unit,
    line.ratio.toPrecision(3),
    line.yardstickName,
    line.aim,
  ]);
  const right = 'right' as const;
  const columns = [
    { title: 'measurement' },
    { title: 'ours', align: right },
    { title: 'yardstick', align: right },
    { title: 'unit' },
    { title: 'ratio', align: right },
    { title: 'yardstick is' },
    { title: 'first aim' },
  ];
  return table(columns, rows);
}
