import { DomainError } from '@provident/kernel';
import type { Checkpoint } from './checkpoint.js';

interface Waiter {
  readonly position: bigint;
  readonly wake: () => void;
}

const POLL_MS = 50;
/** How long a request with `atLeast=` waits at most. */
const REQUEST_LIMIT_MS = 10_000;

/**
 * Lets a query wait until the read side has seen a position of the log (`atLeast=`), so that a user reads what they have
 * just written. The projector of this process wakes it; while somebody waits it also looks into the database, where the
 * projector may be another process.
 */
export class ReadPosition {
  private seen = -1n;
  private readonly waiters = new Set<Waiter>();
  private polling: NodeJS.Timeout | undefined;

  constructor(private readonly read: () => Promise<Checkpoint>) {}

  /** The position that is known to be applied; it may lag behind the database by a moment. */
  get current(): bigint {
    return this.seen;
  }

  /** The position that is applied, as the database tells it. */
  async applied(): Promise<bigint> {
    const checkpoint = await this.read();
    this.advance(checkpoint);
    return checkpoint.position;
  }

  advance(checkpoint: Checkpoint): void {
    if (checkpoint.position <= this.seen) return;
    this.seen = checkpoint.position;
    for (const waiter of this.waiters) if (waiter.position <= this.seen) waiter.wake();
  }

  /** Returns once the position is applied. Throws `read-position-timeout` after the given time. */
  async waitFor(position: bigint, timeoutMs: number): Promise<void> {
    if (position <= this.seen) return;
    await new Promise<void>((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
        finish();
      };
      const waiter: Waiter = { position, wake: () => settle(resolve) };
      const timer = setTimeout(() => settle(() => reject(timedOut(position, this.seen, timeoutMs))), timeoutMs);
      this.waiters.add(waiter);
      this.poll();
    });
  }

  /** The same for a request's `atLeast=`: its text, checked before to be a position; nothing asked, nothing waited. */
  async waitForText(position: string | undefined, timeoutMs = REQUEST_LIMIT_MS): Promise<void> {
    if (position !== undefined) await this.waitFor(BigInt(position), timeoutMs);
  }

  private poll(): void {
    if (this.polling !== undefined) return;
    const look = async () => {
      await this.read().then(
        (checkpoint) => this.advance(checkpoint),
        () => undefined, // The database is away for a moment; the waiters' own time limits decide.
      );
      this.polling = this.waiters.size === 0 ? undefined : setTimeout(() => void look(), POLL_MS);
    };
    this.polling = setTimeout(() => void look(), 0);
  }
}

function timedOut(position: bigint, seen: bigint, timeoutMs: number): DomainError {
  return new DomainError(
    'read-position-timeout',
    `The read side has not reached position ${position} within ${timeoutMs} ms; it stands at ${seen}.`,
    'A query with atLeast= answers only with what includes that position.',
    'Ask again in a moment, or ask without atLeast= for the figures as they stand.',
    { position: position.toString(), seen: seen.toString() },
  );
}
