import type { StoredEvent } from '../storage/event-log.js';

/** An event on its way through a group, from being read to being answered for good. */
export interface Message {
  /** What a client answers with: the id of the event, or of the link that led to it. */
  readonly id: string;
  readonly event: StoredEvent;
  /** Place in the group's source; undefined for a parked message that is replayed. */
  readonly place: number | undefined;
  /** Whether a link is delivered together with its target. */
  readonly followsLink: boolean;
  /** For Pinned: the stream the event comes from, through a link if it is one. */
  readonly sourceStream: string;
  retryCount: number;
}
