import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { identityOf, isSameProcess, type ProcessIdentity } from '@provident/projections/embedded/process-identity';
import { Kafka, logLevel } from 'kafkajs';
import { type BrokerPorts, brokerSettings } from './broker-settings.js';
import { freePorts } from './free-ports.js';
import { kafkaJars } from './kafka-jars.js';

const START_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 30_000;
const POLL_MS = 100;
/** Small and quick to start: no time is spent on the second compiler. */
const JAVA = ['-Xms64m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
const LOGGING = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';

export interface LocalBrokerOptions {
  /** Keeps the broker's data, settings and log; made when absent. A later start goes on with it, on the same ports. */
  readonly folder: string;
  /** Folder with the jars; fetched once when absent. */
  readonly jars?: string;
}

/** A Kafka broker of our own on this machine: one node, on loopback ports of the operating system's choice. */
export class LocalBroker {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly jars: string,
    private readonly ports: BrokerPorts,
  ) {}

  /** Starts a broker on a folder and waits until it answers. */
  static async start({ folder, jars }: LocalBrokerOptions): Promise<LocalBroker> {
    mkdirSync(folder, { recursive: true });
    const classes = jars ?? (await kafkaJars());
    const note = join(folder, 'ports.json');
    if (!existsSync(note)) {
      const [clients = 0, controller = 0] = await freePorts(2);
      writeFileSync(note, JSON.stringify({ clients, controller }));
    }
    const ports = JSON.parse(readFileSync(note, 'utf8')) as BrokerPorts;
    const broker = new LocalBroker(folder, classes, ports);
    await broker.start();
    return broker;
  }

  /** `host:port` for clients. The same after every start. */
  get address(): string {
    return `127.0.0.1:${this.ports.clients}`;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts it again after `stop` or `kill`, on the same data. */
  async start(): Promise<void> {
    await this.endForgotten();
    const settings = join(this.folder, 'server.properties');
    writeFileSync(settings, brokerSettings(this.folder, this.ports));
    if (!existsSync(join(this.folder, 'logs', 'meta.properties'))) await this.format(settings);
    const log = openSync(join(this.folder, 'broker.log'), 'a');
    // In a process group of its own: a Ctrl-C in the terminal reaches us alone, and we then stop the broker in order.
    const child = spawn('java', [...JAVA, LOGGING, '-cp', this.classPath, 'kafka.Kafka', settings], {
      cwd: this.folder,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    child.on('error', () => undefined); // Shows as a broker that does not answer.
    this.child = child;
    if (child.pid !== undefined) writeFileSync(this.pidNote, JSON.stringify(identityOf(child.pid)));
    await this.answering(child);
  }

  /** Stops it in order: clients are told, logs are closed. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** Kills it, as a crash would. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** A broker outlives a parent that is killed, and would keep ports and data from the next. */
  private async endForgotten(): Promise<void> {
    if (!existsSync(this.pidNote)) return;
    const forgotten = JSON.parse(readFileSync(this.pidNote, 'utf8')) as ProcessIdentity;
    if (isSameProcess(forgotten)) process.kill(forgotten.pid, 'SIGKILL');
    while (isSameProcess(forgotten)) await sleep(POLL_MS);
  }

  private get pidNote(): string {
    return join(this.folder, 'broker.pid.json');
  }

  private get classPath(): string {
    return join(this.jars, '*');
  }

  private async format(settings: string): Promise<void> {
    const clusterId = randomBytes(16).toString('base64url');
    const args = [
      '-cp',
      this.classPath,
      'kafka.tools.StorageTool',
      'format',
      `--cluster-id=${clusterId}`,
      '-c',
      settings,
    ];
    await promisify(execFile)('java', [...JAVA, LOGGING, ...args]);
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.child = undefined;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(late);
  }

  private async answering(child: ChildProcess): Promise<void> {
    const limit = performance.now() + START_LIMIT_MS;
    while (performance.now() < limit) {
      if (child.exitCode !== null || child.signalCode !== null) break;
      if (await this.answers()) return;
      await sleep(POLL_MS);
    }
    await this.kill();
    const log = readFileSync(join(this.folder, 'broker.log'), 'utf8').slice(-2_000);
    throw new Error(`The Kafka broker did not start within ${START_LIMIT_MS} ms; its log ends:\n${log}`);
  }

  private async answers(): Promise<boolean> {
    const client = new Kafka({
      brokers: [this.address],
      clientId: 'local-broker',
      retry: { retries: 0 },
      logLevel: logLevel.NOTHING,
    });
    const admin = client.admin();
    try {
      await admin.connect();
      const { controller } = await admin.describeCluster();
      return controller !== null;
    } catch {
      return false;
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
}
