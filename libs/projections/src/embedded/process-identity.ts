import { readFileSync, readlinkSync, realpathSync } from 'node:fs';

/**
 * Process ids are reused, so an id in a file proves nothing by itself. Where /proc exists, the start time (Linux clock
 * ticks since boot) makes the id unique; elsewhere it stays empty and the id alone has to do.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started: string;
}

export function identityOf(pid: number): ProcessIdentity {
  return { pid, started: startTicks(pid) };
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether exactly this process still runs, not another one under its id. */
export function isSameProcess(identity: ProcessIdentity): boolean {
  return isRunning(identity.pid) && startTicks(identity.pid) === identity.started;
}

/** Whether the process works in that folder, as a PostgreSQL server does in its data directory; unknown without /proc. */
export function worksIn(pid: number, folder: string): boolean | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {
    return undefined;
  }
}

function startTicks(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name stands in brackets and may hold spaces: field 22 counts from behind it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
