import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** A server in a process of its own, which can be measured and killed. */
export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Everything it said on its standard output. */
  readonly lines: readonly string[];
  /** Bytes of memory it holds now. */
  residentBytes(): number;
  kill(): Promise<void>;
  /** Asks it to go by SIGTERM. @returns its exit code */
  terminate(): Promise<number | null>;
}

export interface ServerProgramPlan {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Runs the program under another user, whom the permissions of files bind. */
  readonly uid?: number;
  /** Options of Node. */
  readonly nodeArgs?: readonly string[];
}

/** How a program ended that never became ready. */
export class NotReady extends Error {
  constructor(
    readonly code: number | null,
    readonly output: string,
  ) {
    super(`The server ended with code ${code ?? 'none'} before it was ready: ${output}`);
  }
}

/** Starts `npm run eventstore`'s program. @throws NotReady with what it said */
export async function startServerProcess(plan: ServerProgramPlan = {}): Promise<ServerProcess> {
  const { args = [], env = {}, uid, nodeArgs = [] } = plan;
  const child = spawn(process.execPath, [...nodeArgs, program(), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const lines: string[] = [];
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const url = await new Promise<string>((found, failed) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const [, ready] = /ready at (esdb:\S+)/.exec(line) ?? [];
      if (ready !== undefined) found(ready);
    });
    child.once('close', (code) => failed(new NotReady(code, errors)));
  });
  const gone = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  };
  return {
    url,
    port: Number(/:(\d+)\?/.exec(url)?.[1]),
    process: child,
    lines,
    residentBytes: () => residentBytes(child.pid ?? 0),
    kill: async () => {
      await gone('SIGKILL');
    },
    terminate: () => gone('SIGTERM'),
  };
}

/** The compiled program: of this build, or, where this file runs from source, of the last one or of one that is named. */
function program(): string {
  const here = join(__dirname, '..', 'main.js');
  if (existsSync(here)) return here;
  const repository = join(__dirname, '..', '..', '..', '..');
  const build = resolve(process.env['PROVIDENT_BUILD'] ?? join(repository, 'dist'));
  const built = join(build, 'libs', 'embedded-event-store', 'src', 'main.js');
  if (!existsSync(built)) throw new Error(`There is no ${built}. Run \`npm run build\` first.`);
  return built;
}

function residentBytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (kilobytes === undefined) throw new Error(`Process ${pid} has no VmRSS.`);
  return Number(kilobytes) * 1_024;
}
