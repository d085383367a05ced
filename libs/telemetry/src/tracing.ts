import { randomBytes } from 'node:crypto';
import { type Attributes, ROOT_CONTEXT, type SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

/** Spans that wait to be sent; what comes on top is dropped, so that a collector that is away costs no memory. */
const QUEUED_SPANS = 16_384;
const SENT_AT_ONCE = 512;
const SEND_EVERY_MS = 1_000;

/** A step that has ended. Its ids are ours, see `trace-ids.ts`. */
export interface FinishedSpan {
  readonly name: string;
  readonly kind: SpanKind;
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits; made up where nothing hangs on it. */
  readonly spanId?: string;
  readonly parentSpanId?: string | undefined;
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  /** Never personal data. */
  readonly attributes?: Attributes;
  /** Why it failed: a code or the name of an error. */
  readonly failure?: string | undefined;
}

/** Milliseconds since 1970, with a fraction: spans are shorter than a millisecond. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

export function newSpanId(): string {
  return randomBytes(8).toString('hex');
}

/** Sends spans to an OpenTelemetry collector, in the background and in batches. */
export class Tracing {
  private next = { traceId: '', spanId: '' };
  private readonly provider: TracerProvider | undefined;

  /** Without an exporter nothing is recorded. `share` of the traces is kept, chosen by trace id. */
  constructor(service: string, exporter: SpanExporter | undefined, share = 1) {
    if (exporter === undefined) return;
    const processor = new BatchSpanProcessor({
      exporter,
      maxQueueSize: QUEUED_SPANS,
      maxExportBatchSize: SENT_AT_ONCE,
      scheduledDelayMillis: SEND_EVERY_MS,
    });
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': `provident-${service}`, 'service.namespace': 'provident' }),
      sampler: new TraceIdRatioBasedSampler(share),
      idGenerator: { generateTraceId: () => this.next.traceId, generateSpanId: () => this.next.spanId },
      spanProcessors: [processor],
    });
  }

  /** Off where no endpoint is given. */
  static to(service: string, endpoint: string | undefined, share: number): Tracing {
    const url = endpoint === undefined ? undefined : `${endpoint.replace(/\/$/, '')}/v1/traces`;
    return new Tracing(service, url === undefined ? undefined : new OTLPTraceExporter({ url }), share);
  }

  get isOn(): boolean {
    return this.provider !== undefined;
  }

  record(finished: FinishedSpan): void {
    if (this.provider === undefined) return;
    const { name, kind, traceId, parentSpanId, startMs, endMs, attributes = {}, failure } = finished;
    this.next = { traceId, spanId: finished.spanId ?? newSpanId() };
    const parent =
      parentSpanId === undefined
        ? ROOT_CONTEXT
        : trace.setSpanContext(ROOT_CONTEXT, {
            ...{ traceId, spanId: parentSpanId, isRemote: true },
            traceFlags: TraceFlags.SAMPLED,
          });
    const span = this.provider.getTracer('provident').startSpan(name, { kind, startTime: startMs, attributes }, parent);
    if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
    span.end(endMs);
  }

  /** Sends what waits, and ends. A collector that is away is not waited for longer than its own time limit. */
  async close(): Promise<void> {
    await this.provider?.shutdown().catch(() => undefined);
  }
}
