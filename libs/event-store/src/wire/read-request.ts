import { integerField, messageField, textField } from './byte-fields.js';

/** A run of one stream's events; from its beginning or end (by the direction) unless told. */
export interface PageOptions {
  readonly backwards: boolean;
  /** Revision to start with, itself included. */
  readonly from?: bigint;
  /** Most events. */
  readonly count: number;
}

// ReadReq { options 1 { stream 1, all 2, direction 3, resolve_links 4 (absent: no), count 5, subscription 6, filter 7,
// no_filter 8, uuid_option 9 } }.
const BACKWARDS = integerField(3, 1);
const NO_FILTER = messageField(8);
const IDS_AS_TEXT = messageField(9, messageField(2));
const SUBSCRIPTION = messageField(6);
const START = messageField(2);
const END = messageField(3);

/** Provident's own events: the store's system events have types that begin with a dollar sign. */
const NOT_SYSTEM = '^[^$].*';

/**
 * Events that the server considers between two of its checkpoints, which nobody here reads: the client's default of 32
 * costs a message for every 32 events.
 */
const SEARCH_WINDOW = 256;
const WINDOWS_PER_CHECKPOINT = 16;

export function encodeStreamPage(stream: string, { backwards, from, count }: PageOptions): Buffer {
  const identifier = messageField(1, messageField(3, Buffer.from(stream)));
  const start = from === undefined ? messageField(backwards ? 4 : 3) : integerField(2, from);
  return messageField(
    1,
    messageField(1, identifier, start),
    ...(backwards ? [BACKWARDS] : []),
    integerField(5, count),
    NO_FILTER,
    IDS_AS_TEXT,
  );
}

/** The last events before a log position (or the end of the log), the newest first, system events included. */
export function encodeLogTail(before: bigint | undefined, count: number): Buffer {
  return messageField(
    1,
    messageField(2, before === undefined ? END : logPosition(before)),
    BACKWARDS,
    integerField(5, count),
    NO_FILTER,
    IDS_AS_TEXT,
  );
}

/** Everything after a log position, then what is still to come: Provident's own events, or those of the types named. */
export function encodeFollow(after: bigint | undefined, types: readonly string[] | undefined): Buffer {
  const regex = types === undefined ? NOT_SYSTEM : `^(${types.join('|')})$`;
  return messageField(
    1,
    messageField(2, after === undefined ? START : logPosition(after)),
    SUBSCRIPTION,
    messageField(
      7,
      messageField(2, textField(1, regex)),
      integerField(3, SEARCH_WINDOW),
      integerField(5, WINDOWS_PER_CHECKPOINT),
    ),
    IDS_AS_TEXT,
  );
}

function logPosition(position: bigint): Buffer {
  return messageField(1, integerField(1, position), integerField(2, position));
}
