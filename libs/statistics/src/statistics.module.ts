import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import type { BooksDatabase } from '@provident/books';
import { READ_QUERIES } from '@provident/projections';
import type { Kysely } from 'kysely';
import { ArrearsController } from './arrears/arrears.controller.js';
import { ArrearsQueries } from './arrears/arrears.js';
import { EmployerNamesController } from './employer-names/employer-names.controller.js';
import { EmployerNames } from './employer-names/employer-names.js';
import { LateFeesController } from './late-fees/late-fees.controller.js';
import { LateFeesQueries } from './late-fees/late-fees.js';
import { lawInForce } from './late-fees/law-in-force.js';
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
      controllers: [StatisticsController, ArrearsController, LateFeesController, EmployerNamesController],
      providers: [statisticsQueries, over(ArrearsQueries), over(LateFeesQueries), over(EmployerNames), lawInForce],
      exports: [StatisticsQueries],
    };
  }
}

/** A class of questions over the read side's database. */
function over<Questions>(questions: new (db: Kysely<StatisticsDatabase>) => Questions): FactoryProvider<Questions> {
  return {
    provide: questions,
    useFactory: (db: Kysely<StatisticsDatabase>) => new questions(db),
    inject: [READ_QUERIES],
  };
}
