import type { Client, ClientReadableStream } from '@grpc/grpc-js';
import type { RecordedEvent } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import type { Connection } from './connection.js';
import { asStoreError, StoreUnavailable } from './errors.js';
import { decodeReadAnswer } from './read-answer.js';

/**
 * The events of a read that ends; none for a stream that does not exist. `what` names the read in errors.
 * @throws StoreUnavailable when it does not end in time or breaks; StreamDeleted, AccessDenied as the server says
 */
export function readEvents(connection: Connection, request: Buffer, what: string): Promise<RecordedEvent[]> {
  return new PageRead(connection, request, what).events;
}

class PageRead {
  readonly events: Promise<RecordedEvent[]>;
  private readonly collected: RecordedEvent[] = [];
  private readonly timer: NodeJS.Timeout;
  private call: ClientReadableStream<Buffer> | undefined;
  private isSettled = false;
  private isBroken = false;
  private resolve!: (events: RecordedEvent[]) => void;
  private reject!: (error: Error) => void;

  constructor(
    private readonly connection: Connection,
    request: Buffer,
    private readonly what: string,
  ) {
    const limitMs: number = LIMITS.readDeadlineMs;
    this.events = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.timer = setTimeout(() => {
      this.fail(new StoreUnavailable(`${what} was not answered within ${limitMs} ms.`));
    }, limitMs);
    void this.open(request);
  }

  private async open(request: Buffer): Promise<void> {
    try {
      const { call, client } = await this.connection.openRead(request);
      this.call = call;
      this.listen(call, client);
      if (this.isSettled) call.cancel();
    } catch (error) {
      this.fail(new StoreUnavailable(`${this.what}: no connection to the event store.`, { cause: error }));
    }
  }

  private listen(call: ClientReadableStream<Buffer>, client: Client): void {
    call.on('data', (bytes: Buffer) => {
      try {
        const answer = decodeReadAnswer(bytes);
        if (typeof answer === 'object') this.collected.push(answer);
      } catch (error) {
        this.fail(asStoreError(error, this.what));
      }
    });
    call.on('error', (error: Error) => {
      this.isBroken = true;
      // A retry must not meet the broken connection; the deadline goes on while it is replaced.
      void this.connection.report(client, error).then(() => this.fail(asStoreError(error, this.what)));
    });
    // gRPC says `end` after `error` as well.
    call.on('end', () => {
      if (!this.isBroken && this.settle()) this.resolve(this.collected);
    });
  }

  private fail(error: Error): void {
    if (!this.settle()) return;
    this.reject(error);
    this.call?.cancel();
  }

  /** True for the first outcome, which is the one that counts. */
  private settle(): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    clearTimeout(this.timer);
    return true;
  }
}
