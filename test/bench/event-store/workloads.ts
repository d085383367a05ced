import { BACKWARDS, type EventStoreDBClient, jsonEvent, type JSONEventData, START } from '@eventstore/db-client';

/** What the official client does to a server, as rates a second. Each event has the size of a contribution's. */

const STREAMS = 1_000;
const BATCH_EVENTS = 500;

const padding = '示例'.repeat(40);

export function contributions(count: number): JSONEventData[] {
  return Array.from({ length: count }, (_, at) =>
    jsonEvent({
      type: `Contribution${at % 5}`,
      data: { amount: '1234.56', month: '2026-07', base: '15432.00', at, padding },
      metadata: { actor: 'bench', effectiveDate: '2026-07-31' },
    }),
  );
}

const perSecond = (count: number, startedAt: number): number => (count / (performance.now() - startedAt)) * 1_000;

/** Appends of one event each, `concurrency` at a time, over many streams. */
export async function singleAppends(client: EventStoreDBClient, count: number, concurrency: number): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const at = next++;
      await client.appendToStream(`account-${at % STREAMS}`, contributions(1));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return perSecond(count, startedAt);
}

/** Events a second in batches of 500, a stream each, four batches at a time. */
export async function batchAppends(client: EventStoreDBClient, batches: number): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < batches) {
      const batch = next++;
      await client.appendToStream(`insured-${batch % STREAMS}`, contributions(BATCH_EVENTS));
    }
  };
  await Promise.all(Array.from({ length: 4 }, lane));
  return perSecond(batches * BATCH_EVENTS, startedAt);
}

/** Events a second of a read of $all. */
export async function readAll(
  client: EventStoreDBClient,
  maxCount: number,
  from: Parameters<EventStoreDBClient['readAll']>[0] = {},
): Promise<number> {
  const startedAt = performance.now();
  let count = 0;
  for await (const { event } of client.readAll({ maxCount, ...from })) if (event) count += 1;
  if (count === 0) throw new Error('The read was empty.');
  return perSecond(count, startedAt);
}

/** Events a second of a subscription to $all from the start until it has caught up. */
export async function catchUp(client: EventStoreDBClient): Promise<number> {
  const startedAt = performance.now();
  let count = 0;
  const subscription = client.subscribeToAll({ fromPosition: START });
  await new Promise<void>((resolve, reject) => {
    subscription.on('data', () => {
      count += 1;
    });
    subscription.on('caughtUp', resolve);
    subscription.on('error', reject);
  });
  const rate = perSecond(count, startedAt);
  await subscription.unsubscribe();
  return rate;
}

/** The newest position of the log. The read is taken to its end: the client waits for it when it is disposed of. */
export async function newestPosition(client: EventStoreDBClient): Promise<bigint> {
  let newest: bigint | undefined;
  for await (const { event } of client.readAll({ direction: BACKWARDS, fromPosition: 'end', maxCount: 1 })) {
    newest = event?.position.commit;
  }
  if (newest === undefined) throw new Error('The log is empty.');
  return newest;
}
