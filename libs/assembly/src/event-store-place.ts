import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedEventStore } from '@provident/embedded-event-store';
import type { Config } from './config.js';

/** The event store that this process works with. */
export interface EventStorePlace {
  readonly url: string;
  readonly kind: 'configured' | 'embedded' | 'of a running process';
  stop(): Promise<void>;
}

/**
 * The configured event store, or the embedded one: of a process that already runs on the same data folder, or started
 * here. A file in the folder tells other processes where it listens.
 */
export async function openEventStore(config: Config, onFailure: (error: Error) => void): Promise<EventStorePlace> {
  const stopNothing = (): Promise<void> => Promise.resolve();
  if (config.eventStoreUrl !== undefined) return { url: config.eventStoreUrl, kind: 'configured', stop: stopNothing };
  const note = join(config.dataFolder, 'event-store.json');
  const running = readNote(note);
  if (running !== undefined) return { url: running.url, kind: 'of a running process', stop: stopNothing };
  mkdirSync(config.dataFolder, { recursive: true });
  const server = await startEmbeddedEventStore({ dir: join(config.dataFolder, 'events'), onFailure });
  writeFileSync(note, JSON.stringify({ url: server.url, pid: process.pid }));
  return {
    url: server.url,
    kind: 'embedded',
    async stop() {
      rmSync(note, { force: true });
      await server.stop();
    },
  };
}

/** What a living process wrote; a note left behind by a killed one does not count. */
function readNote(path: string): { url: string } | undefined {
  let note: { url: string; pid: number };
  try {
    note = JSON.parse(readFileSync(path, 'utf8')) as { url: string; pid: number };
  } catch {
    return undefined;
  }
  try {
    process.kill(note.pid, 0);
  } catch {
    return undefined;
  }
  return note.pid === process.pid ? undefined : note;
}
