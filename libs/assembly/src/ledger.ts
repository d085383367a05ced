import { join } from 'node:path';
import type { MasterKeys } from '@provident/access';
import type { Abstract, DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type BooksDatabase, type Verification, verifyBooks } from '@provident/books';
import { ReactionRunner, StoreClient } from '@provident/event-store';
import { type Clock, type CommandContext, type BusinessDate, deterministicId } from '@provident/kernel';
import { Projector, READ_QUERIES, ReadPosition, type RebuildProgress, ReadSide } from '@provident/projections';
import { ControlWatch, Supervisor, type TransparencyOptions, TreeStore } from '@provident/supervision';
import type { Kysely } from 'kysely';
import { openCheckpointKeys } from './checkpoint-config.js';
import type { Config } from './config.js';
import { type EventStorePlace, openEventStore } from './event-store-place.js';
import { keyFileNotice, openKeyFile } from './key-file.js';
import { LedgerModule } from './ledger.module.js';

/** Longest wait for the read side to catch up with what was just written. */
const CATCH_UP_LIMIT_MS = 600_000;

export interface LedgerOptions {
  readonly config: Config;
  readonly clock: Clock;
  /** Makes the Nest application: with HTTP or without. */
  readonly create: (module: DynamicModule) => Promise<INestApplicationContext>;
  /** Told when the embedded event store or the reactions break down. */
  readonly onFailure: (error: Error) => void;
}

/** One machine's ledger: event store, contexts, reactions, read side, started in order and stopped in reverse. */
export class Ledger {
  private constructor(
    readonly config: Config,
    readonly app: INestApplicationContext,
    private readonly eventStore: EventStorePlace,
  ) {}

  static async open(options: LedgerOptions): Promise<Ledger> {
    const { config, clock, create, onFailure } = options;
    const eventStore = await openEventStore(config, onFailure);
    try {
      const masterKeys = config.vault.masterKeys ?? keysOfFolder(config.dataFolder);
      const transparency = transparencyOf(config);
      const surroundings = { eventStoreUrl: eventStore.url, masterKeys, transparency, clock };
      const app = await create(LedgerModule.with(config, surroundings));
      const ledger = new Ledger(config, app, eventStore);
      await ledger.start();
      return ledger;
    } catch (error) {
      await eventStore.stop();
      throw error;
    }
  }

  get commands(): CommandBus {
    return this.app.get(CommandBus, { strict: false });
  }

  get<T>(token: Type<T> | Abstract<T>): T {
    return this.app.get(token, { strict: false });
  }

  /** True when another process on this machine runs the reactions and the projector. */
  get isGuest(): boolean {
    return this.eventStore.kind === 'of a running process';
  }

  get eventStoreUrl(): string {
    return this.eventStore.url;
  }

  /** The context of a command that a person gives at this machine. The same parts are the same command. */
  context(actor: string, effectiveDate: BusinessDate, ...parts: readonly string[]): CommandContext {
    const commandId = deterministicId('command', this.config.area, ...parts);
    return {
      commandId,
      correlationId: commandId,
      causationId: commandId,
      actor,
      effectiveDate,
      area: this.config.area,
    };
  }

  /** Waits until every reaction has been carried out. */
  reactionsIdle(): Promise<void> {
    return this.get(ReactionRunner).idle();
  }

  /** Waits until every reaction has been carried out and the read side shows all of it. */
  async settled(): Promise<void> {
    await this.reactionsIdle();
    const head = await this.get(StoreClient).head();
    if (head !== undefined) await this.get(ReadPosition).waitFor(head, CATCH_UP_LIMIT_MS);
  }

  /** Waits until every event of the log is a leaf of its tree. */
  async treeSettled(): Promise<void> {
    const head = await this.get(StoreClient).head();
    if (head !== undefined) await this.get(TreeStore).waitFor(head, CATCH_UP_LIMIT_MS);
  }

  /** Examines the books, and replays the whole log beside the live tables to compare every digest. */
  async verify(
    onProgress?: (progress: RebuildProgress) => void,
  ): Promise<{ verification: Verification; differing: readonly string[] }> {
    const verification = await verifyBooks(this.app.get<Kysely<BooksDatabase>>(READ_QUERIES, { strict: false }));
    const { differing } = await this.get(ReadSide).compareWithRebuilt(onProgress);
    return { verification, differing };
  }

  async close(): Promise<void> {
    if (!this.isGuest) {
      await this.get(ReactionRunner).stop();
      await this.get(Supervisor).stop();
    }
    await this.app.close();
    await this.eventStore.stop();
  }

  private async start(): Promise<void> {
    if (this.isGuest) return;
    const readSide = this.get(ReadSide);
    // Tables that an older program made are made anew; the old ones serve until then.
    if ((await readSide.state()).kind === 'outdated') await readSide.rebuild();
    await this.get(Projector).start();
    await this.get(ReactionRunner).start();
    this.get(ControlWatch).start();
    this.get(Supervisor).start();
  }
}

/** The keys of the folder's key file; a new one is told of once. */
function keysOfFolder(dataFolder: string): MasterKeys {
  const file = openKeyFile(dataFolder);
  // On standard error, because commands print their answers on the other.
  if (file.isNew) console.error(keyFileNotice(file));
  return file.masterKeys;
}

/** An office's checkpoints: signed with its own key file and laid down in its data folder, unless it is told otherwise. */
function transparencyOf({ checkpoints, dataFolder, area }: Config): TransparencyOptions {
  const {
    keys = openCheckpointKeys(dataFolder, area).keys,
    everyMs,
    folder = join(dataFolder, 'checkpoints'),
  } = checkpoints;
  return { keys, everyMs, folder };
}
