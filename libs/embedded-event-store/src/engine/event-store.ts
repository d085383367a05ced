import { limits } from '../limits.js';
import { DerivedIndex } from '../projections/derived-index.js';
import { DerivedStreams } from '../projections/derived-streams.js';
import { Projector } from '../projections/projector.js';
import { EventLog } from '../storage/event-log.js';
import type { OpenDatabase } from '../storage/database.js';
import { PositionChunks, prepareChunks } from '../storage/position-chunks.js';
import { Commands } from './commands.js';
import { EventWriter } from './event-writer.js';
import { GroupCommit } from './group-commit.js';
import { Links } from './links.js';
import { RecentIds } from './recent-ids.js';
import { StreamCatalog } from './stream-catalog.js';
import { StreamReader } from './stream-reader.js';
import { Wakeups } from './wakeups.js';

/** The parts that make a log of rows behave like an event store. Services use these and never the database. */
export class EventStore {
  readonly log: EventLog;
  readonly catalog: StreamCatalog;
  readonly streams: StreamReader;
  readonly links: Links;
  readonly wakeups = new Wakeups();
  readonly commits: GroupCommit;
  readonly commands: Commands;
  /** Keeps the derived streams; undefined in a server without system projections. */
  readonly projector: Projector | undefined;
  private readonly writer: EventWriter;

  /** @param clock milliseconds since 1970 */
  constructor(
    opened: OpenDatabase,
    readonly clock: () => number,
    systemProjections = false,
  ) {
    this.log = new EventLog(opened.database, opened.file);
    this.catalog = new StreamCatalog(this.log, limits.cachedStreams);
    const index = systemProjections ? openIndex(opened) : undefined;
    const derived = index && new DerivedStreams(this.log, index);
    this.streams = new StreamReader(this.log, this.catalog, derived);
    this.links = new Links(this.streams, clock);
    const recentIds = new RecentIds(this.log, limits.recentIdsPerStream, limits.cachedIds);
    this.writer = new EventWriter(this.log, this.catalog, recentIds, clock);
    this.projector = index && this.projectorOn(index);
    this.writer.projector = this.projector;
    this.commits = new GroupCommit(this.log, opened.disk, opened.file, {
      onCommitting: () => this.projector?.writeIfDue(),
      onCommitted: () => this.wakeups.ring(this.writer.takeChanged()),
      onRolledBack: () => {
        this.catalog.forget();
        recentIds.forget();
        this.writer.forget();
        this.projector?.forget();
      },
    });
    this.commands = new Commands(this.log, this.catalog, recentIds, this.writer, this.commits, clock, derived);
  }

  /** The position behind the newest event. */
  end(): number {
    return this.writer.end();
  }

  private projectorOn(index: DerivedIndex): Projector {
    return new Projector(this.log, index, {
      submit: (step) => this.commits.submit(step),
      newestPosition: () => this.writer.newestPosition(),
      ring: (streams) => this.wakeups.ring(streams),
    });
  }
}

function openIndex({ database, file }: OpenDatabase): DerivedIndex {
  prepareChunks(database);
  return new DerivedIndex(new PositionChunks(database, file));
}
