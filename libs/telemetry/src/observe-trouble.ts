import type { Log } from './log.js';

/** Logs a trouble that is tried again, or one that stops what it struck. */
export function logTrouble(log: Log, what: string): (error: unknown, retriedInMs: number | undefined) => void {
  return (error, retriedInMs) => {
    if (retriedInMs === undefined) log.error({ err: error }, `${what} cannot go on`);
    else log.warn({ err: error, retriedInMs }, `${what} tries again`);
  };
}
