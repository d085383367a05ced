/** A persistent subscription's identity: the stream it reads (undefined: $all) and the group's name. */
export interface GroupKey {
  readonly stream: string | undefined;
  readonly group: string;
}

export const ALL = '$all';

export const sourceName = ({ stream }: GroupKey): string => stream ?? ALL;

/** One text for a key, also the real server's id of a subscription. */
export const keyText = (key: GroupKey): string => `${sourceName(key)}::${key.group}`;

/** Streams in which the server keeps a group's progress and the messages it gave up on. */
export const checkpointStream = (key: GroupKey): string => `$persistentsubscription-${keyText(key)}-checkpoint`;
export const parkedStream = (key: GroupKey): string => `$persistentsubscription-${keyText(key)}-parked`;

/** The text form of a place: `N` in a stream, `C:n/P:n` in $all; -1 means the end where a start is meant. */
export function placeText(key: GroupKey, place: number): string {
  return key.stream === undefined ? `C:${place}/P:${place}` : String(place);
}

/** Reads what `placeText` wrote; undefined when it is something else. */
export function parsePlace(text: string): number | undefined {
  const [, all, stream] = /^(?:C:(\d+)\/P:\d+|(\d+))$/.exec(text) ?? [];
  const digits = all ?? stream;
  return digits === undefined ? undefined : Number(digits);
}
