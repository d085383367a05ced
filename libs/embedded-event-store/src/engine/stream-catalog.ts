import { recordOf, TOMBSTONE } from '../protocol/event-frame.js';
import { messages } from '../protocol/requests.js';
import type { EventLog } from '../storage/event-log.js';
import { BoundedMap } from './bounded-map.js';
import { metastreamMetadata, noMetadata, parseMetadata, type StreamMetadata } from './stream-metadata.js';
import { isMetastream, metastreamOf, ownerOf } from './system-names.js';

/** What is known of a stream without reading its events. */
export interface StreamState {
  readonly name: string;
  /** Row id in the log; undefined until the stream's first event. */
  id: number | undefined;
  /** Last revision, -1 for none, TOMBSTONE once deleted for good. */
  last: number;
  /** Read on first use. */
  metadata: StreamMetadata | undefined;
}

/** Last revisions and metadata of the streams in use, bounded, filled from the log. */
export class StreamCatalog {
  private readonly known: BoundedMap<string, StreamState>;
  private newestId: number;

  constructor(
    private readonly log: EventLog,
    capacity: number,
  ) {
    this.known = new BoundedMap(capacity);
    this.newestId = log.newestStreamId();
  }

  stateOf(name: string): StreamState {
    const known = this.known.get(name);
    if (known) return known;
    const id = this.log.streamId(name);
    const state = { name, id, last: id === undefined ? -1 : this.log.lastRevision(id), metadata: undefined };
    this.known.set(name, state);
    return state;
  }

  metadataOf(name: string): StreamMetadata {
    if (isMetastream(name)) return metastreamMetadata;
    const state = this.stateOf(name);
    if (state.metadata) return state.metadata;
    const json = this.metadataJson(name);
    state.metadata = json ? parseMetadata(json) : noMetadata;
    return state.metadata;
  }

  /** The newest metadata event's data, undefined when the stream has no metadata. */
  metadataJson(name: string): Buffer | undefined {
    const { id, last } = this.stateOf(metastreamOf(name));
    const event = id === undefined || last < 0 ? undefined : this.log.eventAt(id, last);
    return event && messages.recordedEvent.decode(recordOf(event.frame)).data;
  }

  /** A stream is deleted for good by its own tombstone; its metadata stream goes with it. */
  isTombstoned(name: string): boolean {
    if (this.stateOf(name).last === TOMBSTONE) return true;
    return isMetastream(name) && this.stateOf(ownerOf(name)).last === TOMBSTONE;
  }

  /** The stream's row id, given out now if it has none. Only inside a transaction. */
  idFor(state: StreamState): number {
    if (state.id === undefined) {
      this.newestId += 1;
      this.log.addStream(this.newestId, state.name);
      state.id = this.newestId;
    }
    return state.id;
  }

  /** Notes what was just written. */
  advance(state: StreamState, last: number): void {
    state.last = last;
    if (isMetastream(state.name)) this.stateOf(ownerOf(state.name)).metadata = undefined;
  }

  /** After a transaction that did not happen: everything is read again. */
  forget(): void {
    this.known.clear();
    this.newestId = this.log.newestStreamId();
  }
}
