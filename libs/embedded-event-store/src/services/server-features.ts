import { messages } from '../protocol/requests.js';

/** What we say we are: a version whose protocol we speak completely. */
export const SERVER_VERSION = '24.10.0';

const methods: readonly (readonly [service: string, method: string, ...features: string[]])[] = [
  ['streams.streams', 'append'],
  ['streams.streams', 'batchappend', 'deadline_duration'],
  ['streams.streams', 'delete'],
  ['streams.streams', 'read', 'position', 'events'],
  ['streams.streams', 'tombstone'],
  ...['create', 'update', 'delete', 'read', 'getinfo', 'replayparked', 'list', 'restartsubsystem'].map(
    (method) => ['persistent_subscriptions.persistentsubscriptions', method, 'stream', 'all'] as const,
  ),
  ['server_features.serverfeatures', 'getsupportedmethods'],
  ['gossip.gossip', 'read'],
];

/** `ServerFeatures.GetSupportedMethods`: names in lower case, as real servers send them. */
const projectionMethods = ['enable', 'disable', 'statistics'].map(
  (method) => ['projections.projections', method] as const,
);

export function supportedMethods(hasProjections: boolean): Buffer {
  const offered = hasProjections ? [...methods, ...projectionMethods] : methods;
  return messages.supportedMethods.encode({
    methods: offered.map(([service, methodName, ...features]) => ({
      serviceName: `event_store.client.${service}`,
      methodName,
      features,
    })),
    eventStoreServerVersion: SERVER_VERSION,
  });
}
