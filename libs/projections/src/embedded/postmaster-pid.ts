import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isRunning, worksIn } from './process-identity.js';

/** What a running server writes about itself into `postmaster.pid` of its data directory. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string;
  readonly status: 'starting' | 'stopping' | 'ready' | 'unknown';
}

/** The server that runs on this data directory, or `undefined`. A file left by a server that is gone is removed. */
export function runningPostmaster(cluster: string): Postmaster | undefined {
  const file = path.join(cluster, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (!isRunning(pid)) return undefined; // The next server takes over this file by itself.
  if (worksIn(pid, cluster) === false) {
    // The id now belongs to another program. PostgreSQL would refuse to start beside it.
    rmSync(file, { force: true });
    return undefined;
  }
  const status = (lines[7] ?? '').trim();
  return {
    pid,
    port: Number(lines[3]),
    socketFolder: lines[4] ?? '',
    status: status === 'starting' || status === 'stopping' || status === 'ready' ? status : 'unknown',
  };
}
