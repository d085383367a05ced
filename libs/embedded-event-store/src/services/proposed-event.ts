import type { ExpectedRevision } from '../engine/append-decision.js';
import type { ProposedEvent } from '../engine/event-writer.js';
import { limits } from '../limits.js';
import { type Long, toNumber } from '../protocol/messages.js';
import type { AppendOptions, BatchOptions, ProposedMessage } from '../protocol/requests.js';
import { invalidArgument, missingMetadata } from './service-error.js';
import { uuidText } from '../protocol/uuid.js';

/** @throws ServiceError INVALID_ARGUMENT when the event has no id, type or content type, or its type is too long */
export function proposedEvent(message: ProposedMessage): ProposedEvent {
  const { type, 'content-type': contentType } = message.metadata;
  if (type === undefined) throw missingMetadata('type');
  if (contentType === undefined) throw missingMetadata('content-type');
  if (type === '') throw invalidArgument('An event type must not be empty.');
  if (Buffer.byteLength(type) > limits.eventTypeBytes) {
    throw invalidArgument(`An event type may have ${limits.eventTypeBytes} bytes.`);
  }
  const id = uuidText(message.id);
  if (id === undefined) throw invalidArgument(`An event of type '${type}' has no valid id. Give each event a UUID.`);
  return {
    id,
    type,
    isJson: contentType === 'application/json',
    data: message.data,
    customMetadata: message.customMetadata,
  };
}

/** What an event counts toward the append size, as the real server counts it. */
export function appendBytes(event: ProposedEvent): number {
  return event.data.length + event.customMetadata.length + 2 * event.type.length;
}

/** @throws ServiceError INVALID_ARGUMENT when the client says no expectation */
export function expectedOfAppend(options: AppendOptions): ExpectedRevision {
  return expectedRevision(options.expectedStreamRevision, options.revision);
}

/** @throws ServiceError INVALID_ARGUMENT when the client says no expectation */
export function expectedOfBatch(options: BatchOptions): ExpectedRevision {
  return expectedRevision(options.expectedStreamPosition, options.streamPosition);
}

function expectedRevision(kind: string | undefined, revision: Long): ExpectedRevision {
  switch (kind) {
    case 'noStream':
      return 'no_stream';
    case 'streamExists':
      return 'stream_exists';
    case 'any':
      return 'any';
    case undefined:
      throw invalidArgument('The request must say which revision it expects.');
    default:
      return toNumber(revision);
  }
}
