import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '@provident/assembly';
import { KafkaPart, PostgresPart } from './infrastructure.js';
import { NodeProcess } from './node-process.js';
import type { Part } from './part.js';
import { eventStoreProcess, type ProcessOptions, ready, serviceProcesses } from './service-processes.js';
import { Supervisor } from './supervisor.js';

export interface ServicesOptions extends ProcessOptions {
  /** A part ended too often and is not started again. */
  readonly onGiveUp: (part: Part) => void;
}

/** Every process of Provident on one machine, with an event store, a PostgreSQL and a Kafka of their own. */
export class Services {
  readonly processes: NodeProcess[] = [];
  private readonly supervisor: Supervisor;

  private constructor(
    private readonly options: ServicesOptions,
    readonly postgres: PostgresPart,
    readonly kafka: KafkaPart,
    readonly eventStore: NodeProcess,
  ) {
    this.supervisor = new Supervisor(options);
  }

  /** Starts everything and waits until all of it is ready. */
  static async start(options: ServicesOptions): Promise<Services> {
    const { folder } = options;
    mkdirSync(folder, { recursive: true });
    const eventStore = await eventStoreProcess(options);
    const services = new Services(
      options,
      new PostgresPart(join(folder, 'postgres')),
      new KafkaPart(join(folder, 'kafka')),
      eventStore,
    );
    try {
      await services.startAll();
      return services;
    } catch (error) {
      await services.stop();
      throw error;
    }
  }

  get folder(): string {
    return this.options.folder;
  }

  get parts(): readonly Part[] {
    return [this.eventStore, this.postgres, this.kafka, ...this.processes];
  }

  /** Addresses of the processes of one kind. */
  urlsOf(service: ServiceName): string[] {
    return this.processes.filter(({ name }) => name.split('-')[0] === service).map(({ address }) => address);
  }

  /** Stops everything in order: first who takes requests, last what keeps the data. */
  stop(): Promise<void> {
    return this.supervisor.stop();
  }

  private async startAll(): Promise<void> {
    const { supervisor, options } = this;
    // The order does not matter to the services, which wait for what they need; it is the order of stopping, reversed.
    await Promise.all([this.eventStore, this.postgres, this.kafka].map((part) => supervisor.add(part)));
    const addresses = {
      eventStore: this.eventStore.address,
      database: this.postgres.address,
      kafka: this.kafka.address,
    };
    for (const each of await serviceProcesses(options, addresses)) this.processes.push(await supervisor.add(each));
    await Promise.all(this.processes.map(ready));
  }
}
