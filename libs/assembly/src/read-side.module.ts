import { type DynamicModule, Module } from '@nestjs/common';
import { BooksModule, booksProjection } from '@provident/books';
import { DeskModule, deskProjection } from '@provident/desk';
import { eventIndexProjection, type Projection } from '@provident/projections';
import { StatementsModule } from '@provident/statements';
import { ReleasesModule, StatisticsModule, statisticsProjection } from '@provident/statistics';
import { alertProjection } from '@provident/supervision';

/** Everything that is projected, wherever the projector runs. */
export const PROJECTIONS: readonly Projection[] = [
  ...[booksProjection, statisticsProjection, deskProjection],
  ...[eventIndexProjection, alertProjection],
];

/** Everything that answers questions. Needs an event store, from which statements are rebuilt. */
@Module({})
export class ReadSideModule {
  /** `engine` gives the database and the position of the read side; printed statements lead to `portalUrl`. */
  static over(engine: DynamicModule, portalUrl: string | undefined): DynamicModule {
    return {
      module: ReadSideModule,
      imports: [
        StatementsModule.over(engine, portalUrl),
        BooksModule.over(engine),
        StatisticsModule.over(engine),
        ReleasesModule.over(engine),
        DeskModule.over(engine),
      ],
    };
  }
}
