import type { EventStore } from '../engine/event-store.js';
import { systemEvent } from '../engine/event-writer.js';
import { linkData } from '../engine/links.js';
import { streamPage } from '../engine/pages.js';
import { LINK_TYPE, METADATA_TYPE, metastreamOf } from '../engine/system-names.js';
import { visibleRange } from '../engine/visible-range.js';
import { namesOf } from '../protocol/event-frame.js';
import type { StoredEvent } from '../storage/event-log.js';
import { type GroupKey, parkedStream } from './group-key.js';
import type { Message } from './message.js';

/** The messages a group gave up on: links in a stream of their own, where they wait for someone to have them replayed. */
export class ParkedMessages {
  private readonly stream: string;

  constructor(
    private readonly store: EventStore,
    key: GroupKey,
  ) {
    this.stream = parkedStream(key);
  }

  async park(message: Message, reason: string): Promise<void> {
    const { isLink, target } = this.store.links.resolve(message.event);
    const parked = isLink ? target : message.event;
    const link = parked
      ? linkData(parked.revision, namesOf(parked.frame).stream)
      : this.store.links.linkText(message.event);
    const metadata = {
      added: new Date(this.store.clock()).toISOString(),
      reason,
      subscriptionEventNumber: message.event.revision,
    };
    const event = { ...systemEvent(LINK_TYPE, link, false), customMetadata: Buffer.from(JSON.stringify(metadata)) };
    await this.store.commands.append(this.stream, 'any', [event]);
  }

  /** Parked links from a place in the parked stream on. */
  read(from: number, count: number): StoredEvent[] {
    return streamPage(this.store, this.stream, 'forwards', from, count);
  }

  /** The places of what is parked now; `first` is above `last` when nothing is. */
  range(): { first: number; last: number } {
    return visibleRange(this.store.streams, this.stream, this.store.clock());
  }

  count(): number {
    const { first, last } = this.range();
    return Math.max(0, last - first + 1);
  }

  /** Everything below `place` was answered and is no longer parked. */
  async forgetBelow(place: number): Promise<void> {
    const metadata = systemEvent(METADATA_TYPE, JSON.stringify({ $tb: place }));
    await this.store.commands.append(metastreamOf(this.stream), 'any', [metadata]);
  }
}
