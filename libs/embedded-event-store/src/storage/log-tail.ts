import type { StoredEvent } from './event-log.js';

/**
 * The newest committed events, kept in memory up to a number of bytes: those who follow the log read them many times over,
 * and soon. What is older is read from disk.
 */
export class LogTail {
  /** In log order; those before `first` are given up already. */
  private events: StoredEvent[] = [];
  private first = 0;
  private bytes = 0;
  private uncommitted: StoredEvent[] = [];

  constructor(private readonly maxBytes: number) {}

  add(event: StoredEvent): void {
    this.uncommitted.push(event);
  }

  committed(): void {
    for (const event of this.uncommitted) {
      this.events.push(event);
      this.bytes += event.frame.length;
    }
    this.uncommitted = [];
    while (this.bytes > this.maxBytes && this.first < this.events.length) {
      this.bytes -= this.events[this.first]?.frame.length ?? 0;
      this.first += 1;
    }
    if (this.first > this.events.length / 2) {
      this.events = this.events.slice(this.first);
      this.first = 0;
    }
  }

  rolledBack(): void {
    this.uncommitted = [];
  }

  /** The events from position `from` on, or `undefined` when some of them may be on disk only. */
  page(from: number, count: number, maxBytes: number): StoredEvent[] | undefined {
    const oldest = this.events[this.first];
    if (oldest === undefined || from < oldest.position) return undefined;
    const page: StoredEvent[] = [];
    let bytes = 0;
    for (let at = this.placeOf(from); at < this.events.length && page.length < count && bytes < maxBytes; at += 1) {
      const event = this.events[at] as StoredEvent;
      page.push(event);
      bytes += event.frame.length;
    }
    return page;
  }

  /** Place of the first event at or behind a position, by halving. */
  private placeOf(position: number): number {
    let low = this.first;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.events[middle] as StoredEvent).position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
