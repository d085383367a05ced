import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../../deploy/sample/random.js';
import { KafkaPart, PostgresPart } from '../../deploy/services/infrastructure.js';
import type { NodeProcess } from '../../deploy/services/node-process.js';
import type { Part } from '../../deploy/services/part.js';
import { eventStoreProcess, ready, serviceProcesses } from '../../deploy/services/service-processes.js';
import { compiled } from '../support/compiled.js';
import { newDataFolder, removeDataFolder } from '../support/data-folder.js';

/** Longest wait for something that must happen. */
const WAIT_LIMIT_MS = 120_000;
const LOOK_EVERY_MS = 100;

export interface ReadinessAnswer {
  readonly status: string;
  readonly waitingFor?: string;
  readonly checks: readonly { readonly name: string; readonly passing: boolean }[];
}

/** The compiled services as processes of their own, with nothing that starts them again. */
export class RunningServices {
  private constructor(
    readonly folder: string,
    readonly eventStore: NodeProcess,
    readonly postgres: PostgresPart,
    readonly kafka: KafkaPart,
    readonly processes: readonly NodeProcess[],
    /** Every line that the services printed, with their names before it. */
    readonly lines: readonly string[],
  ) {}

  /** Two counters, two projectors, a relay, an enquiry and a supervisor. What they work on has been up once, and is down. */
  static async prepare(variables: Readonly<Record<string, string>>): Promise<RunningServices> {
    const services = await RunningServices.make(variables, 2);
    await Promise.all([services.postgres.stop(), services.kafka.stop()]);
    return services;
  }

  /** One of each, up and ready. */
  static async start(variables: Readonly<Record<string, string>>): Promise<RunningServices> {
    const services = await RunningServices.make(variables, 1);
    await Promise.all([services.eventStore, ...services.processes].map((each) => each.start()));
    await services.allReady();
    return services;
  }

  /** The processes are down; PostgreSQL and Kafka run, because their addresses are known only then. */
  private static async make(variables: Readonly<Record<string, string>>, copies: number): Promise<RunningServices> {
    const folder = newDataFolder();
    const lines: string[] = [];
    const options = {
      ...{ folder, variables, area: '310000', counters: copies, projectors: copies, build: compiled('') },
      say: (line: string) => void lines.push(line),
    };
    const [postgres, kafka] = [new PostgresPart(join(folder, 'postgres')), new KafkaPart(join(folder, 'kafka'))];
    const eventStore = await eventStoreProcess(options);
    await Promise.all([postgres.start(), kafka.start()]);
    const addresses = { eventStore: eventStore.address, database: postgres.address, kafka: kafka.address };
    const processes = await serviceProcesses(options, addresses);
    return new RunningServices(folder, eventStore, postgres, kafka, processes, lines);
  }

  urlsOf(service: string): string[] {
    return this.processes.filter(({ name }) => name.split('-')[0] === service).map(({ address }) => address);
  }

  named(name: string): NodeProcess {
    const found = this.processes.find((each) => each.name === name);
    if (found === undefined) throw new Error(`No process is named ${name}.`);
    return found;
  }

  /** Starts the parts in an order of chance; the same seed gives the same order. */
  async startShuffled(parts: readonly Part[], seed: string): Promise<void> {
    const random = new Random(seed);
    const left = [...parts];
    while (left.length > 0) {
      const [part] = left.splice(random.below(left.length), 1);
      await part?.start();
    }
  }

  async allReady(): Promise<void> {
    await Promise.all(this.processes.map(ready));
  }

  async readiness(name: string): Promise<ReadinessAnswer | undefined> {
    const response = await fetch(`${this.named(name).address}/health/ready`).catch(() => undefined);
    return (await response?.json()) as ReadinessAnswer | undefined;
  }

  /** A metric's value, summed over its labels; 0 where it does not show. */
  async metric(name: string, metric: string): Promise<number> {
    const text = await (await fetch(`${this.named(name).address}/metrics`)).text();
    const values = [...text.matchAll(new RegExp(`^${metric}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))].map(([, value]) =>
      Number(value),
    );
    return values.reduce((sum, value) => sum + value, 0);
  }

  async until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    for (const limit = performance.now() + WAIT_LIMIT_MS; !(await condition()); ) {
      if (performance.now() > limit) {
        throw new Error(
          `Not within ${WAIT_LIMIT_MS} ms: ${what}. The last lines:\n${this.lines.slice(-20).join('\n')}`,
        );
      }
      await delay(LOOK_EVERY_MS);
    }
  }

  /** Everything is written and at rest behind it. */
  async stop(): Promise<void> {
    await Promise.all(this.processes.map((each) => each.stop()));
    await Promise.all([this.eventStore.stop(), this.postgres.stop(), this.kafka.stop()]);
  }

  async close(): Promise<void> {
    await this.stop();
    removeDataFolder(this.folder);
  }
}
