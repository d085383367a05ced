import { Metadata, status } from '@grpc/grpc-js';
import type { ExpectedRevision } from '../engine/append-decision.js';
import { limits } from '../limits.js';
import type { GroupError } from '../persistent/group-error.js';
import { type GroupKey, keyText, sourceName } from '../persistent/group-key.js';

/** How a call fails: the gRPC code, a text for people, and the trailers by which the client finds its typed error. */
export class ServiceError extends Error {
  readonly metadata = new Metadata();

  constructor(
    readonly code: status,
    readonly details: string,
    trailers: Readonly<Record<string, string | number>> = {},
  ) {
    super(details);
    for (const [key, value] of Object.entries(trailers)) this.metadata.set(key, trailerText(String(value)));
  }
}

/** Trailers carry printable ASCII only; anything else is percent-encoded, or the whole answer would be lost. */
export function trailerText(value: string): string {
  return value.replace(/[^\x20-\x7e]/gu, (character) => encodeURIComponent(character));
}

export const invalidArgument = (details: string): ServiceError => new ServiceError(status.INVALID_ARGUMENT, details);

export const tooManyEvents = (): ServiceError =>
  invalidArgument(`One append may have ${limits.appendEvents} events. Send the rest in another append.`);

export const streamDeleted = (stream: string): ServiceError =>
  new ServiceError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

const expectedNumbers = { any: -2, no_stream: -1, stream_exists: -4 } as const;
export const expectedNumber = (expected: ExpectedRevision): number =>
  typeof expected === 'number' ? expected : expectedNumbers[expected];

export const wrongExpectedVersion = (stream: string, expected: ExpectedRevision, current: number): ServiceError =>
  new ServiceError(
    status.FAILED_PRECONDITION,
    `Append failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expectedNumber(expected)}, Actual version: ${current}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': expectedNumber(expected),
      'actual-version': current,
    },
  );

export const maxAppendSizeExceeded = (maxBytes: number): ServiceError =>
  new ServiceError(status.INVALID_ARGUMENT, `Maximum Append Size of ${maxBytes} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': maxBytes,
  });

export const missingMetadata = (name: string): ServiceError =>
  new ServiceError(status.INVALID_ARGUMENT, `Required Metadata Property '${name}' is missing.`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

export const accessDenied = (): ServiceError =>
  new ServiceError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

/** A persistent subscription ended under its consumers, because it was changed or deleted. */
export const groupDropped = (key: GroupKey): ServiceError =>
  new ServiceError(status.CANCELLED, `Subscription to ${keyText(key)} was dropped.`, {
    exception: 'persistent-subscription-dropped',
    'stream-name': sourceName(key),
    'group-name': key.group,
  });

const groupFaults: Record<GroupError['fault'], readonly [status, exception: string, text: string]> = {
  exists: [status.ALREADY_EXISTS, 'persistent-subscription-exists', 'exists already'],
  missing: [status.NOT_FOUND, 'persistent-subscription-does-not-exist', 'does not exist'],
  invalid: [status.INTERNAL, 'persistent-subscription-failed', 'failed'],
  full: [status.FAILED_PRECONDITION, 'maximum-subscribers-reached', 'has as many consumers as it may'],
};

export function groupFailed({ fault, key, reason }: GroupError): ServiceError {
  const [code, exception, text] = groupFaults[fault];
  return new ServiceError(code, `Subscription group '${key.group}' on '${sourceName(key)}' ${text}. ${reason}`.trim(), {
    exception,
    'stream-name': sourceName(key),
    'group-name': key.group,
    ...(reason === '' ? {} : { reason }),
  });
}

/** The answers of a server that is going away. */
export const callCancelled = (): ServiceError => new ServiceError(status.CANCELLED, 'The server is shutting down.');
export const serverStopping = (): ServiceError => new ServiceError(status.UNAVAILABLE, 'The server is shutting down.');
