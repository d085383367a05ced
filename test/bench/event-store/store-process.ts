import { startEmbeddedEventStore } from '@provident/embedded-event-store';

/** How the measured server is started; without a folder it keeps everything in memory. */
export interface StoreOrder {
  readonly dir?: string;
  readonly systemProjections: boolean;
}

export type StoreAnswer =
  | { readonly kind: 'ready'; readonly url: string; readonly openMs: number }
  | ({ readonly kind: 'usage' } & Usage);

/** What the server's process holds and has used so far. */
export interface Usage {
  readonly rssBytes: number;
  readonly cpuMicros: number;
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { rssBytes: process.memoryUsage.rss(), cpuMicros: user + system };
}

const tell = (answer: StoreAnswer): void => {
  process.send?.(answer);
};

/** A server in a process of its own, so that client and server do not share a thread and its memory can be told. */
async function serve(order: StoreOrder): Promise<void> {
  const startedAt = performance.now();
  const server = await startEmbeddedEventStore({ ...order, inThread: true });
  const openMs = performance.now() - startedAt;
  process.on('message', (message) => {
    if (message === 'stop') void server.stop().then(() => process.disconnect());
    else tell({ kind: 'usage', ...usage() });
  });
  tell({ kind: 'ready', url: server.url, openMs });
}

process.once('message', (order: StoreOrder) => {
  serve(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
