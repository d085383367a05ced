import {
  type ClientDuplexStream,
  type ClientReadableStream,
  type ClientWritableStream,
  credentials,
  makeGenericClientConstructor,
  type ServiceError,
} from '@grpc/grpc-js';
import { messages } from '../protocol/requests.js';
import { streamsDefinition } from '../services/streams-service.js';

/** A client that sends exactly the messages it is given, for what the official client never sends. */
export interface RawClient {
  read(request: object): ClientReadableStream<Buffer>;
  batchAppend(): ClientDuplexStream<object, Buffer>;
  append(callback: (error: ServiceError | null) => void): ClientWritableStream<object>;
  tombstone(request: object, callback: (error: ServiceError | null) => void): void;
  close(): void;
}

export function rawClient(port: number): RawClient {
  const Client = makeGenericClientConstructor(streamsDefinition, 'Streams');
  return new Client(`127.0.0.1:${port}`, credentials.createInsecure()) as unknown as RawClient;
}

/** The messages of a stream that ends, decoded. Events are told by their bytes only. */
export async function answersOf(call: ClientReadableStream<Buffer>): Promise<Record<string, unknown>[]> {
  const answers: Record<string, unknown>[] = [];
  for await (const bytes of call) {
    const answer = messages.readAnswer.decode(bytes as Buffer) as Record<string, unknown>;
    answers.push('content' in answer && answer['content'] ? answer : { content: 'event' });
  }
  return answers;
}
