import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import type { BooksDatabase } from '@provident/books';
import { READ_QUERIES } from '@provident/projections';
import type { Kysely } from 'kysely';
import { StatisticsQueries } from './queries.js';
import { StatisticsController } from './statistics.controller.js';
import type { StatisticsDatabase } from './tables.js';

export const statisticsQueries: FactoryProvider<StatisticsQueries> = {
  provide: StatisticsQueries,
  useFactory: (db: Kysely<StatisticsDatabase & BooksDatabase>) => new StatisticsQueries(db),
  inject: [READ_QUERIES],
};

/** The statistics over HTTP. `readSide` is the module object that `ProjectionsModule.forRoot` gave. */
@Module({})
export class StatisticsModule {
  static over(readSide: DynamicModule): DynamicModule {
    return {
      module: StatisticsModule,
      imports: [readSide],
      controllers: [StatisticsController],
      providers: [statisticsQueries],
      exports: [StatisticsQueries],
    };
  }
}
