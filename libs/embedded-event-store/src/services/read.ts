import type { ServerWritableStream } from '@grpc/grpc-js';
import type { Access } from '../access/access.js';
import type { EventStore } from '../engine/event-store.js';
import type { ReadOptions } from '../protocol/requests.js';
import { ALL } from '../persistent/group-key.js';
import type { OpenCalls } from './open-calls.js';
import { readAll } from './read-all.js';
import { parseReadRequest, type ReadRequest } from './read-request.js';
import { readStream } from './read-stream.js';
import { ResponseStream } from './response-stream.js';
import { subscribeToAll } from './subscribe-to-all.js';
import { subscribeToStream } from './subscribe-to-stream.js';
import { watchAccess } from './watch-access.js';

type ReadCall = ServerWritableStream<{ options: ReadOptions | null }, Buffer>;

/** `Streams.Read`, which serves four things: reads and subscriptions, of one stream or of the whole log. */
export function readHandler(store: EventStore, calls: OpenCalls, access: Access): (call: ReadCall) => void {
  return (call) => {
    const response = new ResponseStream(call, calls);
    void serve(store, access, call, response).catch((error: unknown) => response.fail(error));
  };
}

async function serve(store: EventStore, access: Access, call: ReadCall, response: ResponseStream): Promise<void> {
  const request = parseReadRequest(call.request.options);
  const { stream } = request;
  const authorize = (): void => {
    if (stream === undefined) access.toAll(call.metadata);
    else access.toStream(call.metadata, 'read', stream);
  };
  authorize();
  if (request.count === undefined) watchAccess(store, stream ?? ALL, response, authorize);
  await chosen(request)(store, request, response);
  response.end();
}

type Serve = (store: EventStore, request: ReadRequest, response: ResponseStream) => Promise<void>;

function chosen({ stream, count }: ReadRequest): Serve {
  if (count === undefined) return stream === undefined ? subscribeToAll : subscribeToStream;
  return stream === undefined ? readAll : readStream;
}
