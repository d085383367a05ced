import type { MethodDefinition } from '@grpc/grpc-js';
import type { MessageType } from './messages.js';

/** A method of a gRPC service. Handlers answer with encoded bytes, so that a stored event is sent without being decoded. */
export function serviceMethod<Request>(
  service: string,
  name: string,
  request: MessageType<Request>,
  streams: { readonly request?: boolean; readonly response?: boolean } = {},
): MethodDefinition<Request, Buffer> {
  return {
    path: `/event_store.client.${service}/${name}`,
    requestStream: streams.request ?? false,
    responseStream: streams.response ?? false,
    requestSerialize: (message) => request.encode(message as object),
    requestDeserialize: (bytes) => request.decode(bytes),
    responseSerialize: (bytes) => bytes,
    responseDeserialize: (bytes) => bytes,
  };
}
