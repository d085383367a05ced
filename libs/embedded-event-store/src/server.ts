import type { Server } from '@grpc/grpc-js';
import { type Access, CheckedAccess, openAccess } from './access/access.js';
import { Authentication } from './access/authentication.js';
import { DefaultAcls } from './access/default-acls.js';
import { Users } from './access/users.js';
import { EventStore } from './engine/event-store.js';
import { writeFirstEvents } from './first-events.js';
import { limits } from './limits.js';
import { checkHost, createServer, listen, LOOPBACK, shutDown } from './network.js';
import type { EmbeddedEventStore, ServerOptions } from './options.js';
import { Groups } from './persistent/groups.js';
import {
  gossipDefinition,
  gossipHandlers,
  serverFeaturesDefinition,
  serverFeaturesHandlers,
} from './services/discovery-service.js';
import { clusterOfOne } from './services/gossip.js';
import { OpenCalls } from './services/open-calls.js';
import { persistentDefinition, persistentHandlers } from './services/persistent-service.js';
import { projectionsDefinition, projectionsHandlers } from './services/projections-service.js';
import { supportedMethods } from './services/server-features.js';
import { streamsDefinition, streamsHandlers } from './services/streams-service.js';
import { openDatabase } from './storage/database.js';
import { explainSqliteError } from './storage/storage-error.js';
import { verifyAtStart } from './storage/verify.js';

/**
 * Opens the log and serves it in this thread.
 * @throws StorageError when the log cannot be opened; Error when an option or the port cannot be had
 */
export async function startServer(options: ServerOptions): Promise<EmbeddedEventStore> {
  const maxAppendBytes = checkedAppendLimit(options.maxAppendBytes);
  checkHost(options);
  const opened = openDatabase(options.dir);
  const closing: (() => void)[] = [];
  const stopWork = (): void => {
    for (const close of closing.splice(0)) close();
  };
  try {
    const { systemProjections = true } = options;
    const store = new EventStore(opened, Date.now, systemProjections);
    if (options.dir !== undefined) verifyAtStart(opened.database, store.log, opened.file);
    await writeFirstEvents(store);
    await store.projector?.start();
    const { server, access } = await secured(store, options);
    const calls = new OpenCalls();
    const groups = new Groups(store);
    closing.push(() => groups.stop());
    server.addService(streamsDefinition, streamsHandlers(store, calls, maxAppendBytes, access));
    server.addService(persistentDefinition, persistentHandlers(store, groups, calls, access));
    if (store.projector) {
      server.addService(projectionsDefinition, projectionsHandlers(store, store.projector, access));
    }
    const address = { port: 0 };
    addDiscovery(server, store, options, address);
    const port = await listen(server, options);
    address.port = port;
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      stopWork();
      store.commits.flush();
      calls.stopAll();
      await shutDown(server);
      await store.projector?.stop();
      store.commits.flush();
      opened.close();
    };
    return { url: urlOf(options, port), port, stop: () => (stopping ??= stop()) };
  } catch (error) {
    stopWork();
    opened.close();
    throw explainSqliteError(error, opened.file);
  }
}

/** With encryption, callers sign in and streams have their rules; without it, everybody on this machine may do everything. */
async function secured(store: EventStore, options: ServerOptions): Promise<{ server: Server; access: Access }> {
  if (!options.tls) return { server: createServer([]), access: openAccess };
  const users = new Users(store);
  await users.createFirst(options.initialPasswords ?? {});
  const authentication = new Authentication((name, password) => users.signIn(name, password));
  const access = new CheckedAccess(store.catalog, new DefaultAcls(store), (caller) => authentication.userOf(caller));
  return { server: createServer([authentication.interceptor]), access };
}

function addDiscovery(
  server: Server,
  store: EventStore,
  options: ServerOptions,
  address: { readonly port: number },
): void {
  const instanceId = store.log.about('instance') ?? '';
  const { advertise = {}, host = LOOPBACK, systemProjections = true } = options;
  server.addService(
    serverFeaturesDefinition,
    serverFeaturesHandlers(() => supportedMethods(systemProjections)),
  );
  server.addService(
    gossipDefinition,
    gossipHandlers(() => {
      const endpoint = { host: advertise.host ?? host, port: advertise.port ?? address.port };
      return clusterOfOne(instanceId, endpoint, store.clock());
    }),
  );
}

function urlOf({ advertise = {}, host = LOOPBACK, tls }: ServerOptions, port: number): string {
  const name = advertise.host ?? host;
  return `esdb://${name}:${advertise.port ?? port}?tls=${tls ? 'true' : 'false'}`;
}

function checkedAppendLimit(bytes: number = limits.defaultMaxAppendBytes): number {
  if (!Number.isInteger(bytes) || bytes < 1 || bytes > limits.highestMaxAppendBytes) {
    throw new Error(`The append size limit must be 1 to ${limits.highestMaxAppendBytes} bytes; it is ${bytes}.`);
  }
  return bytes;
}
