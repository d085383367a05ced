import type { RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '@provident/kernel';
import type { Telemetry } from '@provident/telemetry';
import type { ServiceConfig } from '../service-config.js';
import { type Dependency, waitFor } from './dependency.js';
import { type Check, Health } from './health.js';
import { ServiceServer } from './service-server.js';

/** Wait before a start that failed is tried again. */
const START_AGAIN_MS = 2_000;

/** What a process does, for the frame that runs it. */
export interface Service {
  /** What must answer before it is started. */
  readonly dependencies: readonly Dependency[];
  start(): Promise<RunningService>;
}

export interface RunningService {
  readonly checks: readonly Check[];
  /** Answers requests; absent where the process has no interface of its own. */
  readonly application?: RequestListener;
  /** Brings gauges up to date, before they are read. */
  readonly measure?: () => void;
  /** Finishes what is under way and lets go of everything. */
  stop(): Promise<void>;
}

/**
 * The frame that every service runs in. It listens at once, waits for what the service needs, saying for what, starts it,
 * and stops it in order: first no more requests, then the work under way, then the connections.
 */
export class ServiceFrame {
  private readonly health: Health;
  private readonly server: ServiceServer;
  private readonly stopping = new AbortController();
  private running: RunningService | undefined;
  private starting: Promise<void> = Promise.resolve();

  private constructor(
    private readonly telemetry: Telemetry,
    private readonly service: Service,
  ) {
    this.health = new Health(telemetry.metrics);
    this.server = new ServiceServer(this.health, telemetry.metrics, () => this.running?.measure?.());
  }

  /** Listens and begins to start; `started` tells when it serves, or throws what it cannot serve with. */
  static async open(config: ServiceConfig, telemetry: Telemetry, service: Service): Promise<ServiceFrame> {
    const frame = new ServiceFrame(telemetry, service);
    const url = await frame.server.listen(config.host, config.port);
    telemetry.log.info({ url }, 'listening');
    frame.starting = frame.start();
    frame.starting.catch(() => undefined); // Told by `started`.
    return frame;
  }

  get started(): Promise<void> {
    return this.starting;
  }

  async stop(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    this.stopping.abort();
    this.health.stopping();
    await this.starting.catch(() => undefined);
    await this.server.close();
    await this.running?.stop();
    this.telemetry.log.info('stopped');
    await this.telemetry.close();
  }

  private async start(): Promise<void> {
    const { log } = this.telemetry;
    const { signal } = this.stopping;
    try {
      while (this.isWanted() && this.running === undefined) {
        for (const dependency of this.service.dependencies) {
          await waitFor(dependency, { log, signal, onWaiting: (text) => this.health.waiting(text) });
        }
        if (this.isWanted()) this.running = await this.startOnce();
      }
    } finally {
      await Promise.all(this.service.dependencies.map((each) => each.close()));
    }
    if (this.running === undefined) return;
    this.server.serve(this.running.application);
    this.health.serving(this.running.checks);
    log.info('serving');
  }

  private isWanted(): boolean {
    return !this.stopping.signal.aborted;
  }

  /** `undefined` when something that had answered went away again; a refusal by the rules is for good. */
  private async startOnce(): Promise<RunningService | undefined> {
    try {
      return await this.service.start();
    } catch (error) {
      if (error instanceof DomainError) throw error;
      this.telemetry.log.error({ err: error }, 'the start failed, and is tried again');
      await delay(START_AGAIN_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      return undefined;
    }
  }
}
