import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { startEmbeddedEventStore } from '@provident/embedded-event-store';
import type { Config } from './config.js';

/** Longest wait for an event store of this machine to take a connection. */
const PROBE_LIMIT_MS = 5_000;

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
  const running = await readNote(note);
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

/**
 * What a living process wrote. The note of a killed one does not count, even when its process number was given to another
 * program since (after a restart of the machine, say): whoever wrote it must also be listening.
 */
async function readNote(path: string): Promise<{ url: string } | undefined> {
  let note: { url: string; pid: number };
  try {
    note = JSON.parse(readFileSync(path, 'utf8')) as { url: string; pid: number };
    process.kill(note.pid, 0);
  } catch {
    return undefined;
  }
  return note.pid !== process.pid && (await isListening(note.url)) ? note : undefined;
}

function isListening(url: string): Promise<boolean> {
  const { hostname: host, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: PROBE_LIMIT_MS });
    const answer = (isThere: boolean) => () => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', answer(true)).once('error', answer(false)).once('timeout', answer(false));
  });
}
