import { join } from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { EventStoreModule, LogReader } from '@provident/event-store';
import type { Clock } from '@provident/kernel';
import { ProjectionsModule } from '@provident/projections';
import { type Config, postgresFolder } from './config.js';
import { PROJECTIONS, ReadSideModule } from './read-side.module.js';
import { SurroundingsModule } from './surroundings.module.js';
import { WriteSideModule } from './write-side.module.js';

/** All contexts and the whole read side in one process. */
@Module({})
export class LedgerModule {
  static with(config: Config, eventStoreUrl: string, clock: Clock): DynamicModule {
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
        WriteSideModule.with({ documents: join(config.dataFolder, 'documents') }),
        ReadSideModule.over(engine),
      ],
    };
  }
}
