import type { Client, ClientDuplexStream } from '@grpc/grpc-js';
import { LIMITS } from '../limits.js';
import { correlationId, decodeAppendAnswer } from './append-answer.js';
import { type AppendRequest, encodeAppend } from './append-request.js';
import type { Connection } from './connection.js';
import { asStoreError, refusedAppend, StoreUnavailable } from './errors.js';

/** An append that waits for its answer. Whoever takes it out of the table settles it, so that it is settled once. */
interface Pending {
  readonly what: string;
  readonly timer: NodeJS.Timeout;
  resolve(position: bigint): void;
  reject(error: Error): void;
}

/** All appends of a client: they share one `BatchAppend` call, which is opened anew after it broke. */
export class Appender {
  private call: BatchCall | undefined;

  constructor(private readonly connection: Connection) {}

  /**
   * Sends an append and answers with the log position of its last event.
   * @throws StoreUnavailable when the answer does not come in time or the call breaks; StreamConflict, StreamDeleted,
   * AccessDenied, AppendTooLarge as the server says
   */
  send(request: AppendRequest): Promise<bigint> {
    this.call ??= new BatchCall(this.connection, (ended) => {
      if (this.call === ended) this.call = undefined;
    });
    return this.call.send(request);
  }
}

/** One `BatchAppend` call, from its opening until it breaks. */
class BatchCall {
  private readonly pending = new Map<number, Pending>();
  /** Frames that gRPC does not take yet: while the call is opened, and while the server reads slowly. */
  private readonly outbox: { readonly correlation: number; readonly frame: Buffer }[] = [];
  private stream: ClientDuplexStream<Buffer, Buffer> | undefined;
  private isBlocked = true;
  private hasEnded = false;
  private lastCorrelation = 0;

  constructor(
    private readonly connection: Connection,
    private readonly onEnd: (call: BatchCall) => void,
  ) {
    void this.open();
  }

  send(request: AppendRequest): Promise<bigint> {
    const correlation = ++this.lastCorrelation;
    const limitMs: number = LIMITS.appendDeadlineMs;
    const frame = encodeAppend(request, correlationId(correlation), Date.now() + limitMs);
    return new Promise((resolve, reject) => {
      const what = `The append to ${request.stream}`;
      const timer = setTimeout(() => {
        this.take(correlation)?.reject(new StoreUnavailable(`${what} was not answered within ${limitMs} ms.`));
      }, limitMs);
      this.pending.set(correlation, { what, timer, resolve, reject });
      if (this.isBlocked || this.stream === undefined) this.outbox.push({ correlation, frame });
      else this.isBlocked = !this.stream.write(frame);
    });
  }

  private async open(): Promise<void> {
    try {
      const { call, client } = await this.connection.openAppends();
      this.stream = call;
      this.listen(call, client);
      this.flush();
    } catch (error) {
      this.end(new StoreUnavailable('No connection to the event store.', { cause: error }));
    }
  }

  private listen(stream: ClientDuplexStream<Buffer, Buffer>, client: Client): void {
    stream.on('data', (bytes: Buffer) => {
      try {
        this.settle(bytes);
      } catch (error) {
        this.end(asStoreError(error, 'An append'));
        stream.cancel();
      }
    });
    stream.on('drain', () => this.flush());
    stream.on('error', (error: Error) => this.end(error, client));
    stream.on('end', () => this.end(new StoreUnavailable('The event store ended the call for appends.')));
  }

  private flush(): void {
    this.isBlocked = false;
    while (!this.isBlocked) {
      const next = this.outbox.shift();
      if (next === undefined) return;
      // What was given up meanwhile may have been sent again already.
      if (this.pending.has(next.correlation)) this.isBlocked = this.stream?.write(next.frame) === false;
    }
  }

  private settle(bytes: Buffer): void {
    const { correlation, position, refusal } = decodeAppendAnswer(bytes);
    const pending = this.take(correlation);
    // Its deadline has passed: it was settled then.
    if (pending === undefined) return;
    if (refusal !== undefined) pending.reject(refusedAppend(refusal, pending.what));
    else if (position !== undefined) pending.resolve(position);
    else pending.reject(new StoreUnavailable(`${pending.what} came back without a position.`));
  }

  private take(correlation: number): Pending | undefined {
    const pending = this.pending.get(correlation);
    if (pending === undefined) return undefined;
    clearTimeout(pending.timer);
    this.pending.delete(correlation);
    return pending;
  }

  /** Rejects all that waits, but only once a lost connection is replaced: a retry must not meet the broken one. */
  private end(error: Error, client?: Client): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.outbox.length = 0;
    this.onEnd(this);
    const recovered = client === undefined ? Promise.resolve() : this.connection.report(client, error);
    void recovered.then(() => {
      for (const correlation of [...this.pending.keys()]) {
        const pending = this.take(correlation);
        pending?.reject(asStoreError(error, pending.what));
      }
    });
  }
}
