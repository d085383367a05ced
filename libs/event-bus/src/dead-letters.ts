import { type Clock, DomainError, type RecordedEvent } from '@provident/kernel';
import { LIVE_SCHEMA } from '@provident/projections/database';
import {
  type Correction,
  type DeadLetter,
  type DeadLetterRepair,
  readDeadLetters,
  updateDeadLetter,
} from '@provident/projections/dead-letter';
import { fold } from '@provident/projections/partition-applier';
import { inPartitionTransaction, countEvent } from '@provident/projections/partition-progress';
import { needsLogOrder, type Projection } from '@provident/projections/projection';
import { isPassing } from '@provident/projections/transaction';
import type { Pool, PoolClient } from 'pg';
import { decodeEvent } from './cloud-event.js';
import { DeadLetterTopic } from './dead-letter-topic.js';
import type { KafkaBus } from './kafka-bus.js';
import { firstVersionOnly, type Upcast } from './message-reader.js';
import { partitionerOf } from './partitioner.js';

export interface DeadLettersOptions {
  readonly bus: KafkaBus;
  readonly pool: Pool;
  readonly projections: readonly Projection[];
  readonly clock: Clock;
  readonly schema?: string;
  readonly upcast?: Upcast;
}

/** Who acts upon a dead letter, and why. */
export interface RepairReason {
  readonly by: string;
  readonly reason: string;
}

/**
 * What people do about messages that were laid aside. Every act is recorded in the letter and on the dead-letter topic.
 * A letter ends in one of two ways: it is applied (`replay`), or somebody answers for its not being applied (`handle`).
 */
export class DeadLetters {
  private readonly topic: DeadLetterTopic;
  private readonly schema: string;

  constructor(private readonly options: DeadLettersOptions) {
    this.topic = new DeadLetterTopic(options.bus);
    this.schema = options.schema ?? LIVE_SCHEMA;
  }

  /** The letters in the order of their places; those in some states only, where named. */
  list(states?: readonly DeadLetter['state'][]): Promise<DeadLetter[]> {
    return readDeadLetters(this.options.pool, this.schema, states === undefined ? {} : { states });
  }

  /** Throws `dead-letter-unknown`. */
  async show(id: string): Promise<DeadLetter> {
    return known(id, await readDeadLetters(this.options.pool, this.schema, { id }));
  }

  /**
   * Supplies other data, and for a message that could not be read other headers, to be applied by `replay`. Throws
   * `dead-letter-settled`, `dead-letter-unreadable` when it cannot be read even so.
   */
  correct(id: string, correction: Correction, { by, reason }: RepairReason): Promise<DeadLetter> {
    return this.act(id, { action: 'correct', by, reason, correction }, (letter) => {
      const corrected = { ...letter, state: 'corrected' as const, corrected: correction };
      this.eventOf(corrected);
      return Promise.resolve(corrected);
    });
  }

  /** Marks a letter as dealt with otherwise: it will not be applied. Throws `dead-letter-settled`. */
  handle(id: string, { by, reason }: RepairReason): Promise<DeadLetter> {
    return this.act(id, { action: 'handle', by, reason }, (letter) => Promise.resolve({ ...letter, state: 'handled' }));
  }

  /**
   * Applies the event, once: rows and record stand in one transaction. Throws `dead-letter-settled`,
   * `dead-letter-unreadable`, `dead-letter-misplaced` when the event was applied from another message,
   * `dead-letter-too-early` while that cannot be seen yet, `dead-letter-refused` when it still cannot be applied.
   */
  replay(id: string, { by, reason }: RepairReason): Promise<DeadLetter> {
    return this.act(id, { action: 'replay', by, reason }, async (letter, client) => {
      const event = this.eventOf(letter);
      if (letter.projection === undefined) await this.takePlace(letter, event, client);
      try {
        const writer = await fold(this.lacking(letter), [event]);
        await writer.flush(client);
      } catch (error) {
        if (isPassing(error)) throw error;
        throw refused(id, error);
      }
      return { ...letter, state: 'replayed' };
    });
  }

  close(): Promise<void> {
    return this.topic.close();
  }

  /** Changes a letter and records who did it, in one transaction that keeps its partition's projector waiting. */
  private async act(
    id: string,
    what: Omit<DeadLetterRepair, 'at'>,
    change: (letter: DeadLetter, client: PoolClient) => Promise<DeadLetter>,
  ): Promise<DeadLetter> {
    const { topic, partition } = await this.show(id);
    return inPartitionTransaction(this.options.pool, this.schema, { topic, partition }, async (client) => {
      const letter = known(id, await readDeadLetters(client, this.schema, { id, lock: true }));
      if (letter.state === 'handled' || letter.state === 'replayed') throw settled(letter);
      const repair = { ...what, at: this.options.clock.now().toISOString() };
      const changed = { ...(await change(letter, client)), repairs: [...letter.repairs, repair] };
      await updateDeadLetter(client, this.schema, changed);
      await this.topic.announceRepair(id, repair);
      return changed;
    });
  }

  /** The event of a letter, with what was corrected in it. */
  private eventOf({ id, message, corrected, projection }: DeadLetter): RecordedEvent {
    if (projection !== undefined && corrected?.headers !== undefined) {
      throw unreadable(id, 'Its headers were read; only its data can be corrected.');
    }
    const headers = { ...message.headers, ...corrected?.headers };
    const value = corrected?.data === undefined ? message.value : Buffer.from(JSON.stringify(corrected.data));
    try {
      const event = decodeEvent({ key: Buffer.from(headers['ce_subject'] ?? ''), headers, value });
      return (this.options.upcast ?? firstVersionOnly)(event);
    } catch (error) {
      throw unreadable(id, error instanceof Error ? error.message : String(error));
    }
  }

  private lacking({ id, projection }: DeadLetter): readonly Projection[] {
    const inStreamOrder = this.options.projections.filter((each) => !needsLogOrder(each));
    if (projection === undefined) return inStreamOrder;
    const found = inStreamOrder.filter(({ name }) => name === projection);
    if (found.length === 0) throw refused(id, new Error(`there is no projection ${projection} in this program`));
    return found;
  }

  /**
   * Gives an event that nobody could read its place among those of its partition. Only one that came in no other message
   * has one: it stands between its neighbours there.
   */
  private async takePlace(letter: DeadLetter, event: RecordedEvent, client: PoolClient): Promise<void> {
    const { bus } = this.options;
    const { topic, partition, between } = letter;
    const belongs = bus.topics.of(event.stream) === topic && partitionerOf(bus.partitions)(event.stream) === partition;
    // Until something came behind it, its own event may still come whole.
    if (between.before === undefined) throw tooEarly(letter);
    const isBetween = event.position > between.after && event.position < between.before;
    if (!belongs || !isBetween) throw misplaced(letter, event);
    await countEvent(client, this.schema, { topic, partition });
  }
}

function known(id: string, [letter]: readonly DeadLetter[]): DeadLetter {
  if (letter !== undefined) return letter;
  throw new DomainError(
    'dead-letter-unknown',
    `There is no dead letter ${id}.`,
    'A dead letter is named by topic, partition and offset, and by its projection where one could not take the event.',
    'List them and take the name from there.',
    { id },
  );
}

function settled({ id, state }: DeadLetter): DomainError {
  return new DomainError(
    'dead-letter-settled',
    `The dead letter ${id} is ${state}.`,
    'A dead letter is applied or answered for once.',
    'Correct the figures by a further event, as any other mistake.',
    { id, state },
  );
}

function unreadable(id: string, reason: string): DomainError {
  return new DomainError(
    'dead-letter-unreadable',
    `No event can be read from the dead letter ${id}: ${reason}`,
    'Only an event can be applied.',
    'Supply the data and headers that are wrong (repair), or mark it as handled with the reason.',
    { id },
  );
}

function tooEarly({ id, topic, partition }: DeadLetter): DomainError {
  return new DomainError(
    'dead-letter-too-early',
    `No event of ${topic}/${partition} has been applied behind the dead letter ${id} yet.`,
    'Only behind it can be seen that its event came in no other message.',
    'Replay it once a later event of the partition is applied.',
    { id },
  );
}

function misplaced({ id, between }: DeadLetter, { position, stream }: RecordedEvent): DomainError {
  return new DomainError(
    'dead-letter-misplaced',
    `The event at position ${position} of ${stream} is not missing where the dead letter ${id} stood, between ${between.after} and ${between.before ?? ''}.`,
    'An event that came in another message is applied from there; once is enough.',
    'Compare the event with the log. If the message was a damaged repeat, mark it as handled with the reason.',
    { id, position: position.toString() },
  );
}

function refused(id: string, error: unknown): DomainError {
  return new DomainError(
    'dead-letter-refused',
    `The dead letter ${id} still cannot be applied: ${error instanceof Error ? error.message : String(error)}`,
    'What a projection cannot take is not applied in part.',
    'Supply corrected data (repair), mend the projection, or mark it as handled with the reason.',
    { id },
  );
}
