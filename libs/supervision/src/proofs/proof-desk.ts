import type { EventSource, StoreClient } from '@provident/event-store';
import { BrokenInvariant, DomainError, type RecordedEvent } from '@provident/kernel';
import type { CheckpointReader, PublishedCheckpoint } from '../checkpoints/checkpoint-reader.js';
import { checkpointUnknown } from '../checkpoints/refusals.js';
import { canonicalRecord } from '../tree/canonical-record.js';
import { eventOfLeaf } from '../tree/event-of-leaf.js';
import type { TreeReader } from '../tree/tree-reader.js';
import { base64Of, consistencyText, type InclusionProof } from './proof-text.js';

/** How an event is named: by its id, its log position, its place in its stream, or its leaf. */
export type EventName =
  | { readonly id: string }
  | { readonly position: bigint }
  | { readonly stream: string; readonly revision: bigint }
  | { readonly leaf: number };

export interface ProofDeskOptions {
  readonly tree: TreeReader;
  readonly source: EventSource;
  readonly client: StoreClient;
  readonly checkpoints: CheckpointReader;
  /** The log position of an event by its id. */
  readonly positionOfId: (id: string) => Promise<bigint | undefined>;
}

/** Proofs for anybody: of single events, of several under one checkpoint, of the log between two checkpoints. */
export class ProofDesk {
  constructor(private readonly options: ProofDeskOptions) {}

  /** Proves that an event is in the log of a checkpoint; the latest where no size is given. */
  async inclusion(name: EventName, size?: number): Promise<InclusionProof> {
    const { leaf, event } = await this.find(name);
    const checkpoint = await this.checkpointOver(leaf, size);
    const hashes = base64Of(await this.options.tree.inclusion(leaf, checkpoint.size));
    return { record: canonicalRecord(event), index: leaf, hashes, checkpoint: checkpoint.note };
  }

  /** Proves several events, given as the log has them, under one checkpoint. */
  async inclusions(
    events: readonly RecordedEvent[],
    size?: number,
  ): Promise<{ checkpoint: PublishedCheckpoint; proofs: readonly Omit<InclusionProof, 'checkpoint'>[] }> {
    const leaves = await Promise.all(events.map(({ position }) => this.leafAt(position)));
    const checkpoint = await this.checkpointOver(Math.max(0, ...leaves), size);
    const paths = await this.options.tree.inclusions(leaves, checkpoint.size);
    const proofs = events.map((event, at) => ({
      record: canonicalRecord(event),
      index: leaves[at] as number,
      hashes: base64Of(paths[at] as Uint8Array[]),
    }));
    return { checkpoint, proofs };
  }

  /** Proves that the log of one checkpoint is the beginning of that of another; the latest where no newer one is named. */
  async consistency(
    older: number,
    newer?: number,
  ): Promise<{ older: PublishedCheckpoint; newer: PublishedCheckpoint; hashes: readonly string[]; text: string }> {
    const [first, second] = [await this.checkpoint(older), await this.checkpoint(newer)];
    if (first.size > second.size) return this.consistency(second.size, first.size);
    const hashes = base64Of(await this.options.tree.consistency(first.size, second.size));
    return { older: first, newer: second, hashes, text: consistencyText(first.size, hashes, second) };
  }

  private async checkpoint(size?: number): Promise<PublishedCheckpoint> {
    const found = await this.options.checkpoints.checkpoint(size);
    if (found !== undefined) return found;
    throw size === undefined ? notCovered(0, undefined) : checkpointUnknown(size);
  }

  private async checkpointOver(leaf: number, size?: number): Promise<PublishedCheckpoint> {
    const checkpoint = size === undefined ? await this.options.checkpoints.checkpoint() : await this.checkpoint(size);
    if (checkpoint === undefined || checkpoint.size <= leaf) throw notCovered(leaf, checkpoint?.size);
    return checkpoint;
  }

  private async find(name: EventName): Promise<{ leaf: number; event: RecordedEvent }> {
    const { source, tree } = this.options;
    if ('stream' in name) {
      const event = await this.eventOfStream(name.stream, name.revision);
      return { leaf: await this.leafAt(event.position), event };
    }
    const leaf = 'leaf' in name ? name.leaf : await this.leafAt(await this.positionOf(name));
    const event = await eventOfLeaf(tree.store, source, leaf);
    if (event !== undefined) return { leaf, event };
    if ((await tree.store.positionOf(leaf)) === undefined) throw eventUnknown();
    throw new BrokenInvariant(`The log has another event in the place of leaf ${leaf}.`);
  }

  private async positionOf(name: { readonly id: string } | { readonly position: bigint }): Promise<bigint> {
    if ('position' in name) return name.position;
    const position = await this.options.positionOfId(name.id);
    if (position === undefined) throw eventUnknown();
    return position;
  }

  private async eventOfStream(stream: string, revision: bigint): Promise<RecordedEvent> {
    const [event] = await this.options.client.readPage(stream, { backwards: false, from: revision, count: 1 });
    if (event?.revision !== revision) throw eventUnknown();
    return event;
  }

  private async leafAt(position: bigint): Promise<number> {
    const leaf = await this.options.tree.store.leafAt(position);
    if (leaf !== undefined) return leaf;
    const { position: reached } = await this.options.tree.store.progress();
    // What was just written becomes a leaf in a moment, and is proven from the next checkpoint on.
    throw position > reached
      ? notCovered(undefined, (await this.options.checkpoints.checkpoint())?.size)
      : eventUnknown();
  }
}

function eventUnknown(): DomainError {
  return new DomainError(
    'event-unknown',
    'The log has no such event.',
    'A proof is of one event: by its id, its log position, or stream and revision.',
    'Check what was asked for; a statement names the event and the position of each of its lines.',
  );
}

function notCovered(leaf: number | undefined, size: number | undefined): DomainError {
  const covered = size === undefined ? 'There is no checkpoint yet.' : `The checkpoint covers ${size} events.`;
  return new DomainError(
    'not-yet-covered',
    `The event is not under a checkpoint yet. ${covered}`,
    'A proof leads to a root that was signed.',
    'Ask again after the next checkpoint, or have one signed: ledgerctl checkpoint sign.',
    { ...(leaf === undefined ? {} : { leaf }), ...(size === undefined ? {} : { size }) },
  );
}
