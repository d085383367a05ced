import { hash } from 'node:crypto';
import { linkData } from '../engine/links.js';
import { LINK_TYPE } from '../engine/system-names.js';
import { createdMsOf } from '../protocol/created-time.js';
import { encodeFrame, namesOf, recordOf, TOMBSTONE } from '../protocol/event-frame.js';
import { messages } from '../protocol/requests.js';
import type { EventLog, StoredEvent } from '../storage/event-log.js';
import { StorageError } from '../storage/storage-error.js';
import type { DerivedIndex } from './derived-index.js';
import {
  isProjected,
  keeperOf,
  type ProjectedEvent,
  type SystemProjection,
  systemProjections,
} from './system-projection.js';

const linkType = Buffer.from(LINK_TYPE);
const referenceType = Buffer.from('$@');
const nothing = Buffer.alloc(0);
/** An entry is no row of the log. */
const NO_STREAM = -1;

/**
 * The streams of the system projections (`$ce-`, `$et-`, `$streams`, `$category-`, `$bc-`). Their entries are not stored: each is
 * made when it is read, from the index and the event it comes from, always the same. An entry's position lies right behind
 * its event's, where the log has a gap, so positions are unique and ascend.
 */
export class DerivedStreams {
  constructor(
    private readonly log: EventLog,
    private readonly index: DerivedIndex,
  ) {}

  /** True for the name of a derived stream, whether it has entries or not. */
  owns(name: string): boolean {
    return keeperOf(name) !== undefined;
  }

  lastOf(name: string): number {
    return this.index.lastOf(name);
  }

  eventAt(name: string, number: number): StoredEvent | undefined {
    return this.entries(name, number, 1)[0];
  }

  /** At most `count` entries from number `from` on, itself included. */
  page(name: string, direction: 'forwards' | 'backwards', from: number, count: number): StoredEvent[] {
    if (direction === 'forwards') return this.entries(name, from, count);
    const last = Math.min(from, this.lastOf(name));
    const first = Math.max(0, last - count + 1);
    return this.entries(name, first, last - first + 1).reverse();
  }

  private entries(name: string, from: number, count: number): StoredEvent[] {
    const keeper = keeperOf(name);
    const projection = keeper && systemProjections[keeper.at];
    if (!projection || count < 1 || from < 0) return [];
    return this.index.positionsOf(name, from, count).map((position, at) => {
      const event = this.log.eventAtPosition(position);
      if (!event || projection.keyOf(projectedEvent(event)) !== keeper.key) throw this.wrongEntry(name, from + at);
      return this.entry(name, projection, from + at, position + 1 + keeper.at, event);
    });
  }

  private entry(
    name: string,
    { isLink }: SystemProjection,
    revision: number,
    position: number,
    target: StoredEvent,
  ): StoredEvent {
    const source = namesOf(target.frame).stream;
    const frame = encodeFrame({
      id: entryId(name, revision),
      type: isLink ? linkType : referenceType,
      stream: Buffer.from(name),
      isJson: false,
      createdMs: createdMsOf(target.frame),
      revision,
      position,
      customMetadata: nothing,
      data: Buffer.from(isLink ? linkData(target.revision, source) : source),
    });
    return { position, stream: NO_STREAM, revision, frame };
  }

  private wrongEntry(name: string, number: number): StorageError {
    return new StorageError('damaged', `Entry ${number} of ${name} leads to an event that is not its own.`);
  }
}

/** What projections look at, of a stored event. */
export function projectedEvent(event: StoredEvent): ProjectedEvent {
  const { stream, type } = namesOf(event.frame);
  const { metadata, customMetadata } = messages.recordedEvent.decode(recordOf(event.frame));
  return {
    stream,
    type,
    revision: event.revision,
    isJson: metadata['content-type'] === 'application/json',
    customMetadata,
  };
}

/** As `projectedEvent`, or undefined for what is never projected, which is not decoded. */
export function projectable(event: StoredEvent): ProjectedEvent | undefined {
  const { stream, type } = namesOf(event.frame);
  const names = { stream, type, revision: event.revision, isJson: false, customMetadata: nothing };
  return event.revision === TOMBSTONE || !isProjected(names) ? undefined : projectedEvent(event);
}

/** The same entry has the same id at every reading: a version 5 UUID made from its name and number. */
function entryId(name: string, number: number): string {
  const hex = hash('sha1', `${number}@${name}`, 'hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
