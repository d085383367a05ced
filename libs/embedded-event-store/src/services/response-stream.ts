import { asServiceError } from './as-service-error.js';
import { callCancelled } from './service-error.js';
import type { OpenCall, OpenCalls } from './open-calls.js';

/** What is used of a gRPC call that sends a stream. */
interface Call {
  write(message: Buffer): boolean;
  end(): void;
  getPeer(): string;
  emit(event: 'error', error: object): boolean;
  on(event: 'cancelled' | 'drain', listener: () => void): unknown;
}

/** The sending side of a call: bytes go out in order, and a sender can wait until the client has taken them. */
export class ResponseStream implements OpenCall {
  private closed = false;
  private isFlowing = true;
  private readonly closing: (() => void)[] = [];
  private resume: (() => void) | undefined;

  constructor(
    private readonly call: Call,
    calls: OpenCalls,
  ) {
    call.on('cancelled', () => this.close());
    call.on('drain', () => {
      this.isFlowing = true;
      this.resume?.();
    });
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
    if (!this.closed) this.isFlowing = this.call.write(message);
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
    if (this.closed) return;
    this.close();
    this.call.end();
  }

  /** Ends the call with an error, behind everything already sent. */
  fail(error: unknown): void {
    if (this.closed) return;
    this.close();
    const { code, details, metadata } = asServiceError(error);
    this.call.emit('error', { code, details, metadata });
  }

  stop(): void {
    this.fail(callCancelled());
  }

  private close(): void {
    if (this.closed) return;
    this.closed = true;
    this.resume?.();
    for (const listener of this.closing.splice(0)) listener();
  }
}
