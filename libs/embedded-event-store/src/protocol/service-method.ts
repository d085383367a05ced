import type { MethodDefinition } from '@grpc/grpc-js';
import { MalformedMessage, type MessageType } from './messages.js';

/**
 * A method of a gRPC service. Handlers answer with encoded bytes, so that a stored event is sent without being decoded. The
 * handler of a call with several messages is given a MalformedMessage in the place of one: if decoding threw, the call would be
 * ended behind the handler's back, and what that then sends would cost the client the call's status.
 */
export function serviceMethod<Request>(
  service: string,
  name: string,
  request: MessageType<Request>,
  streams: { readonly request?: boolean; readonly response?: boolean } = {},
): MethodDefinition<Request | MalformedMessage, Buffer> {
  const isStream = streams.request ?? false;
  return {
    path: `/event_store.client.${service}/${name}`,
    requestStream: isStream,
    responseStream: streams.response ?? false,
    requestSerialize: (message) => request.encode(message as object),
    requestDeserialize: (bytes) => (isStream ? decodedOrMalformed(request, bytes) : request.decode(bytes)),
    responseSerialize: (bytes) => bytes,
    responseDeserialize: (bytes) => bytes,
  };
}

function decodedOrMalformed<Request>(type: MessageType<Request>, bytes: Buffer): Request | MalformedMessage {
  try {
    return type.decode(bytes);
  } catch (error) {
    if (error instanceof MalformedMessage) return error;
    throw error;
  }
}
