import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Access } from '../access/access.js';
import type { EventStore } from '../engine/event-store.js';
import { messages } from '../protocol/requests.js';
import { serviceMethod } from '../protocol/service-method.js';
import { appendHandler } from './append.js';
import { batchAppendHandler } from './batch-append.js';
import { deleteHandler } from './delete.js';
import type { OpenCalls } from './open-calls.js';
import { readHandler } from './read.js';

const streams = 'streams.Streams';

export const streamsDefinition: ServiceDefinition = {
  read: serviceMethod(streams, 'Read', messages.read, { response: true }),
  append: serviceMethod(streams, 'Append', messages.append, { request: true }),
  batchAppend: serviceMethod(streams, 'BatchAppend', messages.batch, { request: true, response: true }),
  delete: serviceMethod(streams, 'Delete', messages.delete),
  tombstone: serviceMethod(streams, 'Tombstone', messages.delete),
};

export function streamsHandlers(
  store: EventStore,
  calls: OpenCalls,
  maxAppendBytes: number,
  access: Access,
): UntypedServiceImplementation {
  return {
    read: readHandler(store, calls, access),
    append: appendHandler(store, calls, maxAppendBytes, access),
    batchAppend: batchAppendHandler(store, calls, maxAppendBytes, access),
    delete: deleteHandler((stream, expected) => store.commands.deleteStream(stream, expected), access),
    tombstone: deleteHandler((stream, expected) => store.commands.tombstone(stream, expected), access),
  };
}
