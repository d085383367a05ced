import { limits } from '../limits.js';
import type { FilterRule } from '../engine/event-filter.js';
import type { Direction } from '../storage/event-log.js';
import { toNumber } from '../protocol/messages.js';
import type { FilterOptions, ReadOptions } from '../protocol/requests.js';
import { invalidArgument } from './service-error.js';
import { streamNameOf } from './stream-name.js';

/** A read or subscription in plain values. A number is a revision or a commit position. */
export interface ReadRequest {
  /** undefined reads the whole log. */
  readonly stream: string | undefined;
  readonly from: number | 'start' | 'end';
  readonly direction: Direction;
  /** undefined asks for a subscription. */
  readonly count: number | undefined;
  readonly resolveLinks: boolean;
  readonly structuredIds: boolean;
  /** A client of compatibility 1 is told where the stream begins and ends. */
  readonly wantsStreamEnds: boolean;
  readonly filter: ReadFilter | undefined;
}

export interface ReadFilter {
  readonly rule: FilterRule;
  /** A checkpoint is due after so many events, matching or not. */
  readonly checkpointEvery: number;
}

/** @throws ServiceError INVALID_ARGUMENT when the message lacks what it must have */
export function parseReadRequest(options: ReadOptions | null): ReadRequest {
  if (!options?.streamOption) throw invalidArgument('A read must name a stream or all streams.');
  if (!options.countOption) throw invalidArgument('A read must have a count or be a subscription.');
  const isStream = options.streamOption === 'stream';
  return {
    stream: isStream ? streamNameOf(options.stream.streamIdentifier) : undefined,
    from: isStream ? startOfStream(options) : startOfAll(options),
    direction: options.readDirection === 1 ? 'backwards' : 'forwards',
    count: options.countOption === 'count' ? toNumber(options.count) : undefined,
    resolveLinks: options.resolveLinks,
    structuredIds: options.uuidOption?.content === 'structured',
    wantsStreamEnds: (options.controlOption?.compatibility ?? 0) >= 1,
    filter: !isStream && options.filterOption === 'filter' ? parseFilter(options.filter) : undefined,
  };
}

function startOfStream({ stream }: ReadOptions): ReadRequest['from'] {
  if (stream.revisionOption === 'revision') return toNumber(stream.revision);
  return stream.revisionOption === 'end' ? 'end' : 'start';
}

function startOfAll({ all }: ReadOptions): ReadRequest['from'] {
  if (all.allOption === 'position') return toNumber(all.position.commitPosition);
  return all.allOption === 'end' ? 'end' : 'start';
}

export function parseFilter(options: FilterOptions): ReadFilter {
  if (!options.filter) throw invalidArgument('A filter must look at stream names or at event types.');
  const { regex, prefix } = options[options.filter];
  const window = options.window === 'max' ? options.max : limits.defaultSearchWindow;
  const checkpointEvery = options.checkpointIntervalMultiplier * window;
  if (checkpointEvery < 1)
    throw invalidArgument('A filter needs a checkpoint interval and a search window above zero.');
  return {
    rule: {
      on: options.filter === 'eventType' ? 'type' : 'stream',
      prefixes: prefix,
      ...(regex === '' ? {} : { regex }),
    },
    checkpointEvery,
  };
}
