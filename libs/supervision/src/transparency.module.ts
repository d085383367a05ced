import {
  type DynamicModule,
  Inject,
  Injectable,
  Logger,
  Module,
  type OnModuleDestroy,
  type Provider,
} from '@nestjs/common';
import { AREA, EventStore, LogReader, StoreClient } from '@provident/event-store';
import { CLOCK, type Clock, isUuid } from '@provident/kernel';
import {
  type EventIndexDatabase,
  READ_DATABASE,
  READ_QUERIES,
  type ReadDatabase,
  ReadSide,
} from '@provident/projections';
import { StatementReader } from '@provident/statements';
import { StatementAttachments } from '@provident/statements/statement-attachments';
import type { Kysely } from 'kysely';
import { Attestor } from './attestation/attestor.js';
import { CheckpointDesk } from './checkpoints/checkpoint-desk.js';
import { CheckpointFiles } from './checkpoints/checkpoint-files.js';
import { CheckpointReader } from './checkpoints/checkpoint-reader.js';
import { CheckpointsController } from './checkpoints/checkpoints.controller.js';
import type { SigningKeys } from './checkpoints/signing-keys.js';
import { Supervisor } from './checkpoints/supervisor.js';
import { WitnessesController } from './checkpoints/witnesses.controller.js';
import { CONTROL_CHECKS, type ControlCheck } from './control/control-check.js';
import { ProofAttachments } from './proofs/proof-attachments.js';
import { ProofDesk } from './proofs/proof-desk.js';
import { ProofsController } from './proofs/proofs.controller.js';
import { StatementProofs } from './proofs/statement-proof.js';
import { TreeReader } from './tree/tree-reader.js';
import { TreeStore } from './tree/tree-store.js';

export interface TransparencyOptions {
  /** What checkpoints are signed with, the present key first; none where this process signs nothing. */
  readonly keys: SigningKeys;
  /** Longest time between two checkpoints while the log grows. */
  readonly everyMs: number;
  /** Folder for checkpoints as files; none are written when absent. */
  readonly folder?: string | undefined;
}

/** Ends the following before the database goes. */
@Injectable()
class Shutdown implements OnModuleDestroy {
  constructor(
    @Inject(Supervisor) private readonly supervisor: Supervisor,
    @Inject(TreeStore) private readonly store: TreeStore,
  ) {}

  async onModuleDestroy(): Promise<void> {
    await this.supervisor.stop();
    await this.store.close();
  }
}

/**
 * The log's Merkle tree, its signed checkpoints and the proofs from them. The application decides when the supervisor starts
 * (`Supervisor.start()`); without it proofs are given from what another process keeps and signs.
 */
@Module({})
export class TransparencyModule {
  /**
   * `readSide` is the module object that `ProjectionsModule.forRoot` gave, `control` the one with the checks that a day is
   * attested by; event store, area and clock are global.
   */
  static over(readSide: DynamicModule, control: DynamicModule, options: TransparencyOptions): DynamicModule {
    return {
      module: TransparencyModule,
      imports: [readSide, control],
      controllers: [CheckpointsController, WitnessesController, ProofsController],
      providers: [...partsOf(options), StatementReader, Shutdown],
      exports: [TreeStore, TreeReader, CheckpointReader, CheckpointDesk, ProofDesk, StatementProofs, Supervisor],
    };
  }
}

function partsOf(options: TransparencyOptions): Provider[] {
  return [
    { provide: TreeStore, useFactory: ({ url }: ReadDatabase) => TreeStore.open(url), inject: [READ_DATABASE] },
    { provide: TreeReader, useFactory: (store: TreeStore) => new TreeReader(store), inject: [TreeStore] },
    {
      provide: CheckpointReader,
      useFactory: (store: EventStore, area: string) => new CheckpointReader(store, area),
      inject: [EventStore, AREA],
    },
    {
      provide: CheckpointDesk,
      useFactory: (store: EventStore, tree: TreeReader, reader: CheckpointReader, area: string, clock: Clock) =>
        new CheckpointDesk({ store, tree, reader, area, clock, keys: options.keys }),
      inject: [EventStore, TreeReader, CheckpointReader, AREA, CLOCK],
    },
    {
      provide: ProofDesk,
      useFactory: (
        ...[tree, source, client, checkpoints, index]: [
          ...[TreeReader, LogReader, StoreClient, CheckpointReader],
          Kysely<EventIndexDatabase>,
        ]
      ) => new ProofDesk({ tree, source, client, checkpoints, positionOfId: (id) => positionOfId(index, id) }),
      inject: [TreeReader, LogReader, StoreClient, CheckpointReader, READ_QUERIES],
    },
    {
      provide: StatementProofs,
      useFactory: (statements: StatementReader, client: StoreClient, proofs: ProofDesk) =>
        new StatementProofs(statements, client, proofs),
      inject: [StatementReader, StoreClient, ProofDesk],
    },
    {
      provide: StatementAttachments,
      useFactory: (proofs: StatementProofs) => new ProofAttachments(proofs),
      inject: [StatementProofs],
    },
    supervisorOf(options),
  ];
}

function supervisorOf({ everyMs, folder }: TransparencyOptions): Provider {
  const logger = new Logger('Supervisor');
  return {
    provide: Supervisor,
    useFactory: (
      ...[store, source, desk, reader, tables, area, clock, checks]: [
        ...[TreeStore, LogReader, CheckpointDesk, CheckpointReader, ReadSide, string, Clock],
        readonly ControlCheck[],
      ]
    ) =>
      new Supervisor({
        ...{ store, source, desk, reader, clock, everyMs },
        attestor: new Attestor({ desk, area, checks, digest: () => tables.digest() }),
        ...(folder === undefined ? {} : { files: new CheckpointFiles(folder, reader) }),
        onTrouble(error, retriedInMs) {
          const text = error instanceof Error ? error.message : String(error);
          if (retriedInMs === undefined) logger.error(text);
          else logger.warn(`${text} Trying again in ${retriedInMs} ms.`);
        },
      }),
    inject: [TreeStore, LogReader, CheckpointDesk, CheckpointReader, ReadSide, AREA, CLOCK, CONTROL_CHECKS],
  };
}

async function positionOfId(index: Kysely<EventIndexDatabase>, id: string): Promise<bigint | undefined> {
  if (!isUuid(id)) return undefined;
  const found = await index.selectFrom('event_index').select('position').where('event_id', '=', id).executeTakeFirst();
  return found?.position;
}
