import type { DerivedStreams } from '../projections/derived-streams.js';
import type { EventLog } from '../storage/event-log.js';
import {
  type AppendDecision,
  decideAppend,
  type ExpectedRevision,
  type StreamBeforeAppend,
} from './append-decision.js';
import { DerivedStreamError } from './derived-stream-error.js';
import { type EventWriter, type ProposedEvent, systemEvent } from './event-writer.js';
import { idOf, TOMBSTONE } from '../protocol/event-frame.js';
import type { GroupCommit } from './group-commit.js';
import type { RecentIds } from './recent-ids.js';
import type { StreamCatalog } from './stream-catalog.js';
import { SOFT_DELETE_JSON, undeletedMetadata } from './stream-metadata.js';
import { isMetastream, METADATA_TYPE, metastreamOf, ownerOf, STREAM_DELETED_TYPE } from './system-names.js';

/** How a write ended. `last` and `current` are revisions, -1 for a stream without events; `position` is -1 when nothing was written. */
export type WriteOutcome =
  | { readonly kind: 'done'; readonly last: number; readonly position: number }
  | { readonly kind: 'wrong-revision'; readonly current: number }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'timeout' };

/** The three ways to change a stream. Each is one step of a shared transaction and is answered when that is on disk. */
export class Commands {
  constructor(
    private readonly log: EventLog,
    private readonly catalog: StreamCatalog,
    private readonly recentIds: RecentIds,
    private readonly writer: EventWriter,
    private readonly commits: GroupCommit,
    private readonly clock: () => number,
    private readonly derived: Pick<DerivedStreams, 'owns'> | undefined,
  ) {}

  /** @param deadlineMs when passed before the turn comes, nothing is written and the outcome is `timeout` */
  append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly ProposedEvent[],
    deadlineMs = Infinity,
  ): Promise<WriteOutcome> {
    return this.change(stream, () =>
      this.clock() > deadlineMs ? { kind: 'timeout' } : this.appendNow(stream, expected, events),
    );
  }

  /** Soft: the stream reads as missing and goes on when it is written again. Its old metadata is lost. */
  deleteStream(stream: string, expected: ExpectedRevision): Promise<WriteOutcome> {
    return this.change(stream, () => this.deleteNow(stream, expected));
  }

  /** For good: the stream can never be written again. A stream that never existed may be ended too. */
  tombstone(stream: string, expected: ExpectedRevision): Promise<WriteOutcome> {
    return this.change(stream, () => this.tombstoneNow(stream, expected));
  }

  /** As `append`, for the server's own steps inside a transaction they have open. */
  appendNow(stream: string, expected: ExpectedRevision, events: readonly ProposedEvent[]): WriteOutcome {
    const ids = events.map((event) => event.id);
    const decision = decideAppend(this.before(stream), expected, ids);
    if (decision.kind !== 'write') return this.answer(stream, decision);
    const state = this.catalog.stateOf(stream);
    if (events.length === 0) return { kind: 'done', last: state.last, position: -1 };
    // New metadata for a softly deleted stream brings it back too, showing what is written from now on.
    const hidden = isMetastream(stream) ? ownerOf(stream) : stream;
    const wasSoftDeleted = this.isSoftDeleted(hidden);
    const firstShown = this.catalog.stateOf(hidden).last + 1;
    const position = this.writer.write(state, events);
    // Taken now: bringing the stream back writes a further event, which is not the writer's, to its metadata.
    const { last } = state;
    if (wasSoftDeleted) this.undelete(hidden, firstShown);
    return { kind: 'done', last, position };
  }

  /** @throws DerivedStreamError */
  private change(stream: string, step: () => WriteOutcome): Promise<WriteOutcome> {
    if (this.derived?.owns(stream) === true) return Promise.reject(new DerivedStreamError(stream));
    return this.commits.submit(step);
  }

  private deleteNow(stream: string, expected: ExpectedRevision): WriteOutcome {
    const before = this.before(stream);
    const event = systemEvent(METADATA_TYPE, SOFT_DELETE_JSON);
    if (expected === 'any' && before.last < 0 && !before.hasMetadata && !before.isTombstoned) {
      return { kind: 'wrong-revision', current: -1 };
    }
    const decision = decideAppend(before, expected, [event.id]);
    if (decision.kind !== 'write') return this.answer(stream, decision);
    const metastream = this.catalog.stateOf(metastreamOf(stream));
    const position = this.writer.write(metastream, [event]);
    return { kind: 'done', last: before.last, position };
  }

  private tombstoneNow(stream: string, expected: ExpectedRevision): WriteOutcome {
    const event = systemEvent(STREAM_DELETED_TYPE, '', false);
    const decision = decideAppend(this.before(stream), expected, [event.id]);
    if (decision.kind !== 'write') return this.answer(stream, decision);
    const state = this.catalog.stateOf(stream);
    const position = this.writer.writeTombstone(state, event);
    return { kind: 'done', last: state.last, position };
  }

  private before(stream: string): StreamBeforeAppend {
    const { id, last } = this.catalog.stateOf(stream);
    return {
      last,
      isTombstoned: last === TOMBSTONE,
      isSoftDeleted: this.isSoftDeleted(stream),
      hasMetadata: !isMetastream(stream) && this.catalog.stateOf(metastreamOf(stream)).last >= 0,
      revisionOf: (eventId) => (id === undefined ? undefined : this.recentIds.revisionOf(id, last, eventId)),
      idAt: (revision) => {
        const event = id === undefined ? undefined : this.log.eventAt(id, revision);
        return event && idOf(event.frame);
      },
    };
  }

  private isSoftDeleted(stream: string): boolean {
    return this.catalog.metadataOf(stream).isSoftDeleted;
  }

  private answer(stream: string, decision: Exclude<AppendDecision, { kind: 'write' }>): WriteOutcome {
    const { id, last } = this.catalog.stateOf(stream);
    if (decision.kind === 'deleted') return { kind: 'deleted' };
    if (decision.kind === 'wrong-revision') return { kind: 'wrong-revision', current: last };
    const original = id === undefined ? undefined : this.log.eventAt(id, decision.last);
    return { kind: 'done', last: decision.last, position: original?.position ?? -1 };
  }

  /** The stream shows its events from the new ones on; the rest of its metadata stays. */
  private undelete(stream: string, firstRevision: number): void {
    const json = this.catalog.metadataJson(stream) ?? Buffer.from('{}');
    const event = systemEvent(METADATA_TYPE, undeletedMetadata(json, firstRevision));
    this.writer.write(this.catalog.stateOf(metastreamOf(stream)), [event]);
  }
}
