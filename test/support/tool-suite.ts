import { execFileSync, spawnSync } from 'node:child_process';

/**
 * A suite that needs a program of the machine (`test/install.sh` brings it). Where it is missing it says so and proves
 * nothing; on a build server (`CI=true`) it fails, because there it must prove something.
 */
export function describeWithTool(tool: string, name: string, suite: () => void): void {
  if (spawnSync(tool, ['--version']).status === 0) {
    describe(name, suite);
    return;
  }
  const text = `NOT RUN: "${name}" needs ${tool}, missing here: bash test/install.sh brings it.`;
  it(text, () => {
    if (process.env['CI'] === 'true') throw new Error(text);
    console.warn(text);
  });
}

/** What the program prints. Throws with its complaint when it fails. */
export function runTool(tool: string, args: readonly string[]): string {
  return execFileSync(tool, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: 'pipe',
    env: { ...process.env, LANG: 'C.UTF-8' },
  });
}
