import { status } from '@grpc/grpc-js';

/** The store did not answer in time or cannot be reached; nothing is known of what it did. Trying again is safe. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Somebody else appended to the stream first. */
export class StreamConflict extends Error {
  override readonly name = 'StreamConflict';
}

/** The stream was ended for good (a tombstone): it takes no events and gives none. */
export class StreamDeleted extends Error {
  override readonly name = 'StreamDeleted';
}

/** The credentials in the connection string do not allow it. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
}

/** One append holds more than the store takes at once. Nothing of it was written. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
}

/** A failed gRPC call: what grpc-js hands to the `error` event. */
interface CallFailure extends Error {
  readonly code: number;
  readonly details?: string;
  readonly metadata?: { get(key: string): readonly (string | Buffer)[] };
}

/** After these nothing is known of what the store did. */
const LOST: ReadonlySet<number> = new Set([
  status.UNAVAILABLE,
  status.CANCELLED,
  status.ABORTED,
  status.DEADLINE_EXCEEDED,
]);

const DENIED: ReadonlySet<number> = new Set([status.UNAUTHENTICATED, status.PERMISSION_DENIED]);

/** Node reports a connection that broke at a bad moment in these words, under the code INTERNAL. */
const LOST_IN_WORDS = /RST_STREAM|write after end/;

/** What a failed call means to the ledger; `what` names the call. An error without such a meaning comes back as it is. */
export function asStoreError(error: unknown, what: string): Error {
  if (!isCallFailure(error)) return error instanceof Error ? error : new Error(String(error));
  const details = error.details ?? error.message;
  const said = `${what} failed: ${details}`;
  switch (error.metadata?.get('exception')[0]) {
    case 'stream-deleted':
      return new StreamDeleted(said, { cause: error });
    case 'wrong-expected-version':
      return new StreamConflict(said, { cause: error });
    case 'access-denied':
      return new AccessDenied(said, { cause: error });
    case 'maximum-append-size-exceeded':
      return new AppendTooLarge(said, { cause: error });
    case 'not-leader':
      return new StoreUnavailable(said, { cause: error });
  }
  if (DENIED.has(error.code)) return new AccessDenied(said, { cause: error });
  if (LOST.has(error.code) || LOST_IN_WORDS.test(details)) return new StoreUnavailable(said, { cause: error });
  return error;
}

/** A refusal inside an answer of `BatchAppend`: the name of the error's type (without its package), and the server's words. */
export interface AppendRefusal {
  readonly type: string;
  readonly message: string;
}

/** What a refused append means. */
export function refusedAppend({ type, message }: AppendRefusal, what: string): Error {
  const said = `${what} was refused: ${message === '' ? type : message}`;
  switch (type) {
    case 'WrongExpectedVersion':
      return new StreamConflict(said);
    case 'StreamDeleted':
      return new StreamDeleted(said);
    case 'AccessDenied':
      return new AccessDenied(said);
    case 'MaximumAppendSizeExceeded':
      return new AppendTooLarge(said);
    case 'Timeout':
      return new StoreUnavailable(said);
    default:
      return new Error(said);
  }
}

function isCallFailure(error: unknown): error is CallFailure {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}
