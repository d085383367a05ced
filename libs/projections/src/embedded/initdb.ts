import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DomainError } from '@provident/kernel';
import { type Place, giveTo } from './place.js';

export const SUPERUSER = 'provident';

/** The major version whose data directories these binaries read. */
const MAJOR = '18';

/**
 * Creates the data directory unless it is there. It is made aside and renamed when complete, so being killed midway
 * leaves nothing that looks finished.
 *
 * Collation is PostgreSQL's own C.UTF-8, the same on every machine, so that sorted output is too.
 */
export async function ensureCluster(place: Place): Promise<void> {
  if (existsSync(place.cluster)) {
    const version = readFileSync(path.join(place.cluster, 'PG_VERSION'), 'utf8').trim();
    if (version !== MAJOR) throw wrongVersion(place.cluster, version);
    return;
  }
  const folder = path.dirname(place.cluster);
  for (const name of readdirSync(folder)) {
    if (name.startsWith('cluster.init-')) rmSync(path.join(folder, name), { recursive: true, force: true });
  }
  const partial = `${place.cluster}.init-${process.pid}`;
  mkdirSync(partial, { mode: 0o700 });
  giveTo(place.user, partial);
  await run(place, [
    ...['--pgdata', partial, '--username', SUPERUSER, '--auth', 'trust', '--encoding', 'UTF8', '--no-instructions'],
    ...['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
  ]);
  renameSync(partial, place.cluster);
}

function run(place: Place, parameters: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(place.binaries.initdb, parameters, {
      ...place.user,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
      cwd: '/',
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`initdb ended with ${String(code)}: ${said.slice(-2000)}`));
    });
  });
}

function wrongVersion(cluster: string, version: string): DomainError {
  return new DomainError(
    'postgres-version',
    `The data directory was made by PostgreSQL ${version}; this program brings version ${MAJOR}.`,
    'A server reads only data directories of its own major version.',
    `Remove ${cluster}: the read side is rebuilt from the log.`,
    { version },
  );
}
