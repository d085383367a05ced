import type { EventSource } from '@provident/event-store/event-source';
import type { RecordedEvent } from '@provident/kernel';
import { canonicalRecord } from '../tree/canonical-record.js';
import { HASH_BYTES, leafHash } from '../tree/merkle-hash.js';
import type { TreeStore } from '../tree/tree-store.js';
import { TILE_WIDTH } from '../tree/tiles.js';
import { alignLeaves, type LeafDifference } from './align-leaves.js';
import { type CheckpointReader, CheckpointWatch } from './checkpoint-watch.js';
import type { Examination } from './examine-archive.js';
import { READ_BATCH } from './export-archive.js';
import { at, type Flaw, MOST_FLAWS } from './flaw.js';
import { Peaks } from './peaks.js';

export interface ExamineLogOptions {
  readonly log: EventSource;
  /** The leaves that the events had when they were first seen. */
  readonly tree: TreeStore;
  readonly openCheckpoint: CheckpointReader;
  /** Signed notes of the log. */
  readonly checkpoints: readonly string[];
  readonly onProgress?: ((events: number) => void) | undefined;
}

/** Events that are aligned behind the first difference; what comes later is only held against the checkpoints. */
const ALIGNED = 1_000_000;
const WHERE = 'log';

interface Found {
  readonly leaf: string;
  readonly event: Pick<RecordedEvent, 'position' | 'type' | 'stream'>;
}

/** Examines the live log against its tree, leaf by leaf, and against the checkpoints that were signed of it. */
export async function examineLog(options: ExamineLogOptions): Promise<Examination> {
  const { log, tree: sealed, openCheckpoint, checkpoints, onProgress } = options;
  const { size } = await sealed.progress();
  const tree = new Peaks();
  const watch = new CheckpointWatch(openCheckpoint, checkpoints);
  const behind: Found[] = [];
  let differsFrom: number | undefined;
  for await (const batch of log.batches({ live: false, maxBatch: READ_BATCH })) {
    const expected = differsFrom === undefined ? await leavesOf(sealed, tree.size, batch.length) : [];
    for (const [place, event] of batch.entries()) {
      const leaf = leafHash(canonicalRecord(event));
      const index = tree.size;
      if (index < size && differsFrom === undefined && expected[place] !== leaf.toString('hex')) differsFrom = index;
      if (differsFrom !== undefined && behind.length < ALIGNED) behind.push({ leaf: leaf.toString('hex'), event });
      tree.append(leaf);
      watch.at(tree, event.position);
    }
    onProgress?.(tree.size);
  }
  const flaws: Flaw[] = [...watch.flaws()];
  // A log that is the tree's beginning and no more has lost its end.
  const from = differsFrom ?? (tree.size < size ? tree.size : undefined);
  if (from !== undefined) flaws.push(...(await differences(sealed, from, size, behind)));
  flaws.push(...watch.end(tree.size));
  return {
    ...{ flaws: flaws.slice(0, MOST_FLAWS), count: flaws.length, events: tree.size },
    ...{ tree: { size: tree.size, root: tree.root().toString('hex') }, signedSize: watch.signedSize },
  };
}

async function differences(sealed: TreeStore, from: number, size: number, found: readonly Found[]): Promise<Flaw[]> {
  const leaves = await leavesOf(sealed, from, Math.min(size - from, ALIGNED));
  const flaws: Flaw[] = [];
  const aligned = alignLeaves(
    leaves,
    found.map(({ leaf }) => leaf),
  );
  for (const difference of aligned) {
    // Events behind the tree's last leaf are merely new.
    if (difference.kind === 'inserted' && difference.expected >= leaves.length) continue;
    flaws.push(await flawOf(sealed, from, found, difference));
  }
  return flaws;
}

async function flawOf(
  sealed: TreeStore,
  from: number,
  found: readonly Found[],
  { kind, expected, found: place }: LeafDifference,
): Promise<Flaw> {
  const leaf = from + expected;
  const there = place === undefined ? undefined : found[place]?.event;
  if (there === undefined) {
    const position = (await sealed.positionOf(leaf)) ?? 0n;
    const text = `The event of leaf ${leaf} is missing${kind === 'tail' ? ': the end was cut off' : ''}.`;
    return { kind, where: WHERE, position: at(position), text };
  }
  const what = {
    ...{ altered: `is not the event of leaf ${leaf}`, inserted: `stands before leaf ${leaf} and was never there` },
    ...{ moved: `belongs to leaf ${leaf}`, missing: '', tail: '' },
  }[kind];
  const text = `${there.type} of ${there.stream} ${what}.`;
  return { kind, where: WHERE, position: at(there.position), text };
}

/** Leaf hashes out of the tree's tiles, in hexadecimal; fewer where the tree ends. */
async function leavesOf(sealed: TreeStore, from: number, count: number): Promise<string[]> {
  const first = Math.floor(from / TILE_WIDTH);
  const last = Math.floor((from + Math.max(count, 1) - 1) / TILE_WIDTH);
  const places = Array.from({ length: last - first + 1 }, (_, place) => ({ level: 0, n: first + place }));
  const tiles = new Map((await sealed.tiles(places)).map(({ n, hashes }) => [n, hashes]));
  const leaves: string[] = [];
  for (let leaf = from; leaf < from + count; leaf += 1) {
    const hashes = tiles.get(Math.floor(leaf / TILE_WIDTH));
    const offset = (leaf % TILE_WIDTH) * HASH_BYTES;
    if (hashes === undefined || offset + HASH_BYTES > hashes.byteLength) break;
    leaves.push(hashes.toString('hex', offset, offset + HASH_BYTES));
  }
  return leaves;
}
