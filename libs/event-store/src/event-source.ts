import type { RecordedEvent } from '@provident/kernel';

/** Where a reader starts, how far it goes, and how much it takes at once. */
export interface ReadAllOptions {
  /** Log position after which to start; from the beginning when absent. */
  readonly after?: bigint;
  /** Only these event types, chosen by the server; all of Provident's own when absent. */
  readonly types?: readonly string[];
  /** `true` follows the log for ever; `false` ends when everything that there was has been read. */
  readonly live: boolean;
  /** Most events in one batch. A live reader hands out a smaller batch as soon as the log has no more. */
  readonly maxBatch: number;
  /** Ends the reading from outside. */
  readonly signal?: AbortSignal;
}

/** The log as its readers see it: Provident's own events (never the store's system events), in log order, in batches. */
export interface EventSource {
  batches(options: ReadAllOptions): AsyncIterable<readonly RecordedEvent[]>;
}
