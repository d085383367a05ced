import type { Log } from './log.js';
import { asError, errorFields } from './redact.js';
import { nowMs } from './tracing.js';

/** Silence, behind the moment when it is tried again, that means that a trouble is over. */
const OVER_AFTER_MS = 10_000;

/** The latest trouble of a part that tries again by itself, for its log and its readiness. */
export class Trouble {
  private latest: { readonly error: Error; readonly untilMs: number } | undefined;

  constructor(
    private readonly log: Log,
    private readonly what: string,
  ) {}

  /** A trouble that is tried again after so many milliseconds, or one that stops what it struck. */
  tell(thrown: unknown, retriedInMs: number | undefined): void {
    const error = asError(thrown);
    if (retriedInMs === undefined) {
      this.latest = { error, untilMs: Number.POSITIVE_INFINITY };
      this.log.error({ err: error }, `${this.what} cannot go on`);
      return;
    }
    this.latest = { error, untilMs: nowMs() + retriedInMs + OVER_AFTER_MS };
    // Without the stack: the same few lines come until it is over.
    const { type, code, message } = errorFields(error);
    this.log.warn({ reason: message, type, code, retriedInMs }, `${this.what} tries again`);
  }

  /** What had been in trouble has worked. */
  over(): void {
    if (this.latest?.untilMs !== Number.POSITIVE_INFINITY) this.latest = undefined;
  }

  /** Throws the trouble, while it lasts. */
  check(): void {
    if (this.latest !== undefined && nowMs() < this.latest.untilMs) throw this.latest.error;
  }
}
