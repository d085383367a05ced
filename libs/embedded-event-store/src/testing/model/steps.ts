import fc from 'fast-check';
import type { Answer } from './group-model.js';
import { IDS, STREAMS, type StreamName } from './log-model.js';
import type { Expectation, MetadataJson } from './stream-model.js';

/** One thing that happens in a history. A `current` revision means the stream's last one at that time. */
export type Step =
  | {
      readonly kind: 'append';
      readonly stream: StreamName;
      readonly expected: Expectation | 'current';
      readonly ids: readonly number[];
      readonly way: 'batch' | 'classic';
    }
  | { readonly kind: 'delete' | 'tombstone'; readonly stream: StreamName; readonly expected: DeleteExpectation }
  | { readonly kind: 'metadata'; readonly stream: StreamName; readonly json: MetadataJson }
  | ReadStep
  | ReadAllStep
  | { readonly kind: 'subscribe'; readonly stream: StreamName; readonly from: 'start' | 'end' | number }
  | { readonly kind: 'subscribeToAll'; readonly from: 'start' | 'end' | number; readonly isFiltered: boolean }
  | GroupStep
  | { readonly kind: 'restart' };

export type DeleteExpectation = 'any' | 'no_stream' | 'current' | number;

export interface ReadStep {
  readonly kind: 'read';
  readonly stream: StreamName;
  readonly direction: 'forwards' | 'backwards';
  readonly from: 'start' | 'end' | number;
  readonly count: number;
  readonly resolves: boolean;
}

export interface ReadAllStep {
  readonly kind: 'readAll';
  readonly direction: 'forwards' | 'backwards';
  /** A part of the log in per mille, for a position inside it. */
  readonly from: 'start' | 'end' | number;
  readonly count: number;
  readonly filter: 'stream prefix' | 'stream regex' | 'type prefix' | 'type regex';
  readonly resolves: boolean;
}

export type GroupStep =
  | {
      readonly kind: 'createGroup' | 'updateGroup';
      readonly source: GroupSourceName;
      readonly startFrom: 'start' | 'end' | number;
      readonly maxRetryCount: number;
      readonly maxCheckpointCount: number;
    }
  | { readonly kind: 'deleteGroup' | 'groupInfo'; readonly source: GroupSourceName }
  | { readonly kind: 'replay'; readonly source: GroupSourceName; readonly stopAt: number | null }
  | {
      readonly kind: 'consume';
      readonly source: GroupSourceName;
      readonly bufferSize: number;
      readonly answers: readonly Answer[];
    };

export type GroupSourceName = StreamName | '$all';

const stream = fc.constantFrom(...STREAMS);
/** Most groups are on one stream, so that what happens to a group happens often. */
const source = fc.constantFrom<GroupSourceName>('account-1', 'account-1', 'account-1', '缴费@3', '$all', '$all');
const revision = fc.integer({ min: 0, max: 9 });
const from = fc.oneof(fc.constantFrom('start' as const, 'end' as const), revision);
const direction = fc.constantFrom('forwards' as const, 'backwards' as const);
const one = <Value>(value: Value): fc.Arbitrary<Value> => fc.constant(value);

const append = fc.record({
  kind: one('append' as const),
  stream,
  expected: fc.oneof(
    fc.constantFrom<Expectation | 'current'>('any', 'any', 'no_stream', 'stream_exists', 'current', 'current'),
    revision,
  ),
  ids: fc.uniqueArray(fc.integer({ min: 0, max: IDS - 1 }), { minLength: 1, maxLength: 4 }),
  way: fc.constantFrom('batch' as const, 'classic' as const),
});

const deleting = fc.record({
  kind: fc.constantFrom('delete' as const, 'delete' as const, 'delete' as const, 'tombstone' as const),
  stream,
  expected: fc.oneof(fc.constantFrom('any' as const, 'current' as const, 'no_stream' as const), revision),
});

/** $maxAge is so long that no clock matters; what it hides is another test's. */
const metadata = fc.record({
  kind: one('metadata' as const),
  stream,
  json: fc.record(
    {
      $maxCount: fc.integer({ min: 1, max: 5 }),
      $tb: fc.integer({ min: 0, max: 8 }),
      $maxAge: one(86_400),
      $cacheControl: one(12),
      $acl: one({ $r: ['clerk', 'auditor'], $w: 'clerk' }),
      owner: fc.constantFrom('社保局', 'pension'),
      limits: one({ perDay: 7, notes: [null, 'x'] }),
    },
    { requiredKeys: [] },
  ),
});

const read = fc.record({
  kind: one('read' as const),
  stream,
  direction,
  from,
  count: fc.integer({ min: 1, max: 12 }),
  resolves: fc.boolean(),
});

const readAll = fc.record({
  kind: one('readAll' as const),
  direction,
  from: fc.oneof(fc.constantFrom('start' as const, 'end' as const), fc.integer({ min: 0, max: 999 })),
  count: fc.integer({ min: 1, max: 30 }),
  filter: fc.constantFrom('stream prefix', 'stream regex', 'type prefix', 'type regex'),
  resolves: fc.boolean(),
}) as fc.Arbitrary<ReadAllStep>;

const subscribe = fc.record({ kind: one('subscribe' as const), stream, from });
const subscribeToAll = fc.record({
  kind: one('subscribeToAll' as const),
  from: fc.oneof(fc.constantFrom('start' as const, 'end' as const), fc.integer({ min: 0, max: 999 })),
  isFiltered: fc.boolean(),
});

const group = fc.record({
  kind: fc.constantFrom('createGroup' as const, 'createGroup' as const, 'updateGroup' as const),
  source,
  startFrom: fc.oneof(
    fc.constantFrom('start' as const, 'start' as const, 'end' as const),
    fc.integer({ min: 0, max: 4 }),
  ),
  maxRetryCount: fc.integer({ min: 0, max: 2 }),
  maxCheckpointCount: fc.integer({ min: 1, max: 4 }),
});
const consume = fc.record({
  kind: one('consume' as const),
  source,
  bufferSize: fc.integer({ min: 1, max: 4 }),
  answers: fc.array(fc.constantFrom<Answer>('ack', 'ack', 'park', 'retry', 'skip'), { maxLength: 8 }),
});
const aboutGroup = fc.record({ kind: fc.constantFrom('deleteGroup' as const, 'groupInfo' as const), source });
const replay = fc.record({ kind: one('replay' as const), source, stopAt: fc.option(fc.integer({ min: 1, max: 6 })) });

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: append },
  { weight: 3, arbitrary: deleting },
  { weight: 3, arbitrary: metadata },
  { weight: 4, arbitrary: read },
  { weight: 2, arbitrary: readAll },
  { weight: 2, arbitrary: subscribe },
  { weight: 1, arbitrary: subscribeToAll },
  { weight: 3, arbitrary: group },
  { weight: 5, arbitrary: consume },
  { weight: 2, arbitrary: aboutGroup },
  { weight: 2, arbitrary: replay },
  { weight: 1, arbitrary: one({ kind: 'restart' as const }) },
);

/** A history, which shrinks to the steps that matter. */
export const history = fc.array(anyStep, { minLength: 1, maxLength: 40, size: 'max' });
