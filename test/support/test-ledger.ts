import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { RateOptions } from '@provident/access';
import { configFrom, Ledger, type LedgerOptions } from '@provident/assembly';
import { startEmbeddedEventStore } from '@provident/embedded-event-store';
import { StoreClient } from '@provident/event-store';
import type { Clock } from '@provident/kernel';
import { NestFactory } from '@nestjs/core';
import { newDataFolder, removeDataFolder } from './data-folder.js';

export interface TestLedger {
  readonly ledger: Ledger;
  /** What broke down behind the scenes: nothing ever should. */
  readonly failures: readonly Error[];
  /** Position of the log's last event, after everything that was set off. */
  head(): Promise<bigint>;
  /** `look` sees the data folder when everything has been written. */
  close(look?: (dataFolder: string) => void): Promise<void>;
}

export interface TestLedgerOptions {
  readonly rates?: RateOptions;
  readonly onDisk?: boolean;
  /** Further settings, as the environment would hold them. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A test asks more in a second than people in a minute. */
const OFTEN = { burst: 1_000_000, perMinute: 1_000_000 };
const FREELY = { addresses: OFTEN, users: OFTEN, signIns: OFTEN };
const MASTER_KEY = randomBytes(32).toString('base64');

/**
 * The whole ledger on a folder of its own, with the event store in this thread and, unless asked for on disk, in memory; it
 * is the middle of January 2026.
 */
export async function openTestLedger(
  create: LedgerOptions['create'] = withoutHttp,
  clock: Clock = { now: () => new Date('2026-01-15T02:00:00Z') },
  { rates = FREELY, onDisk = false, settings = {} }: TestLedgerOptions = {},
): Promise<TestLedger> {
  const dataFolder = newDataFolder();
  const store = await startEmbeddedEventStore({
    inThread: true,
    ...(onDisk ? { dir: join(dataFolder, 'events') } : {}),
  });
  const failures: Error[] = [];
  const config = configFrom({ PORT: '0', PROVIDENT_MASTER_KEY: MASTER_KEY, ...settings });
  const ledger = await Ledger.open({
    config: { ...config, access: { ...config.access, rates }, dataFolder, eventStoreUrl: store.url },
    clock,
    create,
    onFailure: (error) => failures.push(error),
  });
  return {
    ledger,
    failures,
    async head() {
      await ledger.settled();
      return (await ledger.get(StoreClient).head()) ?? -1n;
    },
    async close(look) {
      await ledger.close();
      await store.stop();
      look?.(dataFolder);
      removeDataFolder(dataFolder);
    },
  };
}

const withoutHttp: LedgerOptions['create'] = (module) =>
  NestFactory.createApplicationContext(module, { logger: ['error'] });
