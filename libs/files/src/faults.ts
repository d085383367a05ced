import type { ColumnPlace } from './columns.js';

/** What is wrong with one cell, or with a whole row when there is no column. */
export interface Fault {
  /** Row number as a spreadsheet program shows it. */
  readonly line: number;
  readonly column?: ColumnPlace;
  /** What stands there, shortened; citizen numbers show their first six and last four characters only. */
  readonly value: string;
  /** Stable and machine-readable. */
  readonly code: string;
  /** What is wrong, the rule, and what to do: for the person who made the file. */
  readonly reason: string;
}

export interface FaultReport {
  readonly total: number;
  /** The first faults, in the order of the file. */
  readonly faults: readonly Fault[];
  /** How many more there are: `total` less those in full. */
  readonly notShown: number;
  readonly byCode: Readonly<Record<string, number>>;
}

/** Collects the faults of a file: counts all, keeps the first ones in full, so that memory stays bounded. */
export class FaultList {
  private readonly kept: Fault[] = [];
  private readonly counts = new Map<string, number>();
  private count = 0;

  constructor(private readonly inFull: number) {}

  get total(): number {
    return this.count;
  }

  add(fault: Fault): void {
    this.count += 1;
    this.counts.set(fault.code, (this.counts.get(fault.code) ?? 0) + 1);
    if (this.kept.length < this.inFull) this.kept.push({ ...fault, value: shownValue(fault.value, fault.column) });
  }

  report(): FaultReport {
    return {
      total: this.count,
      faults: [...this.kept],
      notShown: this.count - this.kept.length,
      byCode: Object.fromEntries(this.counts),
    };
  }
}

const SHOWN_CHARACTERS = 40;

/** The value as it may stand in a report: citizen numbers masked wherever they occur, long texts cut. */
function shownValue(value: string, column?: Pick<ColumnPlace, 'name'>): string {
  const masked = column?.name.endsWith('/citizen_number')
    ? maskCitizenNumber(value)
    : column?.name.endsWith('credit_code')
      ? value
      : value.replace(/\d{17}[\dXx]/g, maskCitizenNumber);
  const characters = Array.from(masked);
  return characters.length <= SHOWN_CHARACTERS ? masked : `${characters.slice(0, SHOWN_CHARACTERS - 1).join('')}…`;
}

/** "110105********002X": what identifies the area and helps to find the row, and not the person. */
function maskCitizenNumber(text: string): string {
  const characters = Array.from(text);
  // A shorter text would show more than it hides.
  if (characters.length < 14)
    return `${characters.slice(0, 2).join('')}${'*'.repeat(Math.max(0, characters.length - 2))}`;
  const hidden = '*'.repeat(characters.length - 10);
  return `${characters.slice(0, 6).join('')}${hidden}${characters.slice(-4).join('')}`;
}
