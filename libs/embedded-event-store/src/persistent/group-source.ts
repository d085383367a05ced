import { EventFilter } from '../engine/event-filter.js';
import type { EventStore } from '../engine/event-store.js';
import { allPage, isShownInAll, streamPage } from '../engine/pages.js';
import { Wakeups } from '../engine/wakeups.js';
import { TOMBSTONE } from '../protocol/event-frame.js';
import type { StoredEvent } from '../storage/event-log.js';
import type { GroupConfig } from './group-settings.js';

/** Where a group's events come from: one stream by revision, or the whole log by position, perhaps filtered. */
export interface GroupSource {
  /** What rings when there may be more. */
  readonly wakeKey: string | symbol;
  /** Events from `place` on, at most `count`, and how far was looked; undefined when there are none now. */
  read(place: number, count: number): { readonly events: StoredEvent[]; readonly lastPlace: number } | undefined;
  placeOf(event: StoredEvent): number;
  /** The newest place that exists, -1 for none. */
  newest(): number;
}

export function groupSource(store: EventStore, { stream, settings }: GroupConfig): GroupSource {
  return stream === undefined
    ? new AllSource(store, settings.filter && new EventFilter(settings.filter))
    : new StreamSource(store, stream);
}

class StreamSource implements GroupSource {
  constructor(
    private readonly store: EventStore,
    readonly wakeKey: string,
  ) {}

  read(place: number, count: number): ReturnType<GroupSource['read']> {
    const page = streamPage(this.store, this.wakeKey, 'forwards', place, count);
    const last = page.at(-1);
    return last && { events: page.filter((event) => event.revision !== TOMBSTONE), lastPlace: last.revision };
  }

  placeOf(event: StoredEvent): number {
    return event.revision;
  }

  newest(): number {
    return this.store.streams.lastOf(this.wakeKey);
  }
}

class AllSource implements GroupSource {
  readonly wakeKey = Wakeups.wholeLog;

  constructor(
    private readonly store: EventStore,
    private readonly filter: EventFilter | undefined,
  ) {}

  read(place: number, count: number): ReturnType<GroupSource['read']> {
    const page = allPage(this.store, 'forwards', place, count);
    const last = page.at(-1);
    if (!last) return undefined;
    const passes = this.filter?.select(page);
    const events = page.filter((event, index) => passes?.[index] !== false && isShownInAll(event));
    return { events, lastPlace: last.position };
  }

  placeOf(event: StoredEvent): number {
    return event.position;
  }

  newest(): number {
    const [event] = this.store.log.allPage('backwards', this.store.end(), 1, 1);
    return event?.position ?? -1;
  }
}
