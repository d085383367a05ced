import type { EventStore } from './engine/event-store.js';
import { systemEvent } from './engine/event-writer.js';

/** The system events a fresh log begins with, as on a real node: clients rely on $all not being empty. */
const firstEvents: readonly (readonly [stream: string, type: string, data: object])[] = [
  ['$projections-$all', '$ProjectionsInitialized', {}],
  ['$projections-$master', '$ProjectionCreated', { name: '$streams' }],
  ['$projections-$master', '$ProjectionCreated', { name: '$stream_by_category' }],
  ['$projections-$master', '$ProjectionCreated', { name: '$by_category' }],
  ['$projections-$master', '$ProjectionCreated', { name: '$by_event_type' }],
  ['$projections-$master', '$ProjectionCreated', { name: '$by_correlation_id' }],
  ['$users', '$User', { loginName: 'admin' }],
  ['$users', '$User', { loginName: 'ops' }],
];

export async function writeFirstEvents(store: EventStore): Promise<void> {
  if (store.log.newestEvent()) return;
  await store.commits.submit(() => {
    for (const [stream, type, data] of firstEvents) {
      store.commands.appendNow(stream, 'any', [systemEvent(type, JSON.stringify(data))]);
    }
  });
}
