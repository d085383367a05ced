import type { DestinationStream } from 'pino';
import { createLog, type Log } from './log.js';
import { Metrics } from './metrics.js';
import { Tracing } from './tracing.js';

export interface TelemetryOptions {
  readonly service: string;
  readonly logLevel: string;
  /** Address of an OpenTelemetry collector; no traces when absent. */
  readonly tracesTo: string | undefined;
  readonly tracesKept: number;
  /** Where the log goes; the standard output when absent. */
  readonly destination?: DestinationStream;
}

/** What one process tells about itself: log, metrics and traces. */
export class Telemetry {
  constructor(
    readonly log: Log,
    readonly metrics: Metrics,
    readonly tracing: Tracing,
  ) {}

  static of({ service, logLevel, tracesTo, tracesKept, destination }: TelemetryOptions): Telemetry {
    return new Telemetry(
      createLog(service, logLevel, destination),
      new Metrics(service),
      Tracing.to(service, tracesTo, tracesKept),
    );
  }

  async close(): Promise<void> {
    await this.tracing.close();
    this.log.flush();
  }
}
