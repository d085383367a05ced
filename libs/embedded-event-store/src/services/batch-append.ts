import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { Access } from '../access/access.js';
import type { EventStore } from '../engine/event-store.js';
import { limits } from '../limits.js';
import { asServiceError } from './as-service-error.js';
import { MalformedMessage } from '../protocol/messages.js';
import { type BatchAppendRequest, messages } from '../protocol/requests.js';
import { invalidArgument } from './service-error.js';
import { uuidText } from '../protocol/uuid.js';
import { batchErrors } from './append-answers.js';
import { Batch } from './batch.js';
import type { OpenCalls } from './open-calls.js';
import { ResponseStream } from './response-stream.js';

type BatchCall = ServerDuplexStream<BatchAppendRequest, Buffer>;

/**
 * `Streams.BatchAppend`: many appends over one call, told apart by correlation id. Each is answered exactly once, because a
 * second answer crashes the official client; answers may overtake each other and an error ends one append, not the call.
 */
export function batchAppendHandler(
  store: EventStore,
  calls: OpenCalls,
  maxAppendBytes: number,
  access: Access,
): (call: BatchCall) => void {
  return (call) => {
    const response = new ResponseStream(call, calls);
    const session = new BatchSession(store, response, maxAppendBytes, (stream) =>
      access.toStream(call.metadata, 'write', stream),
    );
    call.on('data', (request: BatchAppendRequest | MalformedMessage) => {
      if (response.isClosed) return;
      if (request instanceof MalformedMessage) {
        response.fail(request);
        return;
      }
      session.receive(request);
      // A client that does not take its answers is not listened to either.
      const flow = session.backlog();
      if (!flow) return;
      call.pause();
      void flow.then(() => call.resume());
    });
    call.on('error', () => session.close());
    call.on('end', () => session.finish());
  };
}

class BatchSession {
  /** Appends whose last chunk has not come. */
  private readonly open = new Map<string, Batch>();
  private writing = 0;
  private isFinishing = false;

  constructor(
    private readonly store: EventStore,
    private readonly response: ResponseStream,
    private readonly maxAppendBytes: number,
    private readonly authorize: (stream: string) => void,
  ) {
    response.onClose(() => this.close());
  }

  receive(request: BatchAppendRequest): void {
    const id = uuidText(request.correlationId);
    if (id === undefined) {
      this.response.fail(invalidArgument('A batch append needs a correlation id.'));
      return;
    }
    const batch = request.options ? this.begin(id, request) : this.open.get(id);
    // Chunks of an append that was answered already, for instance because its time was over, are dropped.
    if (!batch) return;
    try {
      batch.add(request, this.maxAppendBytes);
    } catch (error) {
      this.open.delete(id);
      batch.answer({ error: batchErrors.failed(asServiceError(error)) });
      return;
    }
    if (batch.isTooLarge) {
      this.open.delete(id);
      batch.answer({ error: batchErrors.tooLarge(this.maxAppendBytes) });
      return;
    }
    if (request.isFinal) {
      this.open.delete(id);
      this.write(batch);
    }
  }

  /** A promise while the client does not take its answers, or undefined. */
  backlog(): Promise<void> | undefined {
    return this.response.isBlocked ? this.response.flowing() : undefined;
  }

  /** The client sends no more: end once everything is answered. */
  finish(): void {
    this.isFinishing = true;
    if (this.writing === 0) this.response.end();
  }

  close(): void {
    for (const batch of this.open.values()) batch.abandon();
    this.open.clear();
  }

  private begin(id: string, request: BatchAppendRequest): Batch | undefined {
    this.open.get(id)?.abandon();
    if (this.open.size >= limits.openBatchesPerCall) {
      this.response.fail(invalidArgument(`A call may have ${limits.openBatchesPerCall} unfinished batch appends.`));
      return undefined;
    }
    const batch = new Batch(request, this.store.clock(), (answer) => {
      this.open.delete(id);
      this.response.send(messages.batchAnswer.encode(answer));
    });
    this.open.set(id, batch);
    if (!request.isFinal) batch.startTimer(this.store.clock());
    return batch;
  }

  private write(batch: Batch): void {
    this.writing += 1;
    void batch.write(this.store, this.authorize).then(() => {
      this.writing -= 1;
      if (this.isFinishing) this.finish();
    });
  }
}
