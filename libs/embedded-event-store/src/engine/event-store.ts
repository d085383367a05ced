import { limits } from '../limits.js';
import { EventLog } from '../storage/event-log.js';
import type { OpenDatabase } from '../storage/database.js';
import { Commands } from './commands.js';
import { EventWriter } from './event-writer.js';
import { GroupCommit } from './group-commit.js';
import { Links } from './links.js';
import { RecentIds } from './recent-ids.js';
import { StreamCatalog } from './stream-catalog.js';
import { Wakeups } from './wakeups.js';

/** The parts that make a log of rows behave like an event store. Services use these and never the database. */
export class EventStore {
  readonly log: EventLog;
  readonly catalog: StreamCatalog;
  readonly links: Links;
  readonly wakeups = new Wakeups();
  readonly commits: GroupCommit;
  readonly commands: Commands;
  private readonly writer: EventWriter;

  /** @param clock milliseconds since 1970 */
  constructor(
    opened: OpenDatabase,
    readonly clock: () => number,
  ) {
    this.log = new EventLog(opened.database, opened.file);
    this.catalog = new StreamCatalog(this.log, limits.cachedStreams);
    this.links = new Links(this.log, this.catalog, clock);
    const recentIds = new RecentIds(this.log, limits.recentIdsPerStream, limits.cachedIds);
    this.writer = new EventWriter(this.log, this.catalog, recentIds, clock);
    this.commits = new GroupCommit(
      this.log,
      opened.file,
      () => this.wakeups.ring(this.writer.takeChanged()),
      () => {
        this.catalog.forget();
        recentIds.forget();
        this.writer.forget();
      },
    );
    this.commands = new Commands(this.log, this.catalog, recentIds, this.writer, this.commits, clock);
  }

  /** The position behind the newest event. */
  end(): number {
    return this.writer.end();
  }
}
