import type { FaultReport } from './faults.js';

/** What became of a file. `written` is false when faults kept it out: then nothing of it was written. */
export interface FileOutcome {
  readonly written: boolean;
  /** Rows taken in. */
  readonly rows: number;
  readonly faults: FaultReport;
  readonly position: bigint | undefined;
}

/** How a file is to be taken in. */
export interface FileOptions {
  /** Take the good rows although others are faulty; by default one fault keeps the whole file out. */
  readonly acceptGoodRows?: boolean;
  readonly onProgress?: (rows: number) => void;
}
