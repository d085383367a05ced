import type { handleUnaryCall, Metadata } from '@grpc/grpc-js';
import { asServiceError } from './as-service-error.js';

/** A method of one request and one answer. `authorize` throws when the caller may not use it; `run` gives the answer's bytes; anything else is answered with an empty message. */
export function unary<Request>(
  authorize: (caller: Metadata) => void,
  run: (request: Request) => unknown,
): handleUnaryCall<Request, Buffer> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => {
        authorize(call.metadata);
        return run(call.request);
      })
      .then(
        (answer) => callback(null, Buffer.isBuffer(answer) ? answer : Buffer.alloc(0)),
        (error: unknown) => callback(asServiceError(error)),
      );
  };
}
