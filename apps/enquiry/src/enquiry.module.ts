import { type DynamicModule, Module } from '@nestjs/common';
import { accessModule, type EnquiryConfig, PROJECTIONS, ReadSideModule, SurroundingsModule } from '@provident/assembly';
import { PersonalDataModule } from '@provident/access';
import { EventStoreModule, LogReader } from '@provident/event-store';
import type { Clock } from '@provident/kernel';
import { ProjectionsModule } from '@provident/projections';
import { ReadSideController } from './read-side.controller.js';

/** The read side by itself: balances and statistics from PostgreSQL, statements from the log. */
@Module({})
export class EnquiryModule {
  static with(config: EnquiryConfig, clock: Clock): DynamicModule {
    const { eventStoreUrl: url, area, databaseUrl, databaseConnections, vault, access } = config;
    const eventStore = EventStoreModule.forRoot({ url, area });
    // Its projector is never started here: the tables are the projectors' business.
    const engine = ProjectionsModule.forRoot({
      database: { url: databaseUrl, folder: '', connections: databaseConnections },
      projections: PROJECTIONS,
      source: { imports: [eventStore], token: LogReader },
    });
    return {
      module: EnquiryModule,
      imports: [
        ...[SurroundingsModule.with(clock), eventStore, engine],
        PersonalDataModule.forRoot({ vaultUrl: { useFactory: () => vault.url }, masterKeys: vault.masterKeys }),
        accessModule(access),
        ReadSideModule.over(engine, config.portalUrl),
      ],
      controllers: [ReadSideController],
    };
  }
}
