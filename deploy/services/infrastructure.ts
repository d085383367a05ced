import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@provident/projections/embedded-postgres';
import { LocalBroker } from '../kafka/local-broker.js';
import type { Part } from './part.js';

/** The embedded PostgreSQL, started or taken over. */
export class PostgresPart implements Part {
  readonly name = 'postgresql';
  private server: EmbeddedPostgres | undefined;

  constructor(private readonly folder: string) {}

  /** The address for clients. The same after every start on the same folder. */
  get address(): string {
    return this.server?.url ?? '';
  }

  get pid(): number | undefined {
    return this.server?.pid;
  }

  async start(): Promise<void> {
    this.server = await startEmbeddedPostgres(this.folder);
  }

  isRunning(): boolean {
    return isAlive(this.server?.pid);
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }
}

/** A Kafka broker of this machine. */
export class KafkaPart implements Part {
  readonly name = 'kafka';
  private broker: LocalBroker | undefined;

  constructor(private readonly folder: string) {}

  get address(): string {
    return this.broker?.address ?? '';
  }

  get pid(): number | undefined {
    return this.broker?.pid;
  }

  async start(): Promise<void> {
    if (this.broker === undefined) this.broker = await LocalBroker.start({ folder: join(this.folder) });
    else await this.broker.start();
  }

  isRunning(): boolean {
    return isAlive(this.broker?.pid);
  }

  async stop(): Promise<void> {
    await this.broker?.stop();
  }
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}
