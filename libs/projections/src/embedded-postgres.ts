import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BrokenInvariant } from '@provident/kernel';
import { Client } from 'pg';
import { installedBinaries } from './embedded/binaries.js';
import { SUPERUSER, ensureCluster } from './embedded/initdb.js';
import { type Place, choosePlace, privateSocketFolder } from './embedded/place.js';
import { type Postmaster, runningPostmaster } from './embedded/postmaster-pid.js';
import { type ProcessIdentity, identityOf, isRunning, isSameProcess } from './embedded/process-identity.js';
import { isPassing } from './transaction.js';

/** Only part of the socket's file name: the server listens on no network address. */
const PORT = 5432;
const DATABASE = 'provident';
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 30_000;
const POLL_MS = 20;

/**
 * Nothing that was committed is lost when a process or the machine dies: fsync and full page writes stay on. WAL is
 * `minimal` because nobody replicates from this server.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  fsync: 'on',
  full_page_writes: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_compression: 'pglz',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  shared_buffers: '128MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_connections: '60',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  timezone: 'UTC',
};

/** A PostgreSQL server of our own, with the address of its database. */
export interface EmbeddedPostgres {
  readonly url: string;
  readonly pid: number;
  /** True when the server was already running: left by a killed process, or in use by a living one. */
  readonly adopted: boolean;
  /** Stops the server, unless another living process of ours started it. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded server on a folder, or adopts the one that already runs on it.
 *
 * Access: the server listens on a Unix socket only, in a folder that nobody but its own user (and root) can enter. There
 * is no password to keep, and no port that another user of the machine could try.
 *
 * A server outlives a parent that is killed; the next start finds it by its `postmaster.pid` and takes it over.
 */
export async function startEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  const place = choosePlace(folder, installedBinaries());
  await ensureCluster(place);
  const { server, adopted } = await findOrStart(place);
  const owner = readOwner(place);
  const owned = !adopted || owner === undefined || owner.pid === process.pid || !isSameProcess(owner);
  if (owned) writeFileSync(place.ownerNote, JSON.stringify(identityOf(process.pid)));
  return {
    url: urlOf(server, DATABASE),
    pid: server.pid,
    adopted,
    async stop() {
      if (!owned) return;
      await stopServer(server.pid);
      rmSync(place.ownerNote, { force: true });
    },
  };
}

async function findOrStart(place: Place): Promise<{ server: Postmaster; adopted: boolean }> {
  const limit = performance.now() + START_LIMIT_MS;
  let started: ReturnType<typeof launch> | undefined;
  while (performance.now() < limit) {
    const server = runningPostmaster(place.cluster);
    // Only a connection proves it: a killed server's file says "ready" for ever.
    if (server?.status === 'ready' && (await ensureDatabase(server))) {
      return { server, adopted: server.pid !== started?.pid };
    }
    // None, or ours ended: perhaps another process was faster, or a killed server's last children still hold its memory.
    if (server === undefined && (started === undefined || started.exitCode !== null)) {
      if (started !== undefined) await sleep(POLL_MS * 10);
      started = launch(place);
    }
    await sleep(POLL_MS);
  }
  throw new BrokenInvariant(`PostgreSQL did not start within ${START_LIMIT_MS} ms; its log ends:\n${logEnd(place)}`);
}

function launch(place: Place): ReturnType<typeof spawn> {
  const settings = { ...SETTINGS, unix_socket_directories: privateSocketFolder(place) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(place.log, 'a');
  // Detached: a Ctrl-C in the terminal reaches us alone, and we then stop the server in order. Its log is a file, because
  // a pipe would break with us.
  const child = spawn(place.binaries.postgres, ['-D', place.cluster, '-p', String(PORT), ...flags], {
    ...place.user,
    detached: true,
    cwd: '/',
    stdio: ['ignore', log, log],
  });
  child.on('error', () => undefined); // Shows as a server that never becomes ready, with its log.
  child.unref();
  closeSync(log);
  return child;
}

/** Makes sure of the database; `false` when the server does not answer (any more, or yet). */
async function ensureDatabase(server: Postmaster): Promise<boolean> {
  const client = new Client({ connectionString: urlOf(server, 'postgres') });
  client.on('error', () => undefined); // Shows in the query that it breaks.
  try {
    await client.connect();
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
    return true;
  } catch (error) {
    if (isPassing(error)) return false;
    // 42P04, 23505: another process has just created it.
    if (['42P04', '23505'].includes((error as { code?: string }).code ?? '')) return true;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function stopServer(pid: number): Promise<void> {
  const limit = performance.now() + STOP_LIMIT_MS;
  if (isRunning(pid)) process.kill(pid, 'SIGINT'); // "Fast": ends sessions, writes a checkpoint.
  while (isRunning(pid)) {
    if (performance.now() > limit) return void process.kill(pid, 'SIGQUIT');
    await sleep(POLL_MS);
  }
}

function readOwner(place: Place): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(place.ownerNote, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

function urlOf(server: Postmaster, database: string): string {
  return `postgresql://${SUPERUSER}@localhost:${server.port}/${database}?host=${encodeURIComponent(server.socketFolder)}`;
}

function logEnd(place: Place): string {
  return readFileSync(place.log, 'utf8').slice(-2000);
}
