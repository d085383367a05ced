import type { EventStore } from '../engine/event-store.js';
import { parseJsonObject } from '../engine/stream-metadata.js';
import { recordOf } from '../protocol/event-frame.js';
import { messages } from '../protocol/requests.js';

/** The stream whose newest event holds the rules for streams without rules of their own. */
export const SETTINGS_STREAM = '$settings';

/** `$userStreamAcl` and `$systemStreamAcl` of `$settings`, read again when that stream has grown. */
export class DefaultAcls {
  private revision = -1;
  private settings: Record<string, unknown> = {};

  constructor(private readonly store: Pick<EventStore, 'streams'>) {}

  /** The rules for a stream that has none, or undefined when `$settings` says nothing. */
  of(stream: string): unknown {
    this.refresh();
    return this.settings[stream.startsWith('$') ? '$systemStreamAcl' : '$userStreamAcl'];
  }

  private refresh(): void {
    const { streams } = this.store;
    const last = streams.lastOf(SETTINGS_STREAM);
    if (last === this.revision) return;
    const newest = last < 0 ? undefined : streams.eventAt(SETTINGS_STREAM, last);
    this.settings = newest ? parseJsonObject(messages.recordedEvent.decode(recordOf(newest.frame)).data) : {};
    this.revision = last;
  }
}
