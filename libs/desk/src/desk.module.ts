import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { CLOCK, type Clock, type WorkingCalendar } from '@provident/kernel';
import { PolicyBook, PolicyInForce, workingCalendar } from '@provident/policy';
import { READ_QUERIES } from '@provident/projections';
import type { Kysely } from 'kysely';
import { CaseQueries } from './case-queries.js';
import { ConflictQueries } from './conflict-queries.js';
import { ConversationQueries } from './conversation-queries.js';
import { DeskController } from './desk.controller.js';
import { SubjectNames } from './subject-names.js';
import type { DeskDatabase } from './tables.js';
import { TaskQueries } from './task-queries.js';

type Queries<Of> = new (db: Kysely<DeskDatabase>, clock: Clock, calendar: () => WorkingCalendar) => Of;

/** The desk over HTTP. `readSide` is the module object that `ProjectionsModule.forRoot` gave. */
@Module({})
export class DeskModule {
  static over(readSide: DynamicModule): DynamicModule {
    const queries = [provide(CaseQueries), provide(ConversationQueries), provide(TaskQueries)];
    const conflicts = {
      provide: ConflictQueries,
      useFactory: (db: Kysely<DeskDatabase>) => new ConflictQueries(db),
      inject: [READ_QUERIES],
    };
    return {
      module: DeskModule,
      imports: [readSide],
      controllers: [DeskController],
      providers: [...queries, conflicts, SubjectNames],
      exports: [CaseQueries, ConversationQueries, TaskQueries],
    };
  }
}

/** Days left are counted by the policy in force; a process that only answers questions has the shipped book alone. */
function provide<Of>(token: Type<Of> & Queries<Of>): Provider {
  return {
    provide: token,
    useFactory: (db: Kysely<DeskDatabase>, clock: Clock, shipped: PolicyBook, inForce?: PolicyInForce) => {
      let known: { readonly book: PolicyBook; readonly calendar: WorkingCalendar } | undefined;
      return new token(db, clock, () => {
        const book = inForce?.book ?? shipped;
        if (known?.book !== book) known = { book, calendar: workingCalendar(book) };
        return known.calendar;
      });
    },
    inject: [READ_QUERIES, CLOCK, PolicyBook, { token: PolicyInForce, optional: true }],
  };
}
