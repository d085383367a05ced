import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import type { Access } from '../access/access.js';
import type { ExpectedRevision } from '../engine/append-decision.js';
import type { WriteOutcome } from '../engine/commands.js';
import type { EventStore } from '../engine/event-store.js';
import type { ProposedEvent } from '../engine/event-writer.js';
import { limits } from '../limits.js';
import { asServiceError } from './as-service-error.js';
import { MalformedMessage } from '../protocol/messages.js';
import { messages } from '../protocol/requests.js';
import {
  invalidArgument,
  maxAppendSizeExceeded,
  serverStopping,
  streamDeleted,
  tooManyEvents,
} from './service-error.js';
import type { OpenCalls } from './open-calls.js';
import { appendSuccess, appendWrongRevision } from './append-answers.js';
import { appendBytes, expectedOfAppend, proposedEvent } from './proposed-event.js';
import { streamNameOf } from './stream-name.js';

type AppendRequest = ReturnType<typeof messages.append.decode>;
type AppendCall = ServerReadableStream<AppendRequest, Buffer>;

/** `Streams.Append`: a message with the stream and the expected revision, then one for each event, then one answer. */
export function appendHandler(
  store: EventStore,
  calls: OpenCalls,
  maxAppendBytes: number,
  access: Access,
): (call: AppendCall, callback: sendUnaryData<Buffer>) => void {
  return (call, callback) => {
    let isAnswered = false;
    const answer = (error: unknown, response?: Buffer): void => {
      if (isAnswered) return;
      isAnswered = true;
      calls.delete(openCall);
      if (error === undefined) callback(null, response);
      else callback(asServiceError(error));
    };
    const openCall = { stop: () => answer(serverStopping()) };
    try {
      calls.add(openCall, call.getPeer());
    } catch (error) {
      answer(error);
    }
    const gathering = new GatheredAppend(maxAppendBytes, (stream) => access.toStream(call.metadata, 'write', stream));
    call.on('data', (request: AppendRequest | MalformedMessage) => {
      if (isAnswered) return;
      try {
        if (request instanceof MalformedMessage) throw request;
        gathering.add(request);
      } catch (error) {
        answer(error);
      }
    });
    call.on('error', answer);
    call.on('cancelled', () => answer(serverStopping()));
    call.on('end', () => {
      if (isAnswered) return;
      gathering.append(store).then((response) => answer(undefined, response), answer);
    });
  };
}

/** An append while its messages arrive. */
class GatheredAppend {
  private stream: string | undefined;
  private expected: ExpectedRevision = 'any';
  private readonly events: ProposedEvent[] = [];
  private bytes = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly authorize: (stream: string) => void,
  ) {}

  add(request: AppendRequest): void {
    if (request.content === 'options') {
      const stream = streamNameOf(request.options.streamIdentifier);
      this.authorize(stream);
      this.stream = stream;
      this.expected = expectedOfAppend(request.options);
    } else if (request.content === 'proposedMessage') {
      const event = proposedEvent(request.proposedMessage);
      this.bytes += appendBytes(event);
      if (this.bytes > this.maxBytes) throw maxAppendSizeExceeded(this.maxBytes);
      if (this.events.length >= limits.appendEvents) throw tooManyEvents();
      this.events.push(event);
    }
  }

  async append(store: EventStore): Promise<Buffer> {
    if (this.stream === undefined) throw invalidArgument('An append must begin with its options.');
    const outcome = await store.commands.append(this.stream, this.expected, this.events);
    return this.encode(this.stream, outcome);
  }

  private encode(stream: string, outcome: WriteOutcome): Buffer {
    switch (outcome.kind) {
      case 'done':
        return messages.appendAnswer.encode({ success: appendSuccess(outcome.last, outcome.position) });
      case 'wrong-revision':
        return messages.appendAnswer.encode({
          wrongExpectedVersion: appendWrongRevision(this.expected, outcome.current),
        });
      case 'deleted':
        throw streamDeleted(stream);
      case 'timeout':
        throw new Error('A classic append has no deadline inside its message.');
    }
  }
}
