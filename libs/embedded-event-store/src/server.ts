import { Server, ServerCredentials } from '@grpc/grpc-js';
import { EventStore } from './engine/event-store.js';
import { writeFirstEvents } from './first-events.js';
import { limits } from './limits.js';
import type { EmbeddedEventStore, ServerOptions } from './options.js';
import { Groups } from './persistent/groups.js';
import { Projector } from './projections/projector.js';
import {
  gossipDefinition,
  gossipHandlers,
  serverFeaturesDefinition,
  serverFeaturesHandlers,
} from './services/discovery-service.js';
import { persistentDefinition, persistentHandlers } from './services/persistent-service.js';
import { clusterOfOne } from './services/gossip.js';
import { OpenCalls } from './services/open-calls.js';
import { supportedMethods } from './services/server-features.js';
import { projectionsDefinition, projectionsHandlers } from './services/projections-service.js';
import { streamsDefinition, streamsHandlers } from './services/streams-service.js';
import { openDatabase } from './storage/database.js';
import { explainSqliteError } from './storage/storage-error.js';
import { verifyAtStart } from './storage/verify.js';

/** Without encryption the server answers this machine only. */
const LOOPBACK = '127.0.0.1';

/**
 * Opens the log and serves it in this thread.
 * @throws StorageError when the log cannot be opened; Error when an option or the port cannot be had
 */
export async function startServer(options: ServerOptions): Promise<EmbeddedEventStore> {
  const maxAppendBytes = checkedAppendLimit(options.maxAppendBytes);
  const opened = openDatabase(options.dir);
  try {
    const store = new EventStore(opened, Date.now);
    if (options.dir !== undefined) verifyAtStart(opened.database, store.log, opened.file);
    await writeFirstEvents(store);
    const calls = new OpenCalls();
    const server = new Server({
      'grpc.max_receive_message_length': limits.messageBytes,
      'grpc.max_send_message_length': limits.messageBytes,
    });
    server.addService(streamsDefinition, streamsHandlers(store, calls, maxAppendBytes));
    const groups = new Groups(store);
    const projector = options.systemProjections === true ? new Projector(store) : undefined;
    if (projector) {
      server.addService(projectionsDefinition, projectionsHandlers(store, projector));
      projector.start();
    }
    server.addService(persistentDefinition, persistentHandlers(store, groups, calls));
    server.addService(
      serverFeaturesDefinition,
      serverFeaturesHandlers(() => supportedMethods(projector !== undefined)),
    );
    const instanceId = store.log.about('instance') ?? '';
    server.addService(
      gossipDefinition,
      gossipHandlers(() => clusterOfOne(instanceId, { host: LOOPBACK, port }, Date.now())),
    );
    const port = await listen(server, options.port ?? 0);
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      projector?.stop();
      groups.stop();
      store.commits.flush();
      calls.stopAll();
      await shutDown(server);
      store.commits.flush();
      opened.close();
    };
    return { url: `esdb://${LOOPBACK}:${port}?tls=false`, port, stop: () => (stopping ??= stop()) };
  } catch (error) {
    opened.close();
    throw explainSqliteError(error, opened.file);
  }
}

function checkedAppendLimit(bytes: number = limits.defaultMaxAppendBytes): number {
  if (!Number.isInteger(bytes) || bytes < 1 || bytes > limits.highestMaxAppendBytes) {
    throw new Error(`The append size limit must be 1 to ${limits.highestMaxAppendBytes} bytes; it is ${bytes}.`);
  }
  return bytes;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`${LOOPBACK}:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(new Error(`Port ${port} cannot be opened: ${error.message}`, { cause: error }));
      else resolve(bound);
    });
  });
}

/** Lets answers leave; a client that does not take them is cut off after a while. */
function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), limits.stopMs);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
