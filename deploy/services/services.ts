import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceName } from '@provident/assembly';
import { freePorts } from '../kafka/free-ports.js';
import { KafkaPart, PostgresPart } from './infrastructure.js';
import { NodeProcess } from './node-process.js';
import type { Part } from './part.js';
import { Supervisor } from './supervisor.js';

const READY_LIMIT_MS = 180_000;
const ASK_EVERY_MS = 200;

export interface ServicesOptions {
  /** Keeps the data of the event store, PostgreSQL and Kafka; made when absent. */
  readonly folder: string;
  readonly area: string;
  readonly counters: number;
  readonly projectors: number;
  /** Settings for every service, over those of this process's own environment. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Folder of the compiled programs; the build that this program belongs to when absent. */
  readonly build?: string;
  readonly say: (text: string) => void;
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
    const [port = 0] = await freePorts(1);
    const eventStore = nodeProcess(options, 'eventstore', `esdb://127.0.0.1:${port}?tls=false`, {
      program: 'libs/embedded-event-store/src/main.js',
      args: ['--port', String(port), '--data', join(folder, 'events')],
    });
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
    const names = [
      ...numbered('projector', options.projectors),
      ...numbered('relay', 1),
      ...numbered('enquiry', 1),
      ...numbered('counter', options.counters),
    ];
    const ports = await freePorts(names.length);
    for (const [at, name] of names.entries()) {
      const [service = ''] = name.split('-');
      const made = nodeProcess(options, name, `http://127.0.0.1:${ports[at] ?? 0}`, {
        program: `apps/${service}/src/main.js`,
        variables: { ...this.variables(), ...options.variables, HOST: '127.0.0.1', PORT: String(ports[at] ?? 0) },
      });
      this.processes.push(await supervisor.add(made));
    }
    await Promise.all(this.processes.map((each) => this.ready(each)));
  }

  private variables(): Record<string, string> {
    return {
      PROVIDENT_AREA: this.options.area,
      EVENTSTORE_URL: this.eventStore.address,
      DATABASE_URL: this.postgres.address,
      KAFKA_BROKERS: this.kafka.address,
    };
  }

  private async ready({ name, address }: Part): Promise<void> {
    let last = 'it does not answer';
    for (const limit = performance.now() + READY_LIMIT_MS; performance.now() < limit; ) {
      const response = await fetch(`${address}/health/ready`).catch(() => undefined);
      if (response?.ok === true) return;
      last = (await response?.text()) ?? last;
      await delay(ASK_EVERY_MS);
    }
    throw new Error(`${name} is not ready within ${READY_LIMIT_MS} ms: ${last}`);
  }
}

function numbered(service: ServiceName, count: number): string[] {
  return count === 1 ? [service] : Array.from({ length: count }, (_, at) => `${service}-${at + 1}`);
}

function nodeProcess(
  { build = join(__dirname, '..', '..'), say }: ServicesOptions,
  name: string,
  address: string,
  { program, ...rest }: { program: string; args?: readonly string[]; variables?: Readonly<Record<string, string>> },
): NodeProcess {
  const onLine = (line: string): void => say(`${name.padEnd(11)}| ${line}`);
  return new NodeProcess({ name, address, program: join(build, program), onLine, ...rest });
}
