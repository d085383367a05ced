import { asServiceError } from './as-service-error.js';
import { callCancelled } from './service-error.js';
import type { OpenCall, OpenCalls } from './open-calls.js';

/** What is used of a gRPC call that sends a stream. */
interface Call {
  write(message: Buffer, sent: () => void): unknown;
  end(): void;
  getPeer(): string;
  getDeadline(): Date | number;
  emit(event: 'error', error: object): boolean;
  on(event: 'cancelled', listener: () => void): unknown;
}

/** The gRPC server's timer for a deadline may run so much ahead of the clock. */
const TIMER_SLACK_MS = 2;
/** Messages that wait for the client before a sender is told to wait. */
const WAITING_MESSAGES = 16;

/**
 * The sending side of a call: bytes go out in order, and a sender can wait until the client has taken them.
 *
 * At the call's deadline the gRPC server ends it by itself, and fails to if anything is written behind that end. So only
 * one message at a time is in its hands; what waits behind it is dropped when the deadline is there.
 */
export class ResponseStream implements OpenCall {
  private readonly endsAtMs: number;
  private readonly waiting: Buffer[] = [];
  private isSending = false;
  private closed = false;
  /** What ends the call when everything that waits is sent. */
  private last: (() => void) | undefined;
  private readonly closing: (() => void)[] = [];
  private resume: (() => void) | undefined;

  constructor(
    private readonly call: Call,
    calls: OpenCalls,
  ) {
    this.endsAtMs = Number(call.getDeadline()) - TIMER_SLACK_MS;
    call.on('cancelled', () => this.drop());
    try {
      calls.add(this, call.getPeer());
      this.onClose(() => calls.delete(this));
    } catch (error) {
      this.fail(error);
    }
  }

  /** True once the client is gone or the answer is complete: nothing more is sent. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** True while the client does not take what was sent. */
  get isBlocked(): boolean {
    return !this.closed && !this.isFlowing;
  }

  onClose(listener: () => void): void {
    if (this.closed) listener();
    else this.closing.push(listener);
  }

  send(message: Buffer): void {
    if (this.closed) return;
    this.waiting.push(message);
    if (!this.isSending) this.sendNext();
  }

  /** Resolves when the client has taken what was sent, or is gone; other work gets its turn in between. */
  flowing(): Promise<void> {
    if (this.closed) return Promise.resolve();
    if (this.isFlowing) return new Promise((resolve) => setImmediate(resolve));
    return new Promise((resolve) => {
      this.resume = () => {
        this.resume = undefined;
        resolve();
      };
    });
  }

  end(): void {
    this.finish(() => this.call.end());
  }

  /** Ends the call with an error, behind everything already sent. */
  fail(error: unknown): void {
    const { code, details, metadata } = asServiceError(error);
    this.finish(() => this.call.emit('error', { code, details, metadata }));
  }

  stop(): void {
    this.fail(callCancelled());
  }

  private get isFlowing(): boolean {
    return this.waiting.length < WAITING_MESSAGES;
  }

  private sendNext(): void {
    if (Date.now() >= this.endsAtMs) this.drop();
    const message = this.waiting.shift();
    this.isSending = message !== undefined;
    if (message !== undefined) {
      this.call.write(message, () => this.sendNext());
      return;
    }
    this.resume?.();
    this.last?.();
    this.last = undefined;
  }

  private finish(last: () => void): void {
    if (this.closed) return;
    this.close();
    if (this.isSending) this.last = last;
    else last();
  }

  /** The client is gone, or its time is over. */
  private drop(): void {
    this.waiting.length = 0;
    this.last = undefined;
    this.close();
  }

  private close(): void {
    if (this.closed) return;
    this.closed = true;
    this.resume?.();
    for (const listener of this.closing.splice(0)) listener();
  }
}
