import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder for a ledger's data. The embedded PostgreSQL may run as another user, who must get in. */
export function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'provident-proof-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** Removes the folder; ends a PostgreSQL server first that a killed process left running on it. */
export function removeDataFolder(folder: string): void {
  try {
    const [pid] = readFileSync(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGQUIT');
  } catch {
    // None runs there.
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
