import {
  type DynamicModule,
  Inject,
  Injectable,
  type InjectionToken,
  Logger,
  Module,
  type ModuleMetadata,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { EventSource } from '@provident/event-store/event-source';
import type { Kysely } from 'kysely';
import { appliedUpTo } from './applied-up-to.js';
import { type DatabaseOptions, LIVE_SCHEMA, type ReadDatabase, openReadDatabase, queryBuilder } from './database.js';
import type { EventIndexDatabase } from './event-index.js';
import { KnownTimes } from './known-times.js';
import type { Projection } from './projection.js';
import { Projector } from './projector.js';
import { ReadPosition } from './read-position.js';
import { ReadSide } from './read-side.js';

/** Injects the read side's `ReadDatabase` (address and pool). */
export const READ_DATABASE = Symbol('READ_DATABASE');
/** Injects a Kysely query builder over it; each read-side library types it with its own tables. */
export const READ_QUERIES = Symbol('READ_QUERIES');

export interface ProjectionsOptions {
  readonly database: DatabaseOptions;
  readonly projections: readonly Projection[];
  /** The token of the log's `EventSource`, and the modules that export it unless it is global. */
  readonly source: { readonly token: InjectionToken; readonly imports?: ModuleMetadata['imports'] };
  readonly maxBatch?: number;
}

/** Closes what the module opened, last of all: first the projector, then the connections, then the server. */
@Injectable()
class Shutdown implements OnApplicationShutdown {
  constructor(
    @Inject(Projector) private readonly projector: Projector,
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.projector.stop();
    await this.database.close();
  }
}

/**
 * The read side's engine. Opens the database when the application is built; the application itself decides when the
 * projector starts (`Projector.start()`), because a changed projection asks for a rebuild first.
 *
 * Build it once and hand the same object to every read-side module:
 * `const readSide = ProjectionsModule.forRoot(…); imports: [readSide, BooksModule.over(readSide)]`.
 */
@Module({})
export class ProjectionsModule {
  static forRoot(options: ProjectionsOptions): DynamicModule {
    const { projections, source, maxBatch } = options;
    const logger = new Logger('Projector');
    return {
      module: ProjectionsModule,
      imports: source.imports ?? [],
      providers: [
        { provide: READ_DATABASE, useFactory: () => openReadDatabase(options.database) },
        {
          provide: READ_QUERIES,
          useFactory: ({ pool }: ReadDatabase): Kysely<unknown> => queryBuilder(pool),
          inject: [READ_DATABASE],
        },
        {
          provide: KnownTimes,
          useFactory: ({ pool }: ReadDatabase) => new KnownTimes(queryBuilder<EventIndexDatabase>(pool)),
          inject: [READ_DATABASE],
        },
        {
          provide: ReadPosition,
          useFactory: ({ pool }: ReadDatabase) => new ReadPosition(() => appliedUpTo(pool, LIVE_SCHEMA)),
          inject: [READ_DATABASE],
        },
        {
          provide: Projector,
          useFactory: ({ pool }: ReadDatabase, log: EventSource, position: ReadPosition) =>
            new Projector({
              ...{ pool, source: log, projections, ...(maxBatch === undefined ? {} : { maxBatch }) },
              onAdvance: (checkpoint) => position.advance(checkpoint),
              onTrouble: (error, retriedInMs) => {
                const text = error instanceof Error ? error.message : String(error);
                if (retriedInMs === undefined) logger.error(text);
                else logger.warn(`${text} Trying again in ${retriedInMs} ms.`);
              },
            }),
          inject: [READ_DATABASE, source.token, ReadPosition],
        },
        {
          provide: ReadSide,
          useFactory: ({ pool }: ReadDatabase, log: EventSource) => new ReadSide(pool, log, projections),
          inject: [READ_DATABASE, source.token],
        },
        Shutdown,
      ],
      exports: [READ_DATABASE, READ_QUERIES, KnownTimes, ReadPosition, Projector, ReadSide],
    };
  }
}
