import type { InFlight } from './in-flight.js';
import type { Message } from './message.js';

/** Takes back messages that no consumer answered in time. */
export class MessageTimer {
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  /** @param timeoutMs 0 waits for ever */
  constructor(
    private readonly timeoutMs: number,
    private readonly inFlight: InFlight,
    private readonly clock: () => number,
    private readonly onLate: (messages: readonly Message[]) => void,
  ) {}

  /** Call whenever something was delivered. */
  schedule(): void {
    const oldestMs = this.inFlight.oldestMs();
    if (this.timer || this.isStopped || this.timeoutMs === 0 || oldestMs === undefined) return;
    const waitMs = Math.max(1, oldestMs + this.timeoutMs - this.clock());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const late = this.inFlight.takeSentBefore(this.clock() - this.timeoutMs);
      if (late.length > 0) this.onLate(late);
      this.schedule();
    }, waitMs);
    this.timer.unref();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }
}
