import type { RecordedEvent } from '@provident/kernel';
import type { Pool, PoolClient } from 'pg';
import { BatchWriter } from './batch-writer.js';
import { closeBrackets, type DeadLetter, deadLetterId, insertDeadLetter } from './dead-letter.js';
import { Merges } from './merges.js';
import type { PartitionMessage, PartitionPlace } from './partition-message.js';
import {
  ensurePartition,
  PartitionMoved,
  type PartitionProgress,
  readPartition,
  writePartition,
} from './partition-progress.js';
import { poisonPolicyOf, type PoisonPolicy, type Projection } from './projection.js';
import { insertRelayCheckpoint, type RelayCheckpoint } from './relay-progress.js';
import { isPassing } from './transaction.js';

/** A message that cannot be applied bars its partition. Everything before it is applied, nothing after it. */
export class PartitionStopped extends Error {
  override readonly name = 'PartitionStopped';

  constructor(
    readonly at: PartitionMessage,
    readonly reason: string,
    readonly projection: string | undefined,
  ) {
    const { topic, partition, offset } = at;
    const what = projection === undefined ? 'cannot be read' : `cannot be applied by the projection ${projection}`;
    super(
      `Partition ${topic}/${partition} stopped at offset ${offset}, which ${what}: ${reason} ` +
        `Mend the cause and start again, or declare the policy "dead-letter" where the rest may go on without it.`,
    );
  }
}

/** Relay checkpoints written in one transaction. */
const CHECKPOINTS_AT_ONCE = 16;

export interface PartitionApplierOptions {
  readonly pool: Pool;
  readonly schema: string;
  readonly projections: readonly Projection[];
  readonly place: PartitionPlace;
  /** What becomes of messages that nobody can read. */
  readonly unreadable: PoisonPolicy;
  /**
   * Told of dead letters before the transaction that goes past their message commits; awaited, so that what cannot be
   * told is not passed. The same ones may be told again, should that commit fail.
   */
  readonly announce: (letters: readonly DeadLetter[]) => Promise<void>;
  /** Told of the events of each transaction that has committed: repeats are not among them. */
  readonly onApplied?: (events: readonly RecordedEvent[]) => void;
}

/**
 * Applies the messages of one partition. Messages at or below the last position are repeats and change nothing; the
 * progress stands in the same transaction as the rows, so a process whose partition was taken away writes nothing.
 */
export class PartitionApplier {
  private written: PartitionProgress = { nextOffset: 0n, lastPosition: -1n, events: 0n };
  /** Messages were laid aside behind which no event has come yet; assumed at first, when we cannot know. */
  private hasOpenBrackets = true;

  constructor(private readonly options: PartitionApplierOptions) {}

  get progress(): PartitionProgress {
    return this.written;
  }

  /** Takes up the progress that stands in the tables. */
  async load(): Promise<PartitionProgress> {
    const { pool, schema, place } = this.options;
    await ensurePartition(pool, schema, place);
    this.written = await readPartition(pool, schema, place);
    this.hasOpenBrackets = true;
    return this.written;
  }

  /**
   * Begins again at an earlier offset, where the brokers lost what stood at ours. What is applied is not applied again:
   * positions tell.
   */
  async rewind(nextOffset: bigint): Promise<void> {
    const { pool, schema, place } = this.options;
    const to = { ...this.written, nextOffset };
    await writePartition(pool, schema, place, { from: this.written, to }, () => Promise.resolve());
    this.written = to;
  }

  /**
   * Applies messages that follow on each other, the first at the progress's offset. Throws `PartitionStopped`,
   * `PartitionMoved`, or the database's error where it passes; what precedes the message concerned is then applied.
   */
  async apply(messages: readonly PartitionMessage[]): Promise<void> {
    let run: PartitionMessage[] = [];
    for (const message of messages) {
      if (!('unreadable' in message.content)) {
        run.push(message);
        continue;
      }
      await this.applyRun(run);
      run = [];
      await this.applyUnreadable(message, message.content.unreadable);
    }
    await this.applyRun(run);
  }

  private async applyRun(messages: readonly PartitionMessage[]): Promise<void> {
    const last = messages.at(-1);
    if (last === undefined) return;
    const fresh = freshEvents(messages, this.written.lastPosition);
    try {
      const writer = await fold(this.options.projections, fresh);
      await this.write(last, fresh, async (client) => {
        await writer.flush(client);
        for (const checkpoint of someCheckpoints(messages)) {
          await insertRelayCheckpoint(client, this.options.schema, checkpoint);
        }
      });
    } catch (error) {
      if (error instanceof PartitionMoved || isPassing(error)) throw error;
      // Halves what failed until the event at fault is alone, so that what precedes it counts.
      const [only] = fresh;
      if (only === undefined) throw error;
      if (messages.length === 1) return this.applyEvent(last, only);
      const middle = messages.length >> 1;
      await this.applyRun(messages.slice(0, middle));
      await this.applyRun(messages.slice(middle));
    }
  }

  /** One event, projection by projection: those that can take it do, for the others it is laid aside, if they allow. */
  private applyEvent(message: PartitionMessage, event: RecordedEvent): Promise<void> {
    return this.write(message, [event], async (client) => {
      const letters: DeadLetter[] = [];
      for (const projection of this.options.projections) {
        const reason = await refusal(client, projection, event);
        if (reason === undefined) continue;
        if (poisonPolicyOf(projection, event.type) === 'stop') {
          throw new PartitionStopped(message, reason, projection.name);
        }
        letters.push(this.deadLetter(message, projection.name, reason));
      }
      await this.layAside(client, letters);
    });
  }

  private async applyUnreadable(message: PartitionMessage, reason: string): Promise<void> {
    if (this.options.unreadable === 'stop') throw new PartitionStopped(message, reason, undefined);
    const letter = this.deadLetter(message, undefined, reason);
    await this.write(message, [], (client) => this.layAside(client, [letter]));
    this.hasOpenBrackets = true;
  }

  private async layAside(client: PoolClient, letters: readonly DeadLetter[]): Promise<void> {
    for (const letter of letters) await insertDeadLetter(client, letter);
    if (letters.length > 0) await this.options.announce(letters);
  }

  /** Writes what the messages up to `last` change; `fresh` are the events among them that are no repeats. */
  private async write(
    last: PartitionMessage,
    fresh: readonly RecordedEvent[],
    flush: (client: PoolClient) => Promise<void>,
  ): Promise<void> {
    const { pool, schema, place } = this.options;
    const from = this.written;
    const to = {
      nextOffset: last.offset + 1n,
      lastPosition: fresh.at(-1)?.position ?? from.lastPosition,
      events: from.events + BigInt(fresh.length),
    };
    const [first] = fresh;
    await writePartition(pool, schema, place, { from, to }, async (client) => {
      if (this.hasOpenBrackets && first !== undefined) await closeBrackets(client, place, first.position);
      await flush(client);
    });
    if (first !== undefined) this.hasOpenBrackets = false;
    this.written = to;
    if (fresh.length > 0) this.options.onApplied?.(fresh);
  }

  private deadLetter(message: PartitionMessage, projection: string | undefined, reason: string): DeadLetter {
    const { topic, partition, offset, content } = message;
    const event = 'event' in content ? content.event : undefined;
    return {
      id: deadLetterId(topic, partition, offset, projection),
      ...{ topic, partition, offset, projection, reason },
      event: event === undefined ? undefined : { id: event.id, type: event.type, stream: event.stream },
      position: event?.position,
      between: { after: this.written.lastPosition, before: undefined },
      message: message.raw(),
      state: 'open',
      corrected: undefined,
      repairs: [],
    };
  }
}

/** Folds events for several projections into one writer, ready to be written beside other partitions' writers. */
export async function fold(projections: readonly Projection[], events: readonly RecordedEvent[]): Promise<BatchWriter> {
  const writer = new BatchWriter(new Merges());
  if (events.length > 0) for (const projection of projections) await projection.apply(events, writer);
  writer.takeMerges('in key order');
  return writer;
}

/** Positions of a partition only grow, apart from repeats: those are passed over. */
function freshEvents(messages: readonly PartitionMessage[], after: bigint): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  let last = after;
  for (const { content } of messages) {
    if (!('event' in content) || content.event.position <= last) continue;
    last = content.event.position;
    events.push(content.event);
  }
  return events;
}

/** Tries one event on one projection inside the transaction. Says why it could not be taken; nothing of it remains then. */
async function refusal(client: PoolClient, projection: Projection, event: RecordedEvent): Promise<string | undefined> {
  await client.query('savepoint attempt');
  try {
    const writer = await fold([projection], [event]);
    await writer.flush(client);
    await client.query('release savepoint attempt');
    return undefined;
  } catch (error) {
    if (isPassing(error)) throw error;
    await client.query('rollback to savepoint attempt; release savepoint attempt');
    return error instanceof Error ? error.message : String(error);
  }
}

/** Some of many relay checkpoints, the last among them: any may be left out, and each costs a look at the partitions. */
function someCheckpoints(messages: readonly PartitionMessage[]): RelayCheckpoint[] {
  const all = messages.flatMap(({ content }) => ('relayed' in content ? [content.relayed] : []));
  const stride = Math.ceil(all.length / CHECKPOINTS_AT_ONCE);
  return all.filter((_, place) => (all.length - 1 - place) % stride === 0);
}
