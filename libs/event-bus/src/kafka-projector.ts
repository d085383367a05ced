import { invariant, type RecordedEvent } from '@provident/kernel';
import { LIVE_SCHEMA } from '@provident/projections/database';
import type { DeadLetter } from '@provident/projections/dead-letter';
import { PartitionApplier } from '@provident/projections/partition-applier';
import type { PartitionPlace } from '@provident/projections/partition-message';
import { needsLogOrder, type PoisonPolicy, type Projection } from '@provident/projections/projection';
import { prepareSchema } from '@provident/projections/schema';
import { isPassing } from '@provident/projections/transaction';
import type { Consumer } from 'kafkajs';
import type { Pool } from 'pg';
import { aborted, BackOff, pause } from './back-off.js';
import { DeadLetterTopic } from './dead-letter-topic.js';
import { GroupMember } from './group-member.js';
import type { KafkaBus } from './kafka-bus.js';
import { firstVersionOnly, MessageReader, type Upcast } from './message-reader.js';
import { OrderedProjector } from './ordered-projector.js';
import { PartitionFollower } from './partition-follower.js';
import type { KafkaProjectorStatus, OnDeadLetter, OnTrouble } from './status.js';

export interface KafkaProjectorOptions {
  readonly bus: KafkaBus;
  readonly pool: Pool;
  readonly projections: readonly Projection[];
  /** Schema of the tables; the live one when absent. Projectors of one schema share its partitions among them. */
  readonly schema?: string;
  /** What becomes of messages that nobody can read; `stop` when absent. */
  readonly unreadable?: PoisonPolicy;
  /** Where events have had more than one schema version. */
  readonly upcast?: Upcast;
  readonly onTrouble?: OnTrouble;
  readonly onDeadLetter?: OnDeadLetter;
  /** Told of the events of each transaction that has committed: repeats are not among them. */
  readonly onApplied?: (events: readonly RecordedEvent[]) => void;
}

/**
 * Keeps tables in step with the log through Kafka. Several of them, in as many processes, share the work by partitions;
 * what each partition's progress is stands in PostgreSQL, in the transaction of the rows, and nowhere else.
 */
export class KafkaProjector {
  private state: KafkaProjectorStatus['state'] = 'idle';
  private error: unknown;
  private applied = 0;
  private laidAside = 0;
  private followers = new Map<string, PartitionFollower>();
  private readonly schema: string;
  private readonly letters: DeadLetterTopic;
  private readonly member: GroupMember;
  private readonly ordered: OrderedProjector | undefined;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: KafkaProjectorOptions) {
    const { bus, pool, projections, schema = LIVE_SCHEMA } = options;
    this.schema = schema;
    this.letters = new DeadLetterTopic(bus);
    const inLogOrder = projections.filter(needsLogOrder);
    invariant(
      inLogOrder.every(({ poison }) => poison === undefined || poison === 'stop'),
      'a projection that rests on the order of the log cannot go on without an event',
    );
    const onTrouble: OnTrouble = (error, retriedInMs) => this.trouble(error, retriedInMs);
    this.ordered =
      inLogOrder.length === 0
        ? undefined
        : new OrderedProjector({ bus, pool, schema, projections: inLogOrder, onTrouble });
    this.member = new GroupMember({
      client: bus.client('projector'),
      groupId: bus.topics.group(`projector.${schema}`),
      topics: [...bus.topics.events, bus.topics.checkpoints],
      onAssigned: (places, consumer) => this.assigned(places, consumer),
      onRevoked: () => this.revoked(),
      onBatch: (payload) => this.followers.get(keyOf(payload.batch))?.take(payload) ?? Promise.resolve(),
      onTrouble,
    });
  }

  get status(): KafkaProjectorStatus {
    const { state, applied, error, laidAside } = this;
    const partitions = [...this.followers.values()].map((each) => each.status);
    return { state, partitions, applied, deadLetters: laidAside, error };
  }

  /**
   * Makes the tables where there are none, and starts. A database that is away is waited for. Throws `rebuild-required`
   * when the tables were made by other versions of the projections, `read-side-feed` when something else feeds them.
   */
  async start(): Promise<void> {
    invariant(this.state === 'idle', 'a projector starts once');
    await this.prepareTables();
    this.state = 'running';
    this.running = this.run(this.stopping.signal);
  }

  /** Finishes the transactions under way, and leaves the partitions to others. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.state = 'stopped';
  }

  private async prepareTables(): Promise<void> {
    const { pool, projections } = this.options;
    const backOff = new BackOff();
    while (!this.stopping.signal.aborted) {
      try {
        await prepareSchema(pool, this.schema, projections, 'kafka');
        return;
      } catch (error) {
        if (!isPassing(error)) throw error;
        const waitMs = backOff.next();
        this.trouble(error, waitMs);
        await pause(waitMs, this.stopping.signal);
      }
    }
  }

  private async run(signal: AbortSignal): Promise<void> {
    await this.prepareTopics(signal);
    if (signal.aborted) return;
    this.member.start();
    await aborted(signal);
    await this.member.stop();
    await this.ordered?.stop();
    await this.letters.close();
  }

  private async prepareTopics(signal: AbortSignal): Promise<void> {
    const backOff = new BackOff();
    while (!signal.aborted) {
      try {
        await this.options.bus.prepare();
        return;
      } catch (error) {
        const waitMs = backOff.next();
        this.trouble(error, waitMs);
        await pause(waitMs, signal);
      }
    }
  }

  private assigned(places: readonly PartitionPlace[], consumer: Consumer): void {
    this.revoked();
    for (const { topic, partition } of places) consumer.pause([{ topic, partitions: [partition] }]);
    this.followers = new Map(places.map((place) => [keyOf(place), this.follower(place, consumer)]));
    for (const follower of this.followers.values()) void follower.begin();
    // Whoever has the checkpoints' only partition is the one who applies in the order of the log.
    if (places.some(({ topic }) => topic === this.options.bus.topics.checkpoints)) this.ordered?.start();
  }

  private revoked(): void {
    for (const follower of this.followers.values()) follower.end();
    this.followers = new Map();
    void this.ordered?.stop();
  }

  private follower(place: PartitionPlace, consumer: Consumer): PartitionFollower {
    const { bus, pool, projections, unreadable = 'stop', upcast = firstVersionOnly } = this.options;
    const kind = place.topic === bus.topics.checkpoints ? 'checkpoints' : 'events';
    return new PartitionFollower({
      ...{ place, consumer, hasGaps: kind === 'checkpoints' },
      bounds: () => bus.bounds(place),
      reader: new MessageReader(place, kind, upcast),
      applier: new PartitionApplier({
        ...{ pool, schema: this.schema, place, unreadable },
        projections: projections.filter((each) => !needsLogOrder(each)),
        announce: (letters) => this.announce(letters),
        onApplied: (events) => {
          this.applied += events.length;
          this.error = undefined;
          this.options.onApplied?.(events);
        },
      }),
      onTrouble: (error, retriedInMs) => this.trouble(error, retriedInMs),
    });
  }

  private async announce(letters: readonly DeadLetter[]): Promise<void> {
    await this.letters.announce(letters);
    this.laidAside += letters.length;
    for (const letter of letters) this.options.onDeadLetter?.(letter);
  }

  private trouble(error: unknown, retriedInMs: number | undefined): void {
    this.error = error;
    this.options.onTrouble?.(error, retriedInMs);
  }
}

function keyOf({ topic, partition }: PartitionPlace): string {
  return `${topic}/${partition}`;
}
