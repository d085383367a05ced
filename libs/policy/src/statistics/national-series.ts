import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { dataFolder } from '../book/load-policy.js';

/** How a published national figure was verified. A gap in the series stays a gap. */
export type SeriesStatus = 'confirmed' | 'derived' | 'secondary' | 'not_rechecked';

/** One published national figure. A closing balance need not equal opening plus surplus, even in confirmed rows. */
export interface NationalFigure {
  readonly year: number;
  readonly scheme: string;
  readonly indicator: string;
  /** Decimal text in the unit of the publication. */
  readonly value: string;
  readonly unit: string;
  readonly caliber: string;
  readonly status: SeriesStatus;
  readonly source: string;
}

/** The national series 2010 to 2025, for comparison beside an area's own statistics. */
export function nationalSeries(): readonly NationalFigure[] {
  const rows: Record<string, string>[] = parse(readFileSync(join(dataFolder(), 'tables', 'national-series.csv')), {
    columns: true,
    bom: true,
  });
  return rows.map((row) => ({ ...(row as unknown as NationalFigure), year: Number(row['year']) }));
}
