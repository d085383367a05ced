import type { BusinessDate } from '@provident/kernel';
import { addDays } from '@provident/kernel';
import type { TreeProgress } from '../tree/tree-store.js';
import type { CHECKPOINT_REASONS } from './events.js';

/** Events that close a period of the books. After the last of a run of them a checkpoint is signed. */
export const PERIOD_CLOSES: ReadonlySet<string> = new Set(['YearClosed']);

/** What the schedule looks at. Times are milliseconds since 1970. */
export interface Moment {
  readonly nowMs: number;
  readonly everyMs: number;
  /** A period counts as closed when no further closing has come for so long. */
  readonly settlesMs: number;
  readonly progress: TreeProgress;
  /** Size of the last checkpoint, 0 where there is none. */
  readonly lastSize: number;
  /** When the last checkpoint was signed; where there is none, when this process began to lead. */
  readonly lastSignedMs: number;
  /** When this process last saw a closing; when it began to lead where it saw none. */
  readonly lastClosingMs: number;
}

/** Whether a checkpoint is due, and why. Supervision's own events alone call for none: else there would never be an end. */
export function dueCheckpoint(moment: Moment): (typeof CHECKPOINT_REASONS)[number] | undefined {
  const { nowMs, progress, lastSize } = moment;
  if (progress.businessSize <= lastSize) return undefined;
  const closed = progress.closingSize > lastSize && nowMs - moment.lastClosingMs >= moment.settlesMs;
  if (closed) return 'period-close';
  return nowMs - moment.lastSignedMs >= moment.everyMs ? 'schedule' : undefined;
}

/** The day to attest: yesterday, once it is over, if the log had a checkpoint by then and it is not attested yet. */
export function dueAttestation(
  today: BusinessDate,
  firstCheckpointOn: BusinessDate | undefined,
  lastAttested: BusinessDate | undefined,
): BusinessDate | undefined {
  const yesterday = addDays(today, -1);
  if (firstCheckpointOn === undefined || firstCheckpointOn > yesterday) return undefined;
  return lastAttested === undefined || lastAttested < yesterday ? yesterday : undefined;
}
