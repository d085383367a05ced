import { setTimeout as sleep } from 'node:timers/promises';
import type { EachBatchPayload } from 'kafkajs';
import { BackOff } from './back-off.js';
import { GroupMember } from './group-member.js';
import type { KafkaBus } from './kafka-bus.js';
import { decodeCheckpoint, type RelayCheckpoint } from './relay-checkpoint.js';
import type { OnTrouble } from './status.js';

/**
 * Which of several relays leads: the one that was given the checkpoint topic's only partition by the group of relays.
 * Before it leads it has read that topic to its end, and so knows what the last one told.
 *
 * A relay that lost the partition and does not know it yet goes on for a moment. That is harmless: both send the same
 * events, each without a gap from a checkpoint that was true, so in every partition an event that is no repeat comes
 * after all those before it.
 */
export class RelayLeadership {
  private readonly member: GroupMember;
  private last: RelayCheckpoint | undefined;
  /** Which assignment we are in: what an earlier one set going must not count any more. */
  private generation = 0;
  private leading = false;

  constructor(
    private readonly bus: KafkaBus,
    private readonly onTrouble: OnTrouble,
    private readonly onLead: (from: RelayCheckpoint | undefined) => void,
    private readonly onStandDown: () => void,
  ) {
    this.member = new GroupMember({
      client: bus.client('relay'),
      groupId: bus.topics.group('relay'),
      topics: [bus.topics.checkpoints],
      onAssigned: (places) => {
        this.standDown();
        if (places.length > 0) void this.leadAtOnceIfNothingWasTold(this.generation);
      },
      onRevoked: () => this.standDown(),
      onBatch: (payload) => this.read(payload),
      onTrouble,
    });
  }

  start(): void {
    this.member.start();
  }

  stop(): Promise<void> {
    return this.member.stop();
  }

  private read(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    for (const { value, offset } of batch.messages) {
      try {
        this.last = decodeCheckpoint(value);
      } catch (error) {
        // An earlier one says less and is as true.
        this.onTrouble(error, undefined);
      }
      payload.resolveOffset(offset);
    }
    if (BigInt(batch.lastOffset()) + 1n >= BigInt(batch.highWatermark)) this.lead();
    return Promise.resolve();
  }

  /** An empty topic never brings a batch that would say that its end is reached. */
  private async leadAtOnceIfNothingWasTold(generation: number): Promise<void> {
    const backOff = new BackOff();
    while (generation === this.generation && !this.leading) {
      try {
        const ends = await this.bus.administer((admin) => admin.fetchTopicOffsets(this.bus.topics.checkpoints));
        if (generation !== this.generation) return;
        if (ends.every(({ low, high }) => low === high)) this.lead();
        return;
      } catch (error) {
        const waitMs = backOff.next();
        this.onTrouble(error, waitMs);
        await sleep(waitMs);
      }
    }
  }

  private lead(): void {
    if (this.leading) return;
    this.leading = true;
    this.onLead(this.last);
  }

  private standDown(): void {
    this.generation += 1;
    this.last = undefined;
    if (!this.leading) return;
    this.leading = false;
    this.onStandDown();
  }
}
