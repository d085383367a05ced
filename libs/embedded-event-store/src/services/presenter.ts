import type { Links } from '../engine/links.js';
import { encodeDelivery, recordOf, withStructuredId } from '../protocol/event-frame.js';
import type { StoredEvent } from '../storage/event-log.js';

/** How one client wants its events: links followed or not, ids as text or as integers. */
export class Presenter {
  constructor(
    private readonly links: Links,
    private readonly resolvesLinks: boolean,
    private readonly wantsStructuredIds: boolean,
  ) {}

  frameOf(event: StoredEvent): Buffer {
    if (this.wantsStructuredIds) return this.withStructuredIds(event);
    return this.resolvesLinks ? this.links.resolvedFrame(event) : event.frame;
  }

  private withStructuredIds(event: StoredEvent): Buffer {
    const record = withStructuredId(recordOf(event.frame));
    const { isLink, target } = this.resolvesLinks ? this.links.resolve(event) : { isLink: false, target: undefined };
    if (!isLink) return encodeDelivery({ event: record, position: event.position });
    return encodeDelivery({
      link: record,
      position: event.position,
      ...(target ? { event: withStructuredId(recordOf(target.frame)) } : {}),
    });
  }
}
