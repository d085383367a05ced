import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Part } from './part.js';

/** A process that is told to stop has so long; then it is killed. */
const STOP_LIMIT_MS = 30_000;

export interface NodeProcessOptions {
  readonly name: string;
  readonly address: string;
  /** Path of the compiled program. */
  readonly program: string;
  readonly args?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Given each line that it prints. */
  readonly onLine: (line: string) => void;
}

/** A program of ours as a process of its own. */
export class NodeProcess implements Part {
  private child: ChildProcess | undefined;

  constructor(private readonly options: NodeProcessOptions) {}

  get name(): string {
    return this.options.name;
  }

  get address(): string {
    return this.options.address;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  async start(): Promise<void> {
    const { program, args = [], variables = {}, onLine } = this.options;
    // In a process group of its own: a Ctrl-C in the terminal reaches us alone, and we stop everything in order. The
    // channel tells it when we are gone.
    const child = spawn(process.execPath, [program, ...args], {
      detached: true,
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr] as Readable[]) createInterface(stream).on('line', onLine);
    await once(child, 'spawn');
  }

  isRunning(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  /** Stops it in order; answers its exit code, or the signal that ended it. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child === undefined || !this.isRunning()) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(late);
  }

  /** How it ended: an exit code or a signal; `undefined` while it runs. */
  get ending(): number | string | undefined {
    return this.child?.exitCode ?? this.child?.signalCode ?? undefined;
  }
}
