import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import { Logins, type Role, userIdOf } from '@provident/access';

/** A local account of the sample, as it is told to whoever started the program. */
export interface SampleAccount {
  readonly role: Role;
  readonly name: string;
  readonly password: string;
}

/**
 * Gives every person an account that is named after the role, with a random password. The passwords are kept in a file that
 * its owner alone may read, beside the data that they open, so that a second start tells the same ones; where the file is
 * gone, or an account has another password, a new one is made.
 */
export async function giveAccounts(
  app: INestApplicationContext,
  people: readonly { readonly role: Role; readonly personId: string }[],
  path: string,
): Promise<readonly SampleAccount[]> {
  const logins = app.get(Logins, { strict: false });
  const known = read(path);
  const accounts: SampleAccount[] = [];
  for (const { role, personId } of people) {
    const userId = userIdOf(personId);
    await logins.name(userId, role);
    const kept = known.find((each) => each.role === role);
    const isGood = kept !== undefined && (await logins.wouldLetIn(role, kept.password));
    accounts.push(isGood ? kept : { role, name: role, password: await logins.lastingPassword(userId) });
  }
  if (JSON.stringify(accounts) !== JSON.stringify(known)) write(path, accounts);
  return accounts;
}

function read(path: string): readonly SampleAccount[] {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as SampleAccount[];
  } catch {
    return [];
  }
}

/** Beside its place first, so that nobody ever reads half of it. */
function write(path: string, accounts: readonly SampleAccount[]): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(accounts, undefined, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, path);
}
