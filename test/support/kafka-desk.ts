import { setTimeout as sleep } from 'node:timers/promises';
import {
  KafkaBus,
  type KafkaBusOptions,
  KafkaProjector,
  type KafkaProjectorOptions,
  Relay,
  type RelayOptions,
} from '@provident/event-bus';
import type { EventSource } from '@provident/event-store/event-source';
import { appliedUpTo } from '@provident/projections/applied-up-to';
import { digestWithin, type TableDigest } from '@provident/projections/digest';
import type { Projection } from '@provident/projections/projection';
import { Projector } from '@provident/projections/projector';
import { inTransaction, SNAPSHOT } from '@provident/projections/transaction';
import { startTestBroker, type TestBroker } from './kafka-suite.js';
import { TestPostgres } from './test-postgres.js';

const CLOCK = { now: () => new Date() };
/** Longest wait for something that must happen. */
const WAIT_LIMIT_MS = 120_000;

/** A broker and a database, and what runs between them; everything that a test started is stopped behind it. */
export class KafkaDesk {
  readonly troubles: unknown[] = [];
  private readonly running: { stop(): Promise<void> }[] = [];
  private areas = 0;

  private constructor(
    readonly kafka: TestBroker,
    readonly database: TestPostgres,
  ) {}

  static async open(): Promise<KafkaDesk> {
    const [kafka, database] = await Promise.all([startTestBroker(), TestPostgres.open()]);
    return new KafkaDesk(kafka, database);
  }

  async close(): Promise<void> {
    await this.stopAll();
    await this.database.remove();
    await this.kafka.remove();
  }

  /** Stops what runs and empties the database, between two tests. */
  async clear(): Promise<void> {
    await this.stopAll();
    this.troubles.length = 0;
    await this.database.empty();
  }

  /** A bus of an area that no other test has used. */
  newBus(options: Partial<KafkaBusOptions> = {}): KafkaBus {
    this.areas += 1;
    return this.bus({ area: `area${this.areas}`, ...options });
  }

  bus(options: Partial<KafkaBusOptions> & { readonly area: string }): KafkaBus {
    return new KafkaBus({ brokers: [this.kafka.broker.address], categories: ['a', 'b'], partitions: 3, ...options });
  }

  relay(bus: KafkaBus, source: EventSource, options: Partial<RelayOptions> = {}): Relay {
    const relay = new Relay({ bus, source, clock: CLOCK, onTrouble: (error) => this.troubles.push(error), ...options });
    relay.start();
    this.running.push(relay);
    return relay;
  }

  async projector(
    bus: KafkaBus,
    projections: readonly Projection[],
    options: Partial<KafkaProjectorOptions> = {},
  ): Promise<KafkaProjector> {
    const projector = new KafkaProjector({
      ...{ bus, pool: this.database.pool, projections },
      onTrouble: (error) => this.troubles.push(error),
      ...options,
    });
    this.running.push(projector);
    await projector.start();
    return projector;
  }

  /** Waits until the read side shows everything up to a position. */
  applied(position: bigint, schema = 'provident'): Promise<void> {
    return this.until(`position ${position} is applied`, async () => {
      return (await appliedUpTo(this.database.pool, schema)).position >= position;
    });
  }

  /** Waits for a condition. A test fails by it only after a time in which it must have come true. */
  async until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    const limit = performance.now() + WAIT_LIMIT_MS;
    while (!(await condition())) {
      if (performance.now() > limit) {
        throw new Error(`Not within ${WAIT_LIMIT_MS} ms: ${what}. Troubles: ${this.troubles.map(String).join('\n')}`);
      }
      await sleep(20);
    }
  }

  digests(projections: readonly Projection[], schema = 'provident'): Promise<readonly TableDigest[]> {
    return inTransaction(
      this.database.pool,
      async (client) => (await digestWithin(client, projections, schema)).tables,
      SNAPSHOT,
    );
  }

  /** What one process makes of the same log, without Kafka. */
  async digestsOfOneProcess(projections: readonly Projection[], source: EventSource): Promise<readonly TableDigest[]> {
    const schema = 'provident_alone';
    await this.database.pool.query(`drop schema if exists ${schema} cascade`);
    await new Projector({ pool: this.database.pool, source, projections, schema }).catchUp();
    const digests = await this.digests(projections, schema);
    await this.database.pool.query(`drop schema ${schema} cascade`);
    return digests;
  }

  private async stopAll(): Promise<void> {
    await Promise.all(this.running.splice(0).map((each) => each.stop()));
  }
}
