import type { Client, ClientReadableStream } from '@grpc/grpc-js';
import type { RecordedEvent } from '@provident/kernel';
import type { Connection } from './connection.js';
import { asStoreError } from './errors.js';
import { decodeReadAnswer } from './read-answer.js';

/** Who is told what a subscription brings. */
export interface FollowListener {
  event(event: RecordedEvent): void;
  /** All history was sent; what follows happens now. */
  caughtUp(): void;
  /** Nothing more comes. Not called for a call that was closed while it was well. */
  failed(error: Error): void;
}

/** A subscription to the log. While it is paused, gRPC's flow control makes the server wait as well. */
export class FollowCall {
  private call: ClientReadableStream<Buffer> | undefined;
  private hasEnded = false;
  private isPaused = false;

  constructor(
    private readonly connection: Connection,
    request: Buffer,
    private readonly listener: FollowListener,
  ) {
    void this.open(request);
  }

  pause(): void {
    this.isPaused = true;
    this.call?.pause();
  }

  resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.call?.resume();
  }

  close(): void {
    this.hasEnded = true;
    this.call?.cancel();
  }

  private async open(request: Buffer): Promise<void> {
    try {
      const { call, client } = await this.connection.openRead(request);
      this.call = call;
      this.listen(call, client);
      if (this.hasEnded) call.cancel();
      if (this.isPaused) call.pause();
    } catch (error) {
      this.fail(error);
    }
  }

  private listen(call: ClientReadableStream<Buffer>, client: Client): void {
    call.on('data', (bytes: Buffer) => {
      if (this.hasEnded) return;
      try {
        const answer = decodeReadAnswer(bytes);
        if (answer === 'caught-up') this.listener.caughtUp();
        else if (answer !== undefined) this.listener.event(answer);
      } catch (error) {
        this.fail(error);
        call.cancel();
      }
    });
    // Stays after the end: cancelling a call makes it fail, and a failure that nobody hears ends the process.
    call.on('error', (error: Error) => this.fail(error, client));
    call.on('end', () => this.fail(new Error('The event store ended the subscription to the log.')));
  }

  /** Tells the listener, but only once a lost connection is replaced: a new subscription must not meet the broken one. */
  private fail(error: unknown, client?: Client): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    const failure = asStoreError(error, 'Reading the log');
    const recovered = client === undefined ? Promise.resolve() : this.connection.report(client, error as Error);
    void recovered.then(() => this.listener.failed(failure));
  }
}
