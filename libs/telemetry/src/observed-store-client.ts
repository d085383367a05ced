import type { AppendExpectedRevision, EventData } from '@eventstore/db-client';
import { SpanKind } from '@opentelemetry/api';
import { StoreClient, StoreUnavailable } from '@provident/event-store';
import type { EventMetadata } from '@provident/kernel';
import type { Telemetry } from './telemetry.js';
import { spanIdOf, traceIdOf } from './trace-ids.js';
import { nowMs } from './tracing.js';

/** The way to the event store, with every append measured, logged and traced. */
export class ObservedStoreClient extends StoreClient {
  constructor(
    url: string,
    private readonly telemetry: Telemetry,
  ) {
    super(url);
  }

  override async append(stream: string, events: EventData[], expected: AppendExpectedRevision): Promise<bigint> {
    const startMs = nowMs();
    try {
      const position = await super.append(stream, events, expected);
      this.took('taken', startMs);
      this.tell(stream, events, position, startMs);
      return position;
    } catch (error) {
      this.took(outcomeOf(error), startMs);
      throw error;
    }
  }

  private took(outcome: string, startMs: number): void {
    this.telemetry.metrics.observe('provident_append_duration_seconds', { outcome }, (nowMs() - startMs) / 1_000);
  }

  private tell(stream: string, events: readonly EventData[], position: bigint, startMs: number): void {
    const { log, metrics, tracing } = this.telemetry;
    const category = stream.slice(0, stream.indexOf('-'));
    metrics.add('provident_appended_events_total', { category }, events.length);
    if (log.isLevelEnabled('debug')) {
      const { correlationId, commandId } = (events[0]?.metadata ?? {}) as Partial<EventMetadata>;
      const types = events.map(({ type }) => type);
      log.debug({ category, types, position: position.toString(), correlationId, commandId }, 'events appended');
    }
    if (!tracing.isOn) return;
    const endMs = nowMs();
    for (const { id, type, metadata } of events) {
      const { correlationId, causationId } = metadata as unknown as EventMetadata;
      const ids = { traceId: traceIdOf(correlationId), spanId: spanIdOf(id), parentSpanId: spanIdOf(causationId) };
      const attributes = { 'event.type': type, 'event.category': category, 'log.position': position.toString() };
      tracing.record({ name: `append ${type}`, kind: SpanKind.PRODUCER, ...ids, startMs, endMs, attributes });
    }
  }
}

function outcomeOf(error: unknown): string {
  if (error instanceof StoreUnavailable) return 'unavailable';
  return error instanceof Error && error.name === 'StreamConflict' ? 'conflict' : 'refused';
}
