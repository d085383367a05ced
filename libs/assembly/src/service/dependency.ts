import { setTimeout as delay } from 'node:timers/promises';
import { StoreClient } from '@provident/event-store';
import type { Projection } from '@provident/projections';
import { createPool, LIVE_SCHEMA } from '@provident/projections/database';
import { feedOf, inspectSchema } from '@provident/projections/schema';
import { errorFields, type Log } from '@provident/telemetry';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/** Something outside that a process cannot do without. */
export interface Dependency {
  /** As a person calls it: "Kafka". */
  readonly name: string;
  /** Where it should be, without passwords. */
  readonly address: string;
  /** Returns once it answers; throws the reason why it does not. */
  probe(): Promise<void>;
  /** Closes what the probing opened. */
  close(): Promise<void>;
}

export interface Waiting {
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Told what is waited for and why; `undefined` when it answered. */
  readonly onWaiting: (text: string | undefined) => void;
}

/** Waits until the dependency answers, trying ever more rarely, at most every five seconds. Returns early when aborted. */
export async function waitFor(dependency: Dependency, { log, signal, onWaiting }: Waiting): Promise<void> {
  const what = `waiting for ${dependency.name} at ${dependency.address}`;
  let said = '';
  for (let waitMs = FIRST_WAIT_MS; !signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      await dependency.probe();
      if (said !== '') log.info(`${dependency.name} at ${dependency.address} answers`);
      onWaiting(undefined);
      return;
    } catch (error) {
      const { message: reason = '' } = errorFields(error);
      onWaiting(`${what}: ${reason}`);
      // Once per reason, so that an outage of an hour is not ten thousand lines.
      if (reason !== said) log.warn({ reason }, what);
      said = reason;
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

export function eventStoreAt(url: string): Dependency {
  let client: StoreClient | undefined;
  return {
    name: 'the event store',
    address: addressOf(url),
    async probe() {
      client ??= new StoreClient(url);
      await client.head();
    },
    async close() {
      await client?.dispose();
      client = undefined;
    },
  };
}

export function postgresAt(url: string): Dependency {
  const pool = createPool(url, 'public', 1);
  return {
    name: 'PostgreSQL',
    address: addressOf(url),
    async probe() {
      await pool.query('select 1');
    },
    close: () => pool.end(),
  };
}

/** The tables of the read side, as these projections make them. A projector makes them. */
export function readSideAt(url: string, projections: readonly Projection[]): Dependency {
  const pool = createPool(url, LIVE_SCHEMA, 1);
  return {
    name: 'the tables of the read side',
    address: addressOf(url),
    async probe() {
      const feed = await feedOf(pool, LIVE_SCHEMA);
      if (feed === undefined) throw new Error('no projector has made them yet');
      const state = await inspectSchema(pool, LIVE_SCHEMA, projections, feed);
      if (state.kind === 'outdated') {
        throw new Error(`they belong to another version of ${state.projections.join(', ')}; they must be rebuilt`);
      }
    },
    close: () => pool.end(),
  };
}

/** Hosts, ports and database of an address: what stands before `@` signs in, and what follows `?` are options. */
export function addressOf(url: string): string {
  const [scheme = '', rest = ''] = url.split('://');
  const place = rest.split('?')[0] ?? '';
  const socket = /[?&]host=([^&]+)/.exec(rest)?.[1];
  const hosts = place.slice(place.lastIndexOf('@') + 1);
  return `${scheme}://${hosts}${socket === undefined ? '' : ` (${decodeURIComponent(socket)})`}`;
}
