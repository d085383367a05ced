import {
  BACKWARDS,
  END,
  type EventStoreDBClient,
  persistentSubscriptionToStreamSettingsFromDefaults as settings,
  type PersistentSubscriptionToStream,
  START,
} from '@eventstore/db-client';
import { take } from '../test-store.js';
import { waitFor } from '../wait-for.js';
import { CONSUMED } from './attempt.js';

const GROUP = 'clerks';
const CHECKPOINTS = `$persistentsubscription-${CONSUMED}::${GROUP}-checkpoint`;

/** A consumer that acknowledges in every life of the server, and what the group owes it. */
export class ConsumerOfAttempts {
  private readonly acknowledged = new Set<number>();
  private checkpoint = -1;
  private subscription: PersistentSubscriptionToStream | undefined;
  private fault: Error | undefined;
  delivered = 0;
  redelivered = 0;

  create(client: EventStoreDBClient): Promise<void> {
    const options = settings({
      startFrom: START,
      checkPointUpperBound: 20,
      checkPointLowerBound: 5,
      checkPointAfter: 50,
    });
    return client.createPersistentSubscriptionToStream(CONSUMED, GROUP, options);
  }

  /** Goes on in a new life of the server: nothing up to the checkpoint may come again. */
  async resume(client: EventStoreDBClient): Promise<void> {
    const checkpoint = await checkpointOf(client);
    if (checkpoint < this.checkpoint) {
      throw new Error(`The group's checkpoint was ${this.checkpoint} and went back to ${checkpoint}.`);
    }
    this.checkpoint = checkpoint;
    for (let revision = 0; revision <= checkpoint; revision += 1) {
      if (!this.acknowledged.has(revision)) throw new Error(`The checkpoint ${checkpoint} passes over ${revision}.`);
    }
    const subscription = client.subscribeToPersistentSubscriptionToStream(CONSUMED, GROUP, { bufferSize: 20 });
    this.subscription = subscription;
    subscription.on('error', () => undefined);
    subscription.on('data', (message) => {
      const revision = Number(message.event?.revision);
      this.delivered += 1;
      if (revision <= checkpoint) {
        this.fault ??= new Error(`Revision ${revision} was delivered again behind the checkpoint ${checkpoint}.`);
      }
      if (this.acknowledged.has(revision)) this.redelivered += 1;
      // Counted before it is sent: a checkpoint may then cover it even if the server dies at once.
      this.acknowledged.add(revision);
      subscription.ack(message).catch(() => undefined);
    });
  }

  /** Waits until everything in the stream was delivered. */
  async drain(client: EventStoreDBClient): Promise<void> {
    const [newest] = await take(client.readStream(CONSUMED, { fromRevision: END, direction: BACKWARDS, maxCount: 1 }));
    const count = Number(newest?.event?.revision ?? -1n) + 1;
    await waitFor('all that was not acknowledged is delivered', () => this.acknowledged.size >= count || !!this.fault);
    this.check();
    await this.subscription?.unsubscribe();
  }

  check(): void {
    if (this.fault) throw this.fault;
  }
}

async function checkpointOf(client: EventStoreDBClient): Promise<number> {
  const newest = { fromRevision: END, direction: BACKWARDS, maxCount: 1 } as const;
  try {
    const [event] = await take(client.readStream(CHECKPOINTS, newest));
    return Number(event?.event?.data ?? -1);
  } catch (error) {
    if ((error as { type?: string }).type === 'stream-not-found') return -1;
    throw error;
  }
}
