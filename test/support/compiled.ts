import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { repositoryFolder } from '@provident/assembly';

/** A program of the last build (`npm test` makes one first), or of another build that the environment names. */
export function compiled(program: string): string {
  return join(resolve(process.env['PROVIDENT_BUILD'] ?? join(repositoryFolder(), 'dist')), program);
}

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a compiled program to its end, in an environment with nothing of ours but what is given. */
export function runCompiled(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  const options = { env: { PATH: process.env['PATH'] ?? '', ...env }, maxBuffer: 16 * 1024 * 1024 };
  return new Promise((done) => {
    const child = execFile(process.execPath, [compiled(program), ...args], options, (_error, out, err) => {
      done({ code: child.exitCode ?? -1, out, err });
    });
  });
}
