import { Metadata, status } from '@grpc/grpc-js';
import { asStoreError, refusedAppend } from './errors.js';

function callFailure(code: number, exception?: string, details = 'details'): Error {
  const metadata = new Metadata();
  if (exception !== undefined) metadata.set('exception', exception);
  return Object.assign(new Error('failed'), { code, details, metadata });
}

it.each([
  [status.FAILED_PRECONDITION, 'stream-deleted', 'StreamDeleted'],
  [status.FAILED_PRECONDITION, 'wrong-expected-version', 'StreamConflict'],
  [status.PERMISSION_DENIED, 'access-denied', 'AccessDenied'],
  [status.PERMISSION_DENIED, undefined, 'AccessDenied'],
  [status.UNAUTHENTICATED, undefined, 'AccessDenied'],
  [status.INVALID_ARGUMENT, 'maximum-append-size-exceeded', 'AppendTooLarge'],
  [status.NOT_FOUND, 'not-leader', 'StoreUnavailable'],
  [status.UNAVAILABLE, undefined, 'StoreUnavailable'],
  [status.CANCELLED, undefined, 'StoreUnavailable'],
  [status.ABORTED, undefined, 'StoreUnavailable'],
  [status.DEADLINE_EXCEEDED, undefined, 'StoreUnavailable'],
])('a call that failed with code %s and %s is %s', (code, exception, name) => {
  const error = callFailure(code, exception);
  expect(asStoreError(error, 'The read of a-1')).toMatchObject({
    name,
    message: 'The read of a-1 failed: details',
    cause: error,
  });
});

it('takes a broken transport for a lost connection, and leaves alone what it does not know', () => {
  const broken = callFailure(status.INTERNAL, undefined, 'Received RST_STREAM with code 2');
  expect(asStoreError(broken, 'x')).toMatchObject({ name: 'StoreUnavailable' });
  const unknown = callFailure(status.UNKNOWN);
  expect(asStoreError(unknown, 'x')).toBe(unknown);
  const other = new Error('other');
  expect(asStoreError(other, 'x')).toBe(other);
});

it.each([
  ['WrongExpectedVersion', 'StreamConflict'],
  ['StreamDeleted', 'StreamDeleted'],
  ['AccessDenied', 'AccessDenied'],
  ['MaximumAppendSizeExceeded', 'AppendTooLarge'],
  ['Timeout', 'StoreUnavailable'],
  ['BadRequest', 'Error'],
])('an append refused as %s is %s', (type, name) => {
  expect(refusedAppend({ type, message: '' }, 'The append to a-1')).toMatchObject({
    name,
    message: `The append to a-1 was refused: ${type}`,
  });
});
