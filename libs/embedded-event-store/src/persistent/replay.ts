import type { StoredEvent } from '../storage/event-log.js';
import type { ParkedMessages } from './parked-messages.js';

/**
 * Parked messages on their way back to the consumers. They stay parked on disk until the last of them is answered, so that a
 * crash in between replays them again rather than losing them.
 */
export class Replay {
  private next = 0;
  /** Up to here, not included, messages are replayed. */
  private end = 0;
  private unanswered = 0;

  constructor(private readonly parked: ParkedMessages) {}

  /** @param stopAt place in the parked stream, not included; undefined replays all */
  request(stopAt: number | undefined): void {
    const { first, last } = this.parked.range();
    // With nothing parked the range says nothing about the places to come.
    if (first > last) return;
    this.next = Math.max(this.next, first);
    this.end = Math.max(this.end, Math.min(last + 1, stopAt ?? Infinity));
  }

  /** The next messages to deliver again. */
  read(count: number): StoredEvent[] {
    if (this.next >= this.end) return [];
    const events = this.parked.read(this.next, Math.min(count, this.end - this.next));
    this.next = events.length === 0 ? this.end : (events.at(-1)?.revision ?? this.next) + 1;
    this.unanswered += events.length;
    return events;
  }

  async answered(): Promise<void> {
    this.unanswered -= 1;
    if (this.unanswered === 0 && this.next >= this.end) await this.parked.forgetBelow(this.end);
  }
}
