import { DomainError } from '@provident/kernel';
import type { PartitionPlace } from '@provident/projections/partition-message';
import { type Admin, type ITopicConfig, Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import { LIMITS } from './limits.js';
import { Topics } from './topics.js';

export interface KafkaBusOptions {
  /** `host:port` of some brokers; the others are learnt from them. */
  readonly brokers: readonly string[];
  /** Pooling area (统筹区): part of every topic's name. */
  readonly area: string;
  /** Stream categories that have a topic of their own. What is used once is kept: a stream never changes its topic. */
  readonly categories: readonly string[];
  /** Shown in the brokers' logs; `provident` when absent. */
  readonly clientId?: string;
  readonly ssl?: NonNullable<KafkaConfig['ssl']>;
  readonly sasl?: NonNullable<KafkaConfig['sasl']>;
  /** Partitions of each category's topic, 6 when absent. Fixed once the topics exist. */
  readonly partitions?: number;
  /** Copies of each partition: 1 when absent, for one machine; 3 in a cluster, of which 2 must confirm every write. */
  readonly replication?: number;
  /** Told what the client reports of the brokers (warnings and errors): connections lost, rebalances. */
  readonly onLog?: (message: string) => void;
}

const DEFAULT_PARTITIONS = 6;

/** One area's way through a Kafka cluster: the addresses, the topics, and the clients that the parts of the bus use. */
export class KafkaBus {
  readonly topics: Topics;
  readonly partitions: number;
  private readonly replication: number;

  constructor(private readonly options: KafkaBusOptions) {
    this.topics = new Topics(options.area, options.categories);
    this.partitions = options.partitions ?? DEFAULT_PARTITIONS;
    this.replication = options.replication ?? 1;
  }

  /** A client. A call that fails is repeated a few times by it; who uses it decides what then. */
  client(purpose: string): Kafka {
    const { brokers, clientId = 'provident', ssl, sasl, onLog } = this.options;
    return new Kafka({
      brokers: [...brokers],
      clientId: `${clientId}-${purpose}`,
      ...(ssl === undefined ? {} : { ssl }),
      ...(sasl === undefined ? {} : { sasl }),
      connectionTimeout: LIMITS.connectMs,
      requestTimeout: LIMITS.requestMs,
      retry: { retries: 3, initialRetryTime: LIMITS.firstRetryMs, maxRetryTime: 1_000 },
      logLevel: onLog === undefined ? logLevel.NOTHING : logLevel.WARN,
      logCreator: () => (entry) => onLog?.(`${entry.namespace}: ${entry.log.message}`),
    });
  }

  /** Runs something with a connected administrator. */
  async administer<Result>(work: (admin: Admin) => Promise<Result>): Promise<Result> {
    const admin = this.client('admin').admin();
    try {
      await admin.connect();
      return await work(admin);
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }

  /**
   * Creates the topics that are missing. Throws `bus-topic-differs` where one has another number of partitions: a stream's
   * events would no longer meet in one partition.
   */
  async prepare(): Promise<void> {
    await this.administer(async (admin) => {
      const wanted = this.topicConfigs();
      const present = new Set(await admin.listTopics());
      const missing = wanted.filter(({ topic }) => !present.has(topic));
      // Another process may be creating them at the same time; then there is nothing left to do.
      if (missing.length > 0) await admin.createTopics({ topics: missing, waitForLeaders: true });
      const { topics } = await admin.fetchTopicMetadata({ topics: wanted.map(({ topic }) => topic) });
      for (const { name, partitions } of topics) {
        const expected = wanted.find(({ topic }) => topic === name)?.numPartitions;
        if (partitions.length !== expected) throw topicDiffers(name, partitions.length, expected ?? 0);
      }
    });
  }

  /** The first offset of a partition that the brokers hold, and the next that they will give. */
  bounds({ topic, partition }: PartitionPlace): Promise<{ readonly low: bigint; readonly high: bigint }> {
    return this.administer(async (admin) => {
      const found = (await admin.fetchTopicOffsets(topic)).find((each) => each.partition === partition);
      return { low: BigInt(found?.low ?? 0), high: BigInt(found?.high ?? 0) };
    });
  }

  private topicConfigs(): ITopicConfig[] {
    const { topics, partitions } = this;
    return [
      // Nothing expires: a read side may be built anew from the topics alone.
      ...topics.events.map((topic) => this.topicConfig(topic, partitions, { 'retention.ms': '-1' })),
      this.topicConfig(topics.deadLetters, 1, { 'retention.ms': '-1' }),
      this.topicConfig(topics.checkpoints, 1, {
        'cleanup.policy': 'compact',
        'segment.bytes': String(1024 * 1024),
        'min.cleanable.dirty.ratio': '0.1',
      }),
    ];
  }

  private topicConfig(topic: string, numPartitions: number, config: Readonly<Record<string, string>>): ITopicConfig {
    const { replication: replicationFactor } = this;
    const entries = {
      'max.message.bytes': String(LIMITS.topicMessageBytes),
      'min.insync.replicas': String(Math.min(2, replicationFactor)),
      'unclean.leader.election.enable': 'false',
      ...config,
    };
    const configEntries = Object.entries(entries).map(([name, value]) => ({ name, value }));
    return { topic, numPartitions, replicationFactor, configEntries };
  }
}

function topicDiffers(topic: string, found: number, expected: number): DomainError {
  return new DomainError(
    'bus-topic-differs',
    `The topic ${topic} has ${found} partitions; this program expects ${expected}.`,
    "A stream's events meet in one partition, chosen by the number of partitions, which is fixed when the topic is made.",
    `Set the number of partitions to ${found}, or use an empty cluster.`,
    { topic, found, expected },
  );
}
