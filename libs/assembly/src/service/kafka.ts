import { KafkaBus } from '@provident/event-bus';
import type { Log } from '@provident/telemetry';
import type { SASLOptions } from 'kafkajs';
import type { KafkaConfig, ProjectorConfig, RelayConfig } from '../service-config.js';
import { STREAM_CATEGORIES } from '../stream-categories.js';
import type { Dependency } from './dependency.js';

/** The area's topics on the cluster that a service is told of. */
export function kafkaBus({ kafka, area, service }: RelayConfig | ProjectorConfig, log: Log): KafkaBus {
  const { brokers, ssl, sasl, partitions, replication } = kafka;
  return new KafkaBus({
    ...{ brokers, area, ssl, partitions, replication },
    categories: STREAM_CATEGORIES,
    clientId: `provident-${service}`,
    ...(sasl === undefined ? {} : { sasl: credentials(sasl) }),
    // What it costs is told by the relay or projector; the client's own words help to find out why.
    onLog: (message) => log.debug({ context: 'kafka' }, message),
  });
}

/** Told apart by mechanism, as the client's types have it. */
function credentials({ mechanism, username, password }: NonNullable<KafkaConfig['sasl']>): SASLOptions {
  if (mechanism === 'plain') return { mechanism, username, password };
  return mechanism === 'scram-sha-256' ? { mechanism, username, password } : { mechanism, username, password };
}

export function kafkaAt(bus: KafkaBus, brokers: readonly string[]): Dependency {
  return {
    name: 'Kafka',
    address: brokers.join(','),
    async probe() {
      await bus.administer((admin) => admin.describeCluster());
    },
    close: () => Promise.resolve(),
  };
}
