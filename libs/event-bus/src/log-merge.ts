import type { RecordedEvent } from '@provident/kernel';
import type { PartitionPlace } from '@provident/projections/partition-message';
import { LIMITS } from './limits.js';
import type { RelayCheckpoint } from './relay-checkpoint.js';

/** What is known of one partition: its events that wait, in the order of their positions, without repeats. */
interface Lane {
  events: RecordedEvent[];
  /** Place in `events` of the next one to hand out. */
  head: number;
  nextOffset: bigint;
  lastPosition: bigint;
}

/**
 * Puts the log's order together again from the partitions. An event is certain to be the next once every partition that
 * may still hold an earlier one has shown its own next: a relay's checkpoint says up to which offset that may be.
 */
export class LogMerge {
  private readonly lanes = new Map<string, Lane>();
  private told: RelayCheckpoint | undefined;
  private handedOut: bigint;

  constructor(private readonly after: bigint) {
    this.handedOut = after;
  }

  /** Notes that a partition's message held no event. */
  skip(place: PartitionPlace, offset: bigint): void {
    this.lane(place).nextOffset = offset + 1n;
  }

  /** Takes a partition's next event. */
  add(place: PartitionPlace, offset: bigint, event: RecordedEvent): void {
    const lane = this.lane(place);
    lane.nextOffset = offset + 1n;
    if (event.position <= lane.lastPosition) return;
    lane.lastPosition = event.position;
    lane.events.push(event);
  }

  /** Takes a relay's word. A newer one says more; an older one, of a relay that was late, says nothing new. */
  tell(checkpoint: RelayCheckpoint): void {
    if (this.told === undefined || checkpoint.position > this.told.position) this.told = checkpoint;
  }

  nextOffset(place: PartitionPlace): bigint {
    return this.lane(place).nextOffset;
  }

  waiting(place: PartitionPlace): number {
    const { events, head } = this.lane(place);
    return events.length - head;
  }

  /** Whether everything has been handed out that relays have told of. */
  get isThrough(): boolean {
    return this.told === undefined || this.handedOut >= this.told.position;
  }

  /** The next events of the log, as far as they are certain, and at most so many. */
  take(most: number): RecordedEvent[] {
    const taken: RecordedEvent[] = [];
    while (taken.length < most) {
      const lane = this.nextLane();
      if (lane === undefined) break;
      const event = lane.events[lane.head] as RecordedEvent;
      lane.head += 1;
      if (lane.head >= LIMITS.mergeBufferEvents) {
        lane.events = lane.events.slice(lane.head);
        lane.head = 0;
      }
      this.handedOut = event.position;
      taken.push(event);
    }
    return taken;
  }

  /** The partition whose next event is the log's next; `undefined` while that is not certain. */
  private nextLane(): Lane | undefined {
    if (this.told === undefined) return undefined;
    const { position, offsets } = this.told;
    let next: Lane | undefined;
    for (const [topic, each] of Object.entries(offsets)) {
      for (const [partition, end] of each.entries()) {
        const lane = this.lane({ topic, partition });
        const event = lane.events[lane.head];
        if (event === undefined) {
          if (lane.nextOffset < end) return undefined;
        } else if (event.position <= position && !(next && before(next, event))) next = lane;
      }
    }
    if (next === undefined && position > this.handedOut) this.handedOut = position;
    return next;
  }

  private lane({ topic, partition }: PartitionPlace): Lane {
    const name = `${topic}/${partition}`;
    let lane = this.lanes.get(name);
    if (lane === undefined) {
      lane = { events: [], head: 0, nextOffset: 0n, lastPosition: this.after };
      this.lanes.set(name, lane);
    }
    return lane;
  }
}

function before({ events, head }: Lane, event: RecordedEvent): boolean {
  return (events[head] as RecordedEvent).position < event.position;
}
