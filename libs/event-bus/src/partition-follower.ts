import { DomainError } from '@provident/kernel';
import type { PartitionApplier } from '@provident/projections/partition-applier';
import { PartitionStopped } from '@provident/projections/partition-applier';
import type { PartitionMessage, PartitionPlace } from '@provident/projections/partition-message';
import { PartitionMoved } from '@provident/projections/partition-progress';
import type { Batch, Consumer, EachBatchPayload } from 'kafkajs';
import { BackOff } from './back-off.js';
import { LIMITS } from './limits.js';
import type { MessageReader } from './message-reader.js';
import type { OnTrouble, PartitionStatus } from './status.js';

export interface PartitionFollowerOptions {
  readonly place: PartitionPlace;
  readonly applier: PartitionApplier;
  readonly reader: MessageReader;
  readonly consumer: Consumer;
  /** Whether offsets may be missing between others, as in a compacted topic. */
  readonly hasGaps: boolean;
  /** The first offset that the brokers hold, and the next that they will give. */
  readonly bounds: () => Promise<{ readonly low: bigint; readonly high: bigint }>;
  readonly onTrouble: OnTrouble;
}

class HeartbeatFailed extends Error {}

/**
 * One partition for as long as it is given to this process. Where it stands is what PostgreSQL says; a fetch that starts
 * elsewhere is sent there.
 */
export class PartitionFollower {
  private state: PartitionStatus['state'] = 'waiting';
  private error: unknown;
  private lag = 0n;
  private lastEventAt: Date | undefined;
  private readonly backOff = new BackOff();
  private timer: NodeJS.Timeout | undefined;
  private isOver = false;
  /** The last fetch started elsewhere, and we sent it to our offset. */
  private hasSought = false;

  constructor(private readonly options: PartitionFollowerOptions) {}

  get status(): PartitionStatus {
    const { place, applier } = this.options;
    const { lag, lastEventAt, state, error } = this;
    return { ...place, nextOffset: applier.progress.nextOffset, lag, lastEventAt, state, error };
  }

  /** Begins where PostgreSQL says; until then nothing is fetched. */
  async begin(): Promise<void> {
    try {
      await this.options.applier.load();
      if (this.isOver) return;
      this.state = 'following';
      this.steer((consumer) => {
        this.seek();
        consumer.resume([this.selector]);
      });
    } catch (error) {
      this.wait(error);
    }
  }

  /** It is ours no more. What is being written may still commit, if nobody was faster. */
  end(): void {
    this.isOver = true;
    clearTimeout(this.timer);
  }

  /** Asked anew behind every wait. */
  private hasEnded(): boolean {
    return this.isOver;
  }

  async take(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    if (this.state !== 'following' || this.isOver) return;
    try {
      if (!(await this.isAligned(batch))) return;
      await this.apply(payload);
      this.error = undefined;
      this.backOff.succeeded();
    } catch (error) {
      if (error instanceof HeartbeatFailed) throw error.cause; // The consumer's own business: it joins again.
      if (this.hasEnded()) return;
      if (error instanceof PartitionStopped || error instanceof DomainError) this.stop(error);
      else if (error instanceof PartitionMoved) await this.begin();
      else this.wait(error);
    }
  }

  private async apply(payload: EachBatchPayload): Promise<void> {
    const { applier, reader } = this.options;
    const { messages, highWatermark } = payload.batch;
    for (let first = 0; first < messages.length && payload.isRunning() && !this.isOver; ) {
      const taken = messages.slice(first, first + LIMITS.transactionEvents);
      first += taken.length;
      const read = taken.map((message) => reader.read(message));
      await applier.apply(read);
      payload.resolveOffset((taken.at(-1) as (typeof taken)[number]).offset);
      this.lag = BigInt(highWatermark) - applier.progress.nextOffset;
      this.lastEventAt = lastEventTime(read) ?? this.lastEventAt;
      await payload.heartbeat().catch((cause: unknown) => {
        throw new HeartbeatFailed('the group does not hear us', { cause });
      });
    }
  }

  /** Whether the batch starts where PostgreSQL says. If not, the next fetch will, or the brokers hold something else. */
  private async isAligned(batch: Batch): Promise<boolean> {
    const { applier, hasGaps, onTrouble } = this.options;
    const first = BigInt(batch.firstOffset() ?? batch.lastOffset());
    const { nextOffset } = applier.progress;
    if (first === nextOffset || (hasGaps && first > nextOffset && this.hasSought)) {
      this.hasSought = hasGaps;
      return true;
    }
    const { low, high } = await this.options.bounds();
    if (!this.hasSought || (nextOffset >= low && nextOffset <= high)) {
      this.seek();
      return false;
    }
    // We asked for our offset and were given another, because the brokers do not hold ours.
    if (nextOffset < low) throw this.messagesMissing(nextOffset, low);
    onTrouble(
      new Error(`${this.name} ends before offset ${nextOffset}: Kafka lost messages. It is read again from ${first}.`),
      0,
    );
    await applier.rewind(first);
    return true;
  }

  private seek(): void {
    const { place, applier } = this.options;
    this.hasSought = true;
    this.steer((consumer) => consumer.seek({ ...place, offset: String(applier.progress.nextOffset) }));
  }

  /** A consumer that has just left its group cannot be steered; then the partition is not ours any more either. */
  private steer(how: (consumer: Consumer) => void): void {
    try {
      how(this.options.consumer);
    } catch {
      this.end();
    }
  }

  /** Nothing more of this partition, until somebody mends it and it is assigned anew; the others go on. */
  private stop(error: unknown): void {
    this.state = 'stopped';
    this.error = error;
    this.steer((consumer) => consumer.pause([this.selector]));
    this.options.onTrouble(error, undefined);
  }

  /** Lets some time pass, then begins again where PostgreSQL says: it may or may not have committed what failed. */
  private wait(error: unknown): void {
    if (this.isOver) return;
    this.state = 'waiting';
    this.error = error;
    const waitMs = this.backOff.next();
    this.steer((consumer) => consumer.pause([this.selector]));
    this.options.onTrouble(error, waitMs);
    this.timer = setTimeout(() => void this.begin(), waitMs);
  }

  private get selector(): { topic: string; partitions: number[] } {
    const { topic, partition } = this.options.place;
    return { topic, partitions: [partition] };
  }

  private get name(): string {
    const { topic, partition } = this.options.place;
    return `${topic}/${partition}`;
  }

  private messagesMissing(wanted: bigint, found: bigint): DomainError {
    return new DomainError(
      'bus-messages-missing',
      `Kafka does not hold the messages of ${this.name} from offset ${wanted} to ${found - 1n} any more.`,
      'Nothing may be left out: every figure behind it would be wrong.',
      'Build the read side anew; keep topics for ever (retention.ms = -1), as the bus sets them up.',
    );
  }
}

function lastEventTime(messages: readonly PartitionMessage[]): Date | undefined {
  const last = messages.findLast(({ content }) => 'event' in content)?.content;
  return last !== undefined && 'event' in last ? last.event.recordedAt : undefined;
}
