import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { KafkaPart, PostgresPart } from '../../deploy/services/infrastructure.js';
import { NodeProcess } from '../../deploy/services/node-process.js';
import type { Part } from '../../deploy/services/part.js';
import {
  eventStoreProcess,
  type ProcessOptions,
  ready,
  serviceProcesses,
} from '../../deploy/services/service-processes.js';
import { compiled } from '../support/compiled.js';
import { newDataFolder, removeDataFolder } from '../support/data-folder.js';

export const AREA = '310000';

/** Every process that a campaign harms; nobody but the campaign starts them again. */
export class BesiegedServices {
  private constructor(
    readonly folder: string,
    readonly eventStore: NodeProcess,
    readonly postgres: PostgresPart,
    readonly kafka: KafkaPart,
    readonly counter: NodeProcess,
    readonly enquiry: NodeProcess,
    readonly relay: NodeProcess,
    readonly secondRelay: NodeProcess,
    readonly projectors: readonly NodeProcess[],
    /** The last lines that they printed, with their names. */
    private readonly lines: string[],
  ) {}

  static async start(): Promise<BesiegedServices> {
    const folder = newDataFolder();
    const lines: string[] = [];
    const options: ProcessOptions = {
      ...{ folder, area: AREA, counters: 1, projectors: 3, build: compiled('') },
      variables: { LOG_LEVEL: 'error' },
      say(line) {
        lines.push(line);
        if (lines.length > 200) lines.shift();
      },
    };
    const eventStore = await eventStoreProcess(options);
    const [postgres, kafka] = [new PostgresPart(join(folder, 'postgres')), new KafkaPart(join(folder, 'kafka'))];
    await Promise.all([eventStore.start(), postgres.start(), kafka.start()]);
    const addresses = { eventStore: eventStore.address, database: postgres.address, kafka: kafka.address };
    const processes = await serviceProcesses(options, addresses);
    const named = (name: string): NodeProcess => processes.find((each) => each.name === name) as NodeProcess;
    const secondRelay = new NodeProcess({
      ...{ name: 'relay-2', address: '', program: compiled('test/campaigns/main.js'), args: ['duplicating-relay'] },
      variables: {
        ...{ PROVIDENT_AREA: AREA, EVENTSTORE_URL: addresses.eventStore, KAFKA_BROKERS: addresses.kafka },
      },
      onLine: (line) => options.say(`relay-2    | ${line}`),
    });
    const projectors = processes.filter(({ name }) => name.startsWith('projector'));
    const services = new BesiegedServices(
      ...([folder, eventStore, postgres, kafka, named('counter'), named('enquiry'), named('relay')] as const),
      ...([secondRelay, projectors, lines] as const),
    );
    for (const each of [services.counter, services.enquiry, services.relay, ...projectors.slice(0, 2)]) {
      await each.start();
    }
    await services.allReady();
    return services;
  }

  /** Everything that keeps on running but for the harm done to it. */
  get parts(): readonly Part[] {
    const { eventStore, postgres, kafka, counter, enquiry, relay, projectors } = this;
    return [eventStore, postgres, kafka, counter, enquiry, relay, ...projectors.slice(0, 2)];
  }

  /** Kills a part as a crash would, leaves it dead for a while, and starts it again. */
  async killAndStart(part: Part & { readonly pid: number | undefined }, deadMs: number): Promise<void> {
    const { pid } = part;
    if (pid === undefined) throw new Error(`${part.name} does not run.`);
    process.kill(pid, 'SIGKILL');
    while (part.isRunning()) await delay(20);
    await delay(deadMs);
    await part.start();
  }

  async allReady(): Promise<void> {
    const { counter, enquiry, relay, projectors } = this;
    await Promise.all([counter, enquiry, relay, ...projectors.slice(0, 2)].map(ready));
  }

  lastLines(): string {
    return this.lines.slice(-40).join('\n');
  }

  async close(): Promise<void> {
    await Promise.all(
      [this.counter, this.enquiry, this.relay, this.secondRelay, ...this.projectors].map((p) => p.stop()),
    );
    await Promise.all([this.eventStore.stop(), this.postgres.stop(), this.kafka.stop()]);
    removeDataFolder(this.folder);
  }
}
