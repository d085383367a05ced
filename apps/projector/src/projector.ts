import { kafkaAt, kafkaBus, postgresAt, type ProjectorConfig, PROJECTIONS, type Service } from '@provident/assembly';
import { KafkaProjector, type KafkaProjectorStatus } from '@provident/event-bus';
import { createPool, LIVE_SCHEMA } from '@provident/projections/database';
import { errorFields, EventSpans, type Telemetry, Trouble } from '@provident/telemetry';

/** The projector: keeps PostgreSQL in step with Kafka. Several share the partitions among them. */
export function projector(config: ProjectorConfig, telemetry: Telemetry): Service {
  const { log, metrics } = telemetry;
  const bus = kafkaBus(config, log);
  return {
    dependencies: [postgresAt(config.databaseUrl), kafkaAt(bus, config.kafka.brokers)],
    async start() {
      const pool = createPool(config.databaseUrl, LIVE_SCHEMA, config.databaseConnections);
      const spans = new EventSpans(telemetry, 'projector');
      const trouble = new Trouble(log, 'the projector');
      const running = new KafkaProjector({
        ...{ bus, pool, projections: PROJECTIONS },
        onTrouble(error, retriedInMs) {
          const outcome = retriedInMs === undefined ? 'stopped' : 'retried';
          metrics.add('provident_projection_errors_total', { outcome });
          trouble.tell(error, retriedInMs);
        },
        onDeadLetter({ id, reason, projection }) {
          metrics.add('provident_dead_letters_total', {});
          log.error({ id, projection, ...errorFields(reason) }, 'laid aside');
        },
        onApplied(events) {
          trouble.over();
          metrics.add('provident_projector_applied_events_total', {}, events.length);
          spans.tell(events);
        },
      });
      await running.start().catch(async (error: unknown) => {
        await pool.end();
        throw error;
      });
      return {
        checks: [
          { name: 'postgresql', required: true, run: () => pool.query('select 1') },
          { name: 'projector', required: true, run: () => trouble.check() },
        ],
        measure: () => measure(telemetry, running.status),
        async stop() {
          await running.stop();
          await pool.end();
        },
      };
    },
  };
}

function measure({ metrics }: Telemetry, { partitions }: KafkaProjectorStatus): void {
  metrics.clear('provident_projector_lag_events');
  for (const { topic, partition, lag } of partitions) {
    metrics.set('provident_projector_lag_events', { topic, partition: String(partition) }, Number(lag));
  }
  const now = Date.now();
  const behind = partitions.filter(({ lag }) => lag > 0n).map(({ lastEventAt }) => lastEventAt?.getTime() ?? now);
  metrics.set('provident_projector_lag_seconds', {}, (now - Math.min(now, ...behind)) / 1_000);
  const stopped = partitions.filter(({ state }) => state === 'stopped').length;
  metrics.set('provident_projector_stopped_partitions', {}, stopped);
}
