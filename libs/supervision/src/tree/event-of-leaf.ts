import type { EventSource } from '@provident/event-store/event-source';
import type { RecordedEvent } from '@provident/kernel';
import type { TreeStore } from './tree-store.js';

/** The event that is a leaf, read from the log again; `undefined` when the log has another one in its place, or none. */
export async function eventOfLeaf(
  store: TreeStore,
  source: EventSource,
  leaf: number,
): Promise<RecordedEvent | undefined> {
  const position = await store.positionOf(leaf);
  // Only a position that an event has is sure to be understood by every event store.
  const after = leaf === 0 ? undefined : await store.positionOf(leaf - 1);
  const done = new AbortController();
  const from = after === undefined ? {} : { after };
  try {
    for await (const [event] of source.batches({ ...from, live: false, maxBatch: 1, signal: done.signal })) {
      return event?.position === position ? event : undefined;
    }
    return undefined;
  } finally {
    done.abort();
  }
}
