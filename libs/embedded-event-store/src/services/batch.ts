import type { WriteOutcome } from '../engine/commands.js';
import type { EventStore } from '../engine/event-store.js';
import type { ProposedEvent } from '../engine/event-writer.js';
import { limits } from '../limits.js';
import { asServiceError } from './as-service-error.js';
import { toNumber } from '../protocol/messages.js';
import type { BatchAppendRequest, BatchOptions } from '../protocol/requests.js';
import { invalidArgument, tooManyEvents } from './service-error.js';
import { appendSuccess, batchErrors } from './append-answers.js';
import { appendBytes, expectedOfBatch, proposedEvent } from './proposed-event.js';
import { streamNameOf } from './stream-name.js';

/** One append of a batch call: its chunks as they arrive, its deadline, and its only answer. */
export class Batch {
  private readonly events: ProposedEvent[] = [];
  private readonly options: BatchOptions;
  private readonly deadlineMs: number;
  private bytes = 0;
  private maxBytes = Infinity;
  private isAnswered = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly first: BatchAppendRequest,
    nowMs: number,
    private readonly reply: (answer: object) => void,
  ) {
    if (!first.options) throw invalidArgument('The first chunk of a batch append must have options.');
    this.options = first.options;
    this.deadlineMs = deadlineOf(first.options, nowMs);
  }

  get isTooLarge(): boolean {
    return this.bytes > this.maxBytes;
  }

  /** @throws ServiceError when an event is not valid */
  add(chunk: BatchAppendRequest, maxBytes: number): void {
    this.maxBytes = maxBytes;
    for (const message of chunk.proposedMessages) {
      const event = proposedEvent(message);
      this.bytes += appendBytes(event);
      if (this.isTooLarge) return;
      if (this.events.length >= limits.appendEvents) throw tooManyEvents();
      this.events.push(event);
    }
  }

  /** While chunks are missing, only a timer can notice that the time is over. */
  startTimer(nowMs: number): void {
    const waitMs = Math.min(this.deadlineMs - nowMs, limits.writeTimeoutMs);
    this.timer = setTimeout(() => this.answer({ error: batchErrors.timeout() }), Math.max(0, waitMs));
  }

  async write(store: EventStore, authorize: (stream: string) => void): Promise<void> {
    clearTimeout(this.timer);
    if (this.isAnswered) return;
    try {
      const stream = streamNameOf(this.options.streamIdentifier);
      authorize(stream);
      const expected = expectedOfBatch(this.options);
      const outcome = await store.commands.append(stream, expected, this.events, this.deadlineMs);
      this.answer(this.content(outcome));
    } catch (error) {
      this.answer({ error: batchErrors.failed(asServiceError(error)) });
    }
  }

  answer(result: object): void {
    if (this.isAnswered) return;
    this.abandon();
    const { streamIdentifier } = this.options;
    this.reply({
      correlationId: this.first.correlationId,
      streamIdentifier,
      ...this.expectation(),
      ...result,
    });
  }

  /** Nothing will be answered any more. */
  abandon(): void {
    this.isAnswered = true;
    clearTimeout(this.timer);
  }

  private content(outcome: WriteOutcome): object {
    switch (outcome.kind) {
      case 'done':
        return { success: appendSuccess(outcome.last, outcome.position) };
      case 'wrong-revision':
        return { error: batchErrors.wrongRevision(expectedOfBatch(this.options), outcome.current) };
      case 'deleted':
        return { error: batchErrors.deleted(this.options.streamIdentifier?.streamName ?? Buffer.alloc(0)) };
      case 'timeout':
        return { error: batchErrors.timeout() };
    }
  }

  /** The answer repeats what the client expected. */
  private expectation(): object {
    const kind = this.options.expectedStreamPosition;
    if (kind === undefined) return {};
    return kind === 'streamPosition' ? { streamPosition: this.options.streamPosition } : { [kind]: {} };
  }
}

/** When the client gives up, in milliseconds since 1970; older clients say a time, newer ones how long. */
function deadlineOf(options: BatchOptions, nowMs: number): number {
  switch (options.deadlineOption) {
    case 'deadline_21_10_0': {
      const { seconds, nanos } = options.deadline_21_10_0;
      return toNumber(seconds) * 1_000 + nanos / 1_000_000;
    }
    case 'deadline': {
      const { seconds, nanos } = options.deadline;
      return nowMs + toNumber(seconds) * 1_000 + nanos / 1_000_000;
    }
    default:
      return Infinity;
  }
}
