import { setTimeout as sleep } from 'node:timers/promises';
import { LIMITS } from './limits.js';

/** Waits that double from one failure to the next, and start anew once something succeeded. */
export class BackOff {
  private nextMs: number = LIMITS.firstRetryMs;

  succeeded(): void {
    this.nextMs = LIMITS.firstRetryMs;
  }

  /** How long to wait after this failure. */
  next(): number {
    const waitMs = this.nextMs;
    this.nextMs = Math.min(waitMs * 2, LIMITS.longestRetryMs);
    return waitMs;
  }
}

/** Waits, or returns at once when the signal ends the waiting. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** Returns when the signal is given; at once if it was. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Whether the signal has been given by now; asked anew behind every wait. */
export function hasEnded(signal: AbortSignal): boolean {
  return signal.aborted;
}
