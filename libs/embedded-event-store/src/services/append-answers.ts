import { status } from '@grpc/grpc-js';
import type { ExpectedRevision } from '../engine/append-decision.js';
import { type MessageType, messageType } from '../protocol/messages.js';
import { ServiceError } from './service-error.js';

/** The parts of answers to appends; fields that a oneof leaves out are simply absent. */
export function appendSuccess(last: number, position: number): object {
  return {
    ...(last < 0 ? { noStream: {} } : { currentRevision: last }),
    ...(position < 0 ? { noPosition: {} } : { position: { commitPosition: position, preparePosition: position } }),
  };
}

/** `AppendResp.wrong_expected_version`: a classic append is answered, not failed. */
export function appendWrongRevision(expected: ExpectedRevision, current: number): object {
  return {
    ...(current < 0 ? { currentNoStream: {} } : { currentRevision: current }),
    ...(typeof expected === 'number' ? { expectedRevision: expected } : expectedFields[expected]),
  };
}

const expectedFields = {
  any: { expectedAny: {} },
  no_stream: { expectedNoStream: {} },
  stream_exists: { expectedStreamExists: {} },
} as const;

const details = {
  wrong: messageType('WrongExpectedVersion'),
  deleted: messageType('StreamDeleted'),
  tooLarge: messageType('MaximumAppendSizeExceeded'),
  badRequest: messageType('BadRequest'),
  timeout: messageType('Timeout'),
  denied: messageType('AccessDenied'),
  unknown: messageType('Unknown'),
};

function rpcStatus(code: status, message: string, name: string, type: MessageType<unknown>, content: object): object {
  const typeUrl = `type.googleapis.com/event_store.client.${name}`;
  return { code, message, details: { typeUrl, value: type.encode(content) } };
}

/** Errors inside a batch answer: the client looks only at the name of the detail's type. */
export const batchErrors = {
  wrongRevision: (expected: ExpectedRevision, current: number): object =>
    rpcStatus(status.ALREADY_EXISTS, 'WrongExpectedVersion', 'WrongExpectedVersion', details.wrong, {
      ...(current < 0 ? { currentNoStream: {} } : { currentStreamRevision: current }),
      ...(typeof expected === 'number' ? { expectedStreamPosition: expected } : expectedFields[expected]),
    }),
  deleted: (streamName: Buffer): object =>
    rpcStatus(status.NOT_FOUND, 'StreamDeleted', 'StreamDeleted', details.deleted, {
      streamIdentifier: { streamName },
    }),
  tooLarge: (maxAppendSize: number): object =>
    rpcStatus(status.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', 'MaximumAppendSizeExceeded', details.tooLarge, {
      maxAppendSize,
    }),
  timeout: (): object => rpcStatus(status.DEADLINE_EXCEEDED, 'Timeout', 'Timeout', details.timeout, {}),
  failed: (error: ServiceError): object => {
    if (error.code === status.PERMISSION_DENIED) {
      return rpcStatus(error.code, error.details, 'AccessDenied', details.denied, {});
    }
    if (error.code === status.INVALID_ARGUMENT) {
      return rpcStatus(error.code, error.details, 'BadRequest', details.badRequest, { message: error.details });
    }
    return rpcStatus(error.code, error.details, 'Unknown', details.unknown, {});
  },
};
