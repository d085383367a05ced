import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openCheckpointKeys, openKeyFile, type ServiceName } from '@provident/assembly';
import { freePorts } from '../kafka/free-ports.js';
import { NodeProcess } from './node-process.js';
import type { Part } from './part.js';

const READY_LIMIT_MS = 180_000;
const ASK_EVERY_MS = 200;

export interface ProcessOptions {
  /** Keeps the data of the event store, PostgreSQL and Kafka; made when absent. */
  readonly folder: string;
  readonly area: string;
  readonly counters: number;
  readonly projectors: number;
  /** Settings for every service, over those of this process's own environment. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Folder of the compiled programs; the build that this program belongs to when absent. */
  readonly build?: string;
  /** Given every line that the processes print, with their names. */
  readonly say: (text: string) => void;
}

/** Where the services find what they work on. */
export interface Addresses {
  readonly eventStore: string;
  readonly database: string;
  readonly kafka: string;
}

/** The services' processes, not started yet, each with a port of its own. */
export async function serviceProcesses(options: ProcessOptions, addresses: Addresses): Promise<NodeProcess[]> {
  const names = [
    ...numbered('projector', options.projectors),
    ...numbered('relay', 1),
    ...numbered('enquiry', 1),
    ...numbered('supervisor', 1),
    ...numbered('counter', options.counters),
  ];
  const ports = await freePorts(names.length);
  const { path: keyFile } = openKeyFile(options.folder);
  const checkpointKey = openCheckpointKeys(options.folder, options.area).path;
  return names.map((name, at) => {
    const port = String(ports[at] ?? 0);
    return nodeProcess(options, name, `http://127.0.0.1:${port}`, {
      program: `apps/${name.split('-')[0] ?? ''}/src/main.js`,
      variables: {
        PROVIDENT_AREA: options.area,
        EVENTSTORE_URL: addresses.eventStore,
        DATABASE_URL: addresses.database,
        VAULT_URL: addresses.database,
        PROVIDENT_MASTER_KEY_FILE: keyFile,
        CHECKPOINT_KEY_FILE: checkpointKey,
        CHECKPOINT_FOLDER: join(options.folder, 'checkpoints'),
        KAFKA_BROKERS: addresses.kafka,
        ...options.variables,
        HOST: '127.0.0.1',
        PORT: port,
      },
    });
  });
}

/** An event store of this machine, not started yet. */
export async function eventStoreProcess(options: ProcessOptions): Promise<NodeProcess> {
  const [port = 0] = await freePorts(1);
  return nodeProcess(options, 'eventstore', `esdb://127.0.0.1:${port}?tls=false`, {
    program: 'libs/embedded-event-store/src/main.js',
    args: ['--port', String(port), '--data', join(options.folder, 'events')],
  });
}

/** Waits until a service says that it is ready. */
export async function ready({ name, address }: Part): Promise<void> {
  let last = 'it does not answer';
  for (const limit = performance.now() + READY_LIMIT_MS; performance.now() < limit; ) {
    const response = await fetch(`${address}/health/ready`).catch(() => undefined);
    if (response?.ok === true) return;
    last = (await response?.text()) ?? last;
    await delay(ASK_EVERY_MS);
  }
  throw new Error(`${name} is not ready within ${READY_LIMIT_MS} ms: ${last}`);
}

function numbered(service: ServiceName, count: number): string[] {
  return count === 1 ? [service] : Array.from({ length: count }, (_, at) => `${service}-${at + 1}`);
}

function nodeProcess(
  { build = join(__dirname, '..', '..'), say }: ProcessOptions,
  name: string,
  address: string,
  { program, ...rest }: { program: string; args?: readonly string[]; variables?: Readonly<Record<string, string>> },
): NodeProcess {
  const onLine = (line: string): void => say(`${name.padEnd(11)}| ${line}`);
  return new NodeProcess({ name, address, program: join(build, program), onLine, ...rest });
}
