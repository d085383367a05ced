import { type DynamicModule, Module } from '@nestjs/common';
import { EventStore, StoreClient } from '@provident/event-store';
import { PolicyBook, PolicyInForce } from '@provident/policy';
import { READ_QUERIES } from '@provident/projections';
import { StatementReader } from '@provident/statements';
import type { SupervisionDatabase } from '../database.js';
import { ExplainController } from './explain.controller.js';
import { ExplainDesk } from './explain-desk.js';

/** The way from any figure to its vouchers, events, articles and people. */
@Module({})
export class ExplainModule {
  static over(readSide: DynamicModule): DynamicModule {
    return {
      module: ExplainModule,
      imports: [readSide],
      controllers: [ExplainController],
      providers: [
        StatementReader,
        {
          provide: ExplainDesk,
          useFactory: (
            db: SupervisionDatabase,
            client: StoreClient,
            store: EventStore,
            statements: StatementReader,
            shipped: PolicyBook,
            inForce?: PolicyInForce,
          ) => new ExplainDesk({ db, client, store, statements, book: () => inForce?.book ?? shipped }),
          inject: [
            ...[READ_QUERIES, StoreClient, EventStore, StatementReader, PolicyBook],
            // A process that only answers questions has the shipped book alone.
            { token: PolicyInForce, optional: true },
          ],
        },
      ],
      exports: [ExplainDesk],
    };
  }
}
