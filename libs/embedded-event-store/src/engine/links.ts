import { encodeDelivery, namesOf, recordOf } from '../protocol/event-frame.js';
import { messages } from '../protocol/requests.js';
import type { StoredEvent } from '../storage/event-log.js';
import type { StreamReader } from './stream-reader.js';
import { LINK_TYPE } from './system-names.js';
import { visibleRange } from './visible-range.js';

/** An event as a reader that follows links sees it: a link comes with its target, or alone when the target is gone. */
export interface ResolvedEvent {
  readonly original: StoredEvent;
  readonly isLink: boolean;
  readonly target: StoredEvent | undefined;
}

/** `rev@stream`; the stream's name may hold further `@`. */
export function linkData(revision: number, stream: string): string {
  return `${revision}@${stream}`;
}

const linkPattern = /^(\d{1,16})@(.+)$/s;

export class Links {
  constructor(
    private readonly streams: StreamReader,
    private readonly clock: () => number,
  ) {}

  resolve(event: StoredEvent): ResolvedEvent {
    if (namesOf(event.frame).type !== LINK_TYPE) return { original: event, isLink: false, target: undefined };
    return { original: event, isLink: true, target: this.targetOf(event) };
  }

  /** The event's frame with links followed. */
  resolvedFrame(event: StoredEvent): Buffer {
    const { isLink, target } = this.resolve(event);
    if (!isLink) return event.frame;
    const link = recordOf(event.frame);
    return encodeDelivery({ link, position: event.position, ...(target ? { event: recordOf(target.frame) } : {}) });
  }

  /** The stream an event comes from: for a link, the one it points to. */
  sourceStreamOf(event: StoredEvent): string {
    const { type, stream } = namesOf(event.frame);
    return type === LINK_TYPE ? (linkPattern.exec(this.linkText(event))?.[2] ?? stream) : stream;
  }

  /** What a link says: `rev@stream`. */
  linkText(link: StoredEvent): string {
    return messages.recordedEvent.decode(recordOf(link.frame)).data.toString('utf8');
  }

  private targetOf(link: StoredEvent): StoredEvent | undefined {
    const [, digits, name] = linkPattern.exec(this.linkText(link)) ?? [];
    if (digits === undefined || name === undefined) return undefined;
    if (this.streams.catalog.isTombstoned(name)) return undefined;
    const revision = Number(digits);
    const shown = visibleRange(this.streams, name, this.clock());
    return revision < shown.first || revision > shown.last ? undefined : this.streams.eventAt(name, revision);
  }
}
