import { setTimeout as sleep } from 'node:timers/promises';
import type { EventSource } from '@provident/event-store/event-source';
import { DomainError, invariant, type RecordedEvent } from '@provident/kernel';
import { writeBehind } from '@provident/projections/write-behind';
import { LIMITS } from '../limits.js';
import { canonicalRecord } from './canonical-record.js';
import { Frontier } from './frontier.js';
import { HASH_BYTES, leafHash } from './merkle-hash.js';
import { rightEdge, TILE_WIDTH } from './tiles.js';
import { eventOfLeaf } from './event-of-leaf.js';
import { EMPTY_TREE, logDiverged, TreeMoved, type TreeProgress, type TreeStep, type TreeStore } from './tree-store.js';

export interface FollowerOptions {
  readonly store: TreeStore;
  readonly source: EventSource;
  /** Whether an event is supervision's own: such events alone call for no further checkpoint. */
  readonly isOwn: (event: RecordedEvent) => boolean;
  /** Whether an event closes a period of the books. */
  readonly isClosing: (event: RecordedEvent) => boolean;
  /** Told of every batch that has become leaves. */
  readonly onLeaves?: (events: readonly RecordedEvent[], progress: TreeProgress) => void;
  /** Told of every trouble: one that is retried, and the one that stops the following. */
  readonly onTrouble?: (error: unknown, retriedInMs: number | undefined) => void;
}

/** Makes every event of the log a leaf of the tree, in order, batch by batch. Goes on where the tree ends. */
export class TreeFollower {
  private frontier = new Frontier();
  private progress: TreeProgress = EMPTY_TREE;
  private attempt = new AbortController();

  constructor(private readonly options: FollowerOptions) {}

  /** Takes in what the log holds now, then returns. Throws what it cannot go on with. */
  async catchUp(signal?: AbortSignal): Promise<TreeProgress> {
    await this.load();
    await this.read(false, signal);
    return this.progress;
  }

  /** Follows the log until the signal ends it; trouble that passes is waited for. Throws `log-diverged`. */
  async follow(signal: AbortSignal): Promise<void> {
    let retryMs: number = LIMITS.retryMs;
    while (!signal.aborted) {
      const before = this.progress.size;
      try {
        await this.load();
        await this.read(true, signal);
      } catch (error) {
        if (error instanceof TreeMoved) continue;
        if (error instanceof DomainError) {
          this.options.onTrouble?.(error, undefined);
          throw error;
        }
        if (this.progress.size > before) retryMs = LIMITS.retryMs;
        this.options.onTrouble?.(error, retryMs);
        await sleep(retryMs, undefined, { signal }).catch(() => undefined);
        retryMs = Math.min(retryMs * 2, LIMITS.longestRetryMs);
      }
    }
  }

  /** Takes up the stored tree anew while following: somebody has cleared it. */
  reload(): void {
    this.attempt.abort();
  }

  /** Takes up the stored tree, having seen that the log still has its last leaf where it was. */
  private async load(): Promise<void> {
    const { store } = this.options;
    this.progress = await store.progress();
    const { size, position } = this.progress;
    const edge = rightEdge(size).filter(({ width }) => width > 0);
    this.frontier = new Frontier(size, await store.tiles(edge));
    if (size === 0) return;
    const at = size - 1;
    const [tile] = await store.tiles([{ level: 0, n: Math.floor(at / TILE_WIDTH) }]);
    const from = (at % TILE_WIDTH) * HASH_BYTES;
    const known = tile?.hashes.subarray(from, from + HASH_BYTES);
    const event = await eventOfLeaf(store, this.options.source, at);
    if (event === undefined || known === undefined || !leafHash(canonicalRecord(event)).equals(known)) {
      throw logDiverged(`The log's event ${at} at position ${position} is not the one that the tree has.`, position);
    }
  }

  private async read(live: boolean, signal: AbortSignal | undefined): Promise<void> {
    const attempt = (this.attempt = new AbortController());
    const { position } = this.progress;
    const batches = this.options.source.batches({
      ...(position >= 0n ? { after: position } : {}),
      live,
      maxBatch: LIMITS.leavesPerBatch,
      signal: signal === undefined ? attempt.signal : AbortSignal.any([signal, attempt.signal]),
    });
    try {
      let from = this.progress;
      await writeBehind(batches, (batch) => {
        const step = this.stepFrom(from, batch);
        from = step.to;
        return async () => {
          await this.options.store.write(step);
          this.progress = step.to;
          this.options.onLeaves?.(batch, step.to);
        };
      });
    } finally {
      attempt.abort(); // Frees a reader that still waits for its next event.
    }
  }

  /** Appends a batch to the tree in memory, which is thereby ahead of the stored one. */
  private stepFrom(from: TreeProgress, batch: readonly RecordedEvent[]): TreeStep {
    let { businessSize, closingSize } = from;
    for (const event of batch) {
      this.frontier.append(leafHash(canonicalRecord(event)));
      if (!this.options.isOwn(event)) businessSize = this.frontier.size;
      if (this.options.isClosing(event)) closingSize = this.frontier.size;
    }
    const last = batch.at(-1);
    invariant(last !== undefined && last.position > from.position, 'a batch goes on where the last one ended');
    return {
      from,
      to: { size: this.frontier.size, position: last.position, businessSize, closingSize },
      tiles: this.frontier.take(),
      positions: batch.map(({ position }) => position),
    };
  }
}
