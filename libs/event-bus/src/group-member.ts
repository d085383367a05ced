import { setTimeout as sleep } from 'node:timers/promises';
import type { PartitionPlace } from '@provident/projections/partition-message';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { aborted, BackOff, pause } from './back-off.js';
import { LIMITS } from './limits.js';
import type { OnTrouble } from './status.js';

export interface GroupMemberOptions {
  readonly client: Kafka;
  readonly groupId: string;
  readonly topics: readonly string[];
  /**
   * Told, before anything is fetched, which partitions are ours from now on; those of before are void. What is not
   * sought starts at the partition's beginning: no offset is ever committed to Kafka.
   */
  readonly onAssigned: (places: readonly PartitionPlace[], consumer: Consumer) => void;
  /** Told when nothing is ours any more, until the next assignment. */
  readonly onRevoked: () => void;
  /**
   * Works on a batch of one partition. Partitions come side by side. Nothing is passed but what the handler resolves;
   * it must not throw, except what `heartbeat` throws.
   */
  readonly onBatch: (payload: EachBatchPayload) => Promise<void>;
  readonly onTrouble: OnTrouble;
}

/** A broker that does not answer must not hold up who wants to stop. */
const LEAVE_LIMIT_MS = 5_000;

/** A consumer that belongs to a group for as long as it runs: whatever happens to the brokers, it joins again. */
export class GroupMember {
  private readonly stopping = new AbortController();
  private readonly backOff = new BackOff();
  private running: Promise<void> = Promise.resolve();
  /** One that was given up may take its time to leave; what it still says does not count. */
  private current: Consumer | undefined;

  constructor(private readonly options: GroupMemberOptions) {}

  start(): void {
    this.running = this.run(this.stopping.signal);
  }

  /** Finishes the batches under way and leaves the group. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const consumer = this.consumer();
      try {
        await this.consume(consumer, signal);
      } catch (error) {
        this.options.onRevoked();
        const waitMs = this.backOff.next();
        this.options.onTrouble(error, waitMs);
        await pause(waitMs, signal);
      } finally {
        this.current = undefined;
        await Promise.race([
          consumer.disconnect().catch(() => undefined),
          sleep(LEAVE_LIMIT_MS, undefined, { ref: false }),
        ]);
      }
    }
    this.options.onRevoked();
  }

  private async consume(consumer: Consumer, signal: AbortSignal): Promise<void> {
    const { topics, onAssigned, onRevoked, onBatch } = this.options;
    const ended = new Promise<Error | undefined>((resolve) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error));
      void aborted(signal).then(() => resolve(undefined));
    });
    this.current = consumer;
    consumer.on(consumer.events.REBALANCING, () => {
      if (this.current === consumer) onRevoked();
    });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      if (this.current !== consumer) return;
      this.backOff.succeeded();
      onAssigned(
        Object.entries(payload.memberAssignment).flatMap(([topic, partitions]) =>
          partitions.map((partition) => ({ topic, partition })),
        ),
        consumer,
      );
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: LIMITS.partitionsAtOnce,
      eachBatch: (payload) => (this.current === consumer ? onBatch(payload) : Promise.resolve()),
    });
    const error = await ended;
    if (error !== undefined) throw error;
  }

  private consumer(): Consumer {
    return this.options.client.consumer({
      groupId: this.options.groupId,
      sessionTimeout: LIMITS.sessionMs,
      heartbeatInterval: LIMITS.heartbeatMs,
      rebalanceTimeout: LIMITS.rebalanceMs,
      maxWaitTimeInMs: LIMITS.fetchWaitMs,
      maxBytesPerPartition: LIMITS.fetchPartitionBytes,
      // Trying again is our business alone: there is one place where it happens and is told.
      retry: { retries: 3, initialRetryTime: LIMITS.firstRetryMs, restartOnFailure: () => Promise.resolve(false) },
    });
  }
}
