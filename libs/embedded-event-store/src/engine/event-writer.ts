import { randomUUID } from 'node:crypto';
import { createdMsOf } from '../protocol/created-time.js';
import { encodeFrame, TOMBSTONE } from '../protocol/event-frame.js';
import type { EventLog } from '../storage/event-log.js';
import type { RecentIds } from './recent-ids.js';
import type { Projector } from '../projections/projector.js';
import type { StreamCatalog, StreamState } from './stream-catalog.js';

/** An event as a client proposes it. */
export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly customMetadata: Uint8Array;
}

/** An event of the server's own, with a fresh id. */
export function systemEvent(type: string, data: string | Buffer, isJson = true): ProposedEvent {
  return { id: randomUUID(), type, isJson, data: Buffer.from(data), customMetadata: Buffer.alloc(0) };
}

/** Room between two events' positions beyond the bytes of the first: positions have gaps, as on the real server. */
const POSITION_GAP = 32;

/** Puts events at the end of the log, inside a transaction that the caller has open. */
export class EventWriter {
  /** Told of every event, inside its transaction. */
  projector: Pick<Projector, 'note'> | undefined;
  private nextPosition = 0;
  private newest = -1;
  private newestMs = 0;
  private changed = new Set<string>();

  constructor(
    private readonly log: EventLog,
    private readonly catalog: StreamCatalog,
    private readonly recentIds: RecentIds,
    private readonly clock: () => number,
  ) {
    this.findEnd();
  }

  /** Writes the events behind the stream's last one and returns the position of the last of them. */
  write(state: StreamState, events: readonly ProposedEvent[], firstRevision = state.last + 1): number {
    const stream = Buffer.from(state.name, 'utf8');
    const id = this.catalog.idFor(state);
    // Never earlier than an older event's time, whatever the clock does: $maxAge searches by it.
    this.newestMs = Math.max(this.newestMs, this.clock());
    let position = -1;
    let revision = firstRevision;
    for (const event of events) {
      position = this.nextPosition;
      const type = Buffer.from(event.type, 'utf8');
      const frame = encodeFrame({ ...event, type, stream, createdMs: this.newestMs, revision, position });
      this.log.insert({ position, stream: id, revision, frame });
      this.recentIds.add(id, event.id, revision);
      this.projector?.note({ ...event, stream: state.name, revision }, position, this.changed);
      this.newest = position;
      this.nextPosition = position + frame.length + POSITION_GAP;
      revision += 1;
    }
    this.catalog.advance(state, revision - 1);
    this.changed.add(state.name);
    return position;
  }

  /** Ends the stream for good. */
  writeTombstone(state: StreamState, event: ProposedEvent): number {
    return this.write(state, [event], TOMBSTONE);
  }

  /** The position behind every event that exists: reads up to here see all of them. */
  end(): number {
    return this.nextPosition;
  }

  /** Position of the newest event, -1 in an empty log. */
  newestPosition(): number {
    return this.newest;
  }

  /** The streams written since the last call. */
  takeChanged(): Set<string> {
    const changed = this.changed;
    this.changed = new Set();
    return changed;
  }

  /** After a transaction that did not happen. */
  forget(): void {
    this.changed.clear();
    this.findEnd();
  }

  private findEnd(): void {
    const newest = this.log.newestEvent();
    this.nextPosition = newest ? newest.position + newest.frame.length + POSITION_GAP : POSITION_GAP;
    this.newest = newest?.position ?? -1;
    this.newestMs = newest ? createdMsOf(newest.frame) : 0;
  }
}
