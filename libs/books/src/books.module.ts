import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { READ_QUERIES } from '@provident/projections';
import type { Kysely } from 'kysely';
import { BooksController } from './books.controller.js';
import { FundStatements } from './fund-statements/fund-statements.js';
import { FundStatementsController } from './fund-statements/fund-statements.controller.js';
import { OpenReceipts } from './open-receipts/open-receipts.js';
import { OpenReceiptsController } from './open-receipts/open-receipts.controller.js';
import { BookQueries } from './queries.js';
import type { BooksDatabase } from './tables.js';

/** The books over HTTP. `readSide` is the module object that `ProjectionsModule.forRoot` gave. */
@Module({})
export class BooksModule {
  static over(readSide: DynamicModule): DynamicModule {
    return {
      module: BooksModule,
      imports: [readSide],
      controllers: [FundStatementsController, OpenReceiptsController, BooksController],
      providers: [over(BookQueries), over(FundStatements), over(OpenReceipts)],
      exports: [BookQueries],
    };
  }
}

/** A class of questions over the read side's database. */
function over<Questions>(questions: new (db: Kysely<BooksDatabase>) => Questions): FactoryProvider<Questions> {
  return { provide: questions, useFactory: (db: Kysely<BooksDatabase>) => new questions(db), inject: [READ_QUERIES] };
}
