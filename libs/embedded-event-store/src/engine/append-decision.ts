/** What a writer expects of the stream: nothing, any state, existence, or its exact last revision. */
export type ExpectedRevision = 'any' | 'no_stream' | 'stream_exists' | number;

/** The stream as a writer finds it. The two lookups are asked only where a repeated append is possible. */
export interface StreamBeforeAppend {
  /** -1 when the stream has no events. */
  readonly last: number;
  readonly isTombstoned: boolean;
  readonly isSoftDeleted: boolean;
  readonly hasMetadata: boolean;
  /** Where the stream holds this id among its recent events. */
  revisionOf(id: string): number | undefined;
  idAt(revision: number): string | undefined;
}

export type AppendDecision =
  | { readonly kind: 'write' }
  /** The same events are there already; the answer is the original's. */
  | { readonly kind: 'repeated'; readonly last: number }
  | { readonly kind: 'wrong-revision' }
  | { readonly kind: 'deleted' };

/**
 * Whether an append of events with these ids is written. With an exact expectation a repeated append is recognised at any
 * time, by comparing ids; with "any" only among recent ids, and an unknown first id always means a new append.
 */
export function decideAppend(
  stream: StreamBeforeAppend,
  expected: ExpectedRevision,
  ids: readonly string[],
): AppendDecision {
  if (stream.isTombstoned) return { kind: 'deleted' };
  if (expected === 'any') return decideByKnownIds(stream, ids);
  if (expected === 'stream_exists') {
    if (stream.isSoftDeleted) return { kind: 'deleted' };
    if (stream.last < 0 && !stream.hasMetadata) return { kind: 'wrong-revision' };
    return decideByKnownIds(stream, ids);
  }
  const revision = expected === 'no_stream' ? -1 : expected;
  if (revision === stream.last) return { kind: 'write' };
  if (revision > stream.last) return { kind: 'wrong-revision' };
  return decideByComparison(stream, revision, ids);
}

function decideByKnownIds(stream: StreamBeforeAppend, ids: readonly string[]): AppendDecision {
  let last: number | undefined;
  for (const id of ids) {
    const revision = stream.revisionOf(id);
    if (revision === undefined) return last === undefined ? { kind: 'write' } : { kind: 'wrong-revision' };
    last = revision;
  }
  return last === undefined ? { kind: 'write' } : { kind: 'repeated', last };
}

function decideByComparison(stream: StreamBeforeAppend, revision: number, ids: readonly string[]): AppendDecision {
  const differing = ids.findIndex((id, index) => stream.idAt(revision + 1 + index) !== id);
  if (differing === -1 && ids.length > 0) return { kind: 'repeated', last: revision + ids.length };
  // A softly deleted stream counts as missing for a writer that expects none.
  if (differing <= 0 && revision === -1 && stream.isSoftDeleted) return { kind: 'write' };
  return { kind: 'wrong-revision' };
}
