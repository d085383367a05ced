import type { FaultReport } from './faults.js';

/** What became of a file. `written` is false when faults kept it out or it was only looked at: then nothing of it was written. */
export interface FileOutcome {
  readonly written: boolean;
  /** Rows taken in, or that would be. */
  readonly rows: number;
  readonly faults: FaultReport;
  readonly position: bigint | undefined;
}

/** How a file is to be taken in. */
export interface FileOptions {
  /** Take the good rows although others are faulty; by default one fault keeps the whole file out. */
  readonly acceptGoodRows?: boolean;
  /** Only looks: nothing is written, whatever is found. */
  readonly checkOnly?: boolean;
  readonly onProgress?: (rows: number) => void;
}
