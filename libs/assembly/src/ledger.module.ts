import { join } from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { EventStoreModule, LogReader } from '@provident/event-store';
import { type MasterKeys, PersonalDataModule } from '@provident/access';
import type { Clock } from '@provident/kernel';
import { READ_DATABASE, ProjectionsModule, type ReadDatabase } from '@provident/projections';
import { SupervisionModule, type TransparencyOptions } from '@provident/supervision';
import { accessModule } from './access.js';
import { type Config, postgresFolder } from './config.js';
import { PROJECTIONS, ReadSideModule } from './read-side.module.js';
import { SurroundingsModule } from './surroundings.module.js';
import { WriteSideModule } from './write-side.module.js';

/** What a ledger is opened with beside its settings. */
export interface LedgerSurroundings {
  readonly eventStoreUrl: string;
  readonly masterKeys: MasterKeys;
  readonly transparency: TransparencyOptions;
  readonly clock: Clock;
}

/** All contexts and the whole read side in one process. */
@Module({})
export class LedgerModule {
  static with(config: Config, { eventStoreUrl, masterKeys, transparency, clock }: LedgerSurroundings): DynamicModule {
    const eventStore = EventStoreModule.forRoot({ url: eventStoreUrl, area: config.area });
    const engine = ProjectionsModule.forRoot({
      database: { url: config.databaseUrl, folder: postgresFolder(config) },
      projections: PROJECTIONS,
      source: { imports: [eventStore], token: LogReader },
    });
    return {
      module: LedgerModule,
      imports: [
        SurroundingsModule.with(clock),
        eventStore,
        engine,
        PersonalDataModule.forRoot({
          imports: [engine],
          vaultUrl: { inject: [READ_DATABASE], useFactory: ({ url }: ReadDatabase) => config.vault.url ?? url },
          masterKeys,
        }),
        accessModule(config.access),
        WriteSideModule.with({ documents: join(config.dataFolder, 'documents') }),
        ReadSideModule.over(engine, config.portalUrl),
        SupervisionModule.over(engine, transparency),
      ],
    };
  }
}
