import { SpanKind } from '@opentelemetry/api';
import type { RecordedEvent } from '@provident/kernel';
import type { Telemetry } from './telemetry.js';
import { spanIdOf, traceIdOf } from './trace-ids.js';
import { nowMs } from './tracing.js';

/** Conversations named in one line of the log. */
const NAMED = 20;

/** Tells, by log and traces, of events that passed a station on their way from the log to the tables. */
export class EventSpans {
  constructor(
    private readonly telemetry: Telemetry,
    private readonly station: 'relay' | 'projector',
  ) {}

  /** The events have passed just now. A span lasts from the moment that the log took the event: the lag is its length. */
  tell(events: readonly RecordedEvent[]): void {
    const [first, last] = [events[0], events.at(-1)];
    if (first === undefined || last === undefined) return;
    const { log, tracing } = this.telemetry;
    if (log.isLevelEnabled('debug')) {
      const correlationIds = [...new Set(events.map(({ metadata }) => metadata.correlationId))].slice(0, NAMED);
      const positions = `${first.position}-${last.position}`;
      log.debug({ events: events.length, positions, correlationIds }, this.verb);
    }
    if (!tracing.isOn) return;
    const endMs = nowMs();
    for (const { id, type, position, recordedAt, metadata } of events) {
      tracing.record({
        name: `${this.verb} ${type}`,
        kind: this.station === 'relay' ? SpanKind.PRODUCER : SpanKind.CONSUMER,
        traceId: traceIdOf(metadata.correlationId),
        parentSpanId: spanIdOf(id),
        // Another machine's clock may be ahead of ours.
        startMs: Math.min(recordedAt.getTime(), endMs),
        endMs,
        attributes: { 'event.type': type, 'log.position': position.toString() },
      });
    }
  }

  private get verb(): string {
    return this.station === 'relay' ? 'relayed' : 'projected';
  }
}
