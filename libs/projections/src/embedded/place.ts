import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type PostgresBinaries, binariesIn } from './binaries.js';

/** The user that the server runs as; empty means: as ourselves. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** `nobody` on every common Linux: PostgreSQL refuses to run as root. */
const NOBODY = 65534;
/** A socket address holds 104 bytes on the strictest common system; the file is called .s.PGSQL.5432. */
const LONGEST_SOCKET_FOLDER = 88;

export function serverUser(): ServerUser {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

/** Where the server's files lie: the data directory, its log, its socket and the note of who owns the server. */
export interface Place {
  readonly cluster: string;
  readonly log: string;
  readonly ownerNote: string;
  readonly binaries: PostgresBinaries;
  readonly user: ServerUser;
}

/**
 * Chooses the place. Started by root the server is another user, who cannot enter private folders such as /root: then the
 * (disposable) data and a copy of the binaries go below /var/tmp, under a name that derives from the wanted folder.
 */
export function choosePlace(folder: string, installed: PostgresBinaries): Place {
  const user = serverUser();
  const wanted = path.resolve(folder);
  const shelter = path.join('/var/tmp', `provident-${createHash('sha256').update(wanted).digest('hex').slice(0, 16)}`);
  const home = canEnter(user, path.dirname(wanted)) ? wanted : shelter;
  mkdirSync(home, { recursive: true, mode: 0o755 });
  return {
    cluster: path.join(home, 'cluster'),
    log: path.join(home, 'postgres.log'),
    ownerNote: path.join(home, 'owner.json'),
    binaries: canEnter(user, installed.home) ? installed : copyOf(installed, `${shelter}-binaries`),
    user,
  };
}

/** A folder that only the server's user (and root) can enter, with a path short enough for a socket. */
export function privateSocketFolder(place: Place): string {
  const beside = path.join(path.dirname(place.cluster), 'socket');
  const folder =
    Buffer.byteLength(beside) <= LONGEST_SOCKET_FOLDER ? beside : mkdtempSync(path.join(tmpdir(), 'provident-pg-'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  giveTo(place.user, folder);
  return folder;
}

export function giveTo(user: ServerUser, file: string): void {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(file, user.uid, user.gid);
}

function canEnter(user: ServerUser, folder: string): boolean {
  if (user.uid === undefined) return true;
  for (let each = folder; ; each = path.dirname(each)) {
    if (existsSync(each)) {
      const { mode, uid } = statSync(each);
      if ((mode & 0o001) === 0 && !(uid === user.uid && (mode & 0o100) !== 0)) return false;
    }
    if (each === path.dirname(each)) return true;
  }
}

function copyOf(installed: PostgresBinaries, folder: string): PostgresBinaries {
  if (!existsSync(folder)) {
    // Copied aside and renamed, so that a copy cut short is never taken for a whole one.
    const partial = `${folder}.${process.pid}`;
    cpSync(installed.home, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, folder);
  }
  return binariesIn(folder);
}
