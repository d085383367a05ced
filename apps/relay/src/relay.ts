import {
  eventStoreAt,
  kafkaAt,
  kafkaBus,
  type RelayConfig,
  type RunningService,
  type Service,
} from '@provident/assembly';
import { Relay } from '@provident/event-bus';
import { LogReader, StoreClient } from '@provident/event-store';
import { EventSpans, type Telemetry, Trouble } from '@provident/telemetry';

/** The relay: carries the log to Kafka. Any number may run; one leads, the others stand by. */
export function relay(config: RelayConfig, telemetry: Telemetry): Service {
  const { log, metrics } = telemetry;
  const bus = kafkaBus(config, log);
  return {
    dependencies: [eventStoreAt(config.eventStoreUrl), kafkaAt(bus, config.kafka.brokers)],
    start() {
      const client = new StoreClient(config.eventStoreUrl);
      const spans = new EventSpans(telemetry, 'relay');
      const trouble = new Trouble(log, 'the relay');
      const running = new Relay({
        ...{ bus, source: new LogReader(client) },
        clock: { now: () => new Date() },
        onTrouble: (error, retriedInMs) => trouble.tell(error, retriedInMs),
        onLeading: (leading) => log.info(leading ? 'leading' : 'standing by'),
        onSent(events) {
          trouble.over();
          metrics.add('provident_relay_sent_events_total', {}, events.length);
          spans.tell(events);
        },
      });
      running.start();
      const service: RunningService = {
        checks: [
          { name: 'event-store', required: true, run: () => client.head() },
          { name: 'relay', required: true, run: () => trouble.check() },
        ],
        measure() {
          const { state, position, unconfirmed, lagSeconds } = running.status;
          metrics.set('provident_relay_leading', {}, state === 'leading' ? 1 : 0);
          metrics.set('provident_relay_position', {}, Number(position));
          metrics.set('provident_relay_lag_events', {}, unconfirmed);
          metrics.set('provident_relay_lag_seconds', {}, lagSeconds);
        },
        async stop() {
          await running.stop();
          await client.dispose();
        },
      };
      return Promise.resolve(service);
    },
  };
}
