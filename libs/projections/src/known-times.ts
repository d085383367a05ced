import { knownAtText } from '@provident/kernel';
import { type Kysely, sql } from 'kysely';
import type { EventIndexDatabase } from './event-index.js';

/** Before the first event: nothing was known. */
const NOTHING_KNOWN = -1n;

/**
 * Turns a time into the log position that says the same: that of the last event that the log had taken by then. A figure
 * "as known at" a past time is therefore the same whenever it is asked.
 */
export class KnownTimes {
  constructor(private readonly db: Kysely<EventIndexDatabase>) {}

  /** Nothing asked, nothing resolved. A time before the first event is -1. Throws `known-at-malformed`. */
  async positionOf(text: string | undefined): Promise<bigint | undefined> {
    if (text === undefined) return undefined;
    const asked = knownAtText(text);
    if (asked.kind === 'position') return asked.position;
    const last = await this.db
      .selectFrom('event_index')
      .select('position')
      .where(sql<boolean>`recorded_at <= ${asked.instant}::timestamptz`)
      .orderBy('recorded_at', 'desc')
      .orderBy('position', 'desc')
      .limit(1)
      .executeTakeFirst();
    return last?.position ?? NOTHING_KNOWN;
  }
}
