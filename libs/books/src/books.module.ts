import { type DynamicModule, Module } from '@nestjs/common';
import { READ_QUERIES } from '@provident/projections';
import type { Kysely } from 'kysely';
import { BooksController } from './books.controller.js';
import { BookQueries } from './queries.js';
import type { BooksDatabase } from './tables.js';

/** The books over HTTP. `readSide` is the module object that `ProjectionsModule.forRoot` gave. */
@Module({})
export class BooksModule {
  static over(readSide: DynamicModule): DynamicModule {
    return {
      module: BooksModule,
      imports: [readSide],
      controllers: [BooksController],
      providers: [
        {
          provide: BookQueries,
          useFactory: (db: Kysely<BooksDatabase>) => new BookQueries(db),
          inject: [READ_QUERIES],
        },
      ],
      exports: [BookQueries],
    };
  }
}
