import { parentPort, workerData } from 'node:worker_threads';
import type { ServerOptions } from './options.js';
import { startServer } from './server.js';

/** What the worker tells the thread that started it. */
export type WorkerMessage =
  | { readonly kind: 'ready'; readonly url: string; readonly port: number }
  | { readonly kind: 'stopped' };

/** The server in a thread of its own, so that the application's work never delays it. Any message means: stop. */
async function run(): Promise<void> {
  const parent = parentPort;
  if (!parent) throw new Error('worker.js is started by startEmbeddedEventStore, not by itself.');
  const tell = (message: WorkerMessage): void => parent.postMessage(message);
  const server = await startServer(workerData as ServerOptions);
  parent.once('message', () => {
    void server.stop().then(() => {
      tell({ kind: 'stopped' });
      parent.close();
    });
  });
  tell({ kind: 'ready', url: server.url, port: server.port });
}

// A failed start ends the worker with its error, which the starter receives.
void run();
