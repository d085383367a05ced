import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EmbeddedEventStore, EmbeddedEventStoreOptions, ServerOptions } from './options.js';
import { startServer } from './server.js';
import type { WorkerMessage } from './worker.js';

/**
 * Starts an event store in a worker thread of its own, or in this thread with `inThread`.
 * @throws Error when the log or the port cannot be opened, with the reason
 */
export async function startEmbeddedEventStore(options: EmbeddedEventStoreOptions = {}): Promise<EmbeddedEventStore> {
  const { inThread = false, onFailure, ...serverOptions } = options;
  return inThread ? startServer(serverOptions) : startWorker(serverOptions, onFailure);
}

function startWorker(
  options: ServerOptions,
  onFailure: ((error: Error) => void) | undefined,
): Promise<EmbeddedEventStore> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(compiledWorker(), { workerData: options });
    const exited = new Promise<void>((done) => worker.once('exit', () => done()));
    let state: 'starting' | 'running' | 'stopping' = 'starting';
    const stop = (): Promise<void> => {
      if (state === 'running') worker.postMessage('stop');
      state = 'stopping';
      return exited;
    };
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind !== 'ready') return;
      state = 'running';
      resolve({ url: message.url, port: message.port, stop });
    });
    const fail = (error: Error): void => {
      if (state === 'starting') reject(error);
      else if (state === 'running') onFailure?.(error);
      state = 'stopping';
    };
    worker.once('error', fail);
    worker.once('exit', (code) => fail(new Error(`The event store's worker ended with code ${code}.`)));
  });
}

/** The worker beside this file, or, when this file runs from source, the one of the last build. */
function compiledWorker(): string {
  const here = join(__dirname, 'worker.js');
  if (existsSync(here)) return here;
  const library = join('libs', 'embedded-event-store', 'src');
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const built = join(folder, 'dist', library, 'worker.js');
    if (existsSync(built)) return built;
  }
  throw new Error('The event store has no compiled worker. Run `npm run build`, or start it with `inThread: true`.');
}
