import { randomUUID } from 'node:crypto';
import { persistentMessages } from '../../protocol/persistent-requests.js';
import { messages } from '../../protocol/requests.js';

/** A sound message of a method, from which broken ones are made. */
export interface Sample {
  readonly path: string;
  readonly message: Buffer;
}

const streams = (method: string, message: Buffer): Sample => ({
  path: `/event_store.client.streams.Streams/${method}`,
  message,
});
const groups = (method: string, message: Buffer): Sample => ({
  path: `/event_store.client.persistent_subscriptions.PersistentSubscriptions/${method}`,
  message,
});

/** One of every method that the server has, some in several forms, about the stream and the group of this round. */
export function samplesOf(round: number): Sample[] {
  const streamIdentifier = { streamName: Buffer.from(`fuzzed-${round}`) };
  const groupName = `group-${round}`;
  const event = {
    id: { string: randomUUID() },
    metadata: { type: 'Fuzzed', 'content-type': 'application/json' },
    customMetadata: Buffer.from('{"by":"王五"}'),
    data: Buffer.from('{"amount":"1.00"}'),
  };
  const settings = { readBatchSize: 20, historyBufferSize: 500, maxRetryCount: 3, messageTimeoutMs: 1_000 };
  const creation = { streamIdentifier, groupName, settings };
  const uuidOption = { string: {} };
  const read = (options: object): Buffer => messages.read.encode({ options: { uuidOption, ...options } });
  const regex = { regex: '^(fuzzed|其他)-[0-9]+$', prefix: [] };
  return [
    streams('Read', read({ stream: { streamIdentifier, start: {} }, count: 5, resolveLinks: true })),
    streams('Read', read({ stream: { streamIdentifier, revision: 3 }, readDirection: 1, count: 5 })),
    streams('Read', read({ all: { start: {} }, count: 5, noFilter: {} })),
    streams('Read', read({ all: { position: { commitPosition: 64, preparePosition: 64 } }, count: 5 })),
    streams(
      'Read',
      read({
        all: { end: {} },
        count: 3,
        filter: { streamIdentifier: regex, max: 32, checkpointIntervalMultiplier: 1 },
      }),
    ),
    streams('Read', read({ stream: { streamIdentifier, start: {} }, subscription: {} })),
    streams('Append', messages.append.encode({ options: { streamIdentifier, any: {} } })),
    streams('Append', messages.append.encode({ proposedMessage: event })),
    streams(
      'BatchAppend',
      messages.batch.encode({
        correlationId: { string: randomUUID() },
        options: { streamIdentifier, any: {} },
        proposedMessages: [event],
        isFinal: true,
      }),
    ),
    streams('Delete', messages.delete.encode({ options: { streamIdentifier, any: {} } })),
    streams('Tombstone', messages.delete.encode({ options: { streamIdentifier, revision: 7 } })),
    groups('Create', persistentMessages.create.encode({ options: creation })),
    groups('Update', persistentMessages.create.encode({ options: creation })),
    groups('Delete', persistentMessages.delete.encode({ options: { streamIdentifier, groupName } })),
    groups(
      'Read',
      persistentMessages.read.encode({ options: { streamIdentifier, groupName, bufferSize: 2, uuidOption } }),
    ),
    groups('Read', persistentMessages.read.encode({ ack: { id: Buffer.from('x'), ids: [event.id] } })),
    groups('Read', persistentMessages.read.encode({ nack: { ids: [event.id], action: 1, reason: '不合格' } })),
    groups('GetInfo', persistentMessages.info.encode({ options: { streamIdentifier, groupName } })),
    groups('ReplayParked', persistentMessages.replay.encode({ options: { streamIdentifier, groupName, noLimit: {} } })),
    groups('List', persistentMessages.list.encode({ options: { listAllSubscriptions: {} } })),
    groups('RestartSubsystem', Buffer.alloc(0)),
    { path: '/event_store.client.server_features.ServerFeatures/GetSupportedMethods', message: Buffer.alloc(0) },
    { path: '/event_store.client.gossip.Gossip/Read', message: Buffer.alloc(0) },
    {
      path: '/event_store.client.projections.Projections/Statistics',
      message: Buffer.from([0x0a, 0x02, 0x12, 0x00]),
    },
  ];
}
