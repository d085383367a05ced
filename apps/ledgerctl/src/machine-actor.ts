import { userInfo } from 'node:os';

/**
 * Who acts at the command line: the account of the operating system, as an operator of the machine. Whoever may read the
 * data folder with its key holds everything in it anyway; so the system's rights on the folder decide who may, and the
 * log shows that it was done here and by whom. What must not be done by one person - corrections, changes of parameters,
 * cancellations, merges - is no command of this line: it is a case, which signed-in people carry.
 */
export function machineActor(): string {
  return `machine:${accountName()
    .replaceAll(/[^A-Za-z0-9._@-]/g, '-')
    .slice(0, 100)}`;
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return String(process.getuid?.() ?? 'unknown');
  }
}
