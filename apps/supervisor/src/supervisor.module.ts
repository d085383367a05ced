import { type DynamicModule, Module } from '@nestjs/common';
import { accessModule, PROJECTIONS, type SupervisorConfig, SurroundingsModule } from '@provident/assembly';
import { PersonalDataModule } from '@provident/access';
import { EventStoreModule, LogReader } from '@provident/event-store';
import type { Clock } from '@provident/kernel';
import { ProjectionsModule } from '@provident/projections';
import { SupervisionModule } from '@provident/supervision';

/** Everything for regulators by itself. Proofs are of records as the log has them: personal fields in them stay sealed. */
@Module({})
export class SupervisorModule {
  static with(config: SupervisorConfig, clock: Clock): DynamicModule {
    const { eventStoreUrl: url, area, databaseUrl, databaseConnections, checkpoints, vault, access } = config;
    const { keys = [], everyMs, folder } = checkpoints;
    const eventStore = EventStoreModule.forRoot({ url, area });
    // Its projector is never started here: the tables are the projectors' business.
    const engine = ProjectionsModule.forRoot({
      database: { url: databaseUrl, folder: '', connections: databaseConnections },
      projections: PROJECTIONS,
      source: { imports: [eventStore], token: LogReader },
    });
    return {
      module: SupervisorModule,
      imports: [
        ...[SurroundingsModule.with(clock), eventStore, engine],
        PersonalDataModule.forRoot({ vaultUrl: { useFactory: () => vault.url }, masterKeys: vault.masterKeys }),
        accessModule(access),
        SupervisionModule.over(engine, { keys, everyMs, folder }),
      ],
    };
  }
}
