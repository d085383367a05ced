import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AccountsModule } from '@provident/accounts';
import { BooksModule, booksProjection } from '@provident/books';
import { CollectionModule } from '@provident/collection';
import { EventStoreModule, LogReader } from '@provident/event-store';
import { CLOCK, type Clock } from '@provident/kernel';
import { loadPolicy, PolicyBook } from '@provident/policy';
import { PolicyDeskModule } from '@provident/policy-desk';
import { ProjectionsModule } from '@provident/projections';
import { RegistryModule } from '@provident/registry';
import { StatementsModule } from '@provident/statements';
import { StatisticsModule, statisticsProjection } from '@provident/statistics';
import { type Config, postgresFolder } from './config.js';
import { reactionRunner } from './reactions.provider.js';

/** What every context is given from outside: the law as shipped, on which the policy desk builds, and the clock. */
@Global()
@Module({})
class SurroundingsModule {
  static with(clock: Clock): DynamicModule {
    const providers = [
      { provide: PolicyBook, useFactory: loadPolicy },
      { provide: CLOCK, useValue: clock },
    ];
    return { module: SurroundingsModule, providers, exports: [PolicyBook, CLOCK] };
  }
}

/** All contexts and the whole read side in one process. */
@Module({})
export class LedgerModule {
  static with(config: Config, eventStoreUrl: string, clock: Clock): DynamicModule {
    const eventStore = EventStoreModule.forRoot({ url: eventStoreUrl, area: config.area });
    const readSide = ProjectionsModule.forRoot({
      database: { url: config.databaseUrl, folder: postgresFolder(config) },
      projections: [booksProjection, statisticsProjection],
      source: { imports: [eventStore], token: LogReader },
    });
    return {
      module: LedgerModule,
      imports: [
        SurroundingsModule.with(clock),
        eventStore,
        readSide,
        PolicyDeskModule,
        RegistryModule,
        CollectionModule,
        AccountsModule,
        StatementsModule,
        BooksModule.over(readSide),
        StatisticsModule.over(readSide),
      ],
      providers: [reactionRunner],
      exports: [reactionRunner],
    };
  }
}
