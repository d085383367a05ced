import { limits } from '../limits.js';
import type { DerivedStreams } from '../projections/derived-streams.js';
import type { Direction, EventLog, StoredEvent } from '../storage/event-log.js';
import type { StreamCatalog } from './stream-catalog.js';

/** The events of streams as readers get them, whether they are stored or derived from others. */
export class StreamReader {
  constructor(
    private readonly log: EventLog,
    readonly catalog: StreamCatalog,
    private readonly derived: DerivedStreams | undefined,
  ) {}

  /** The stream's last revision, -1 when it has no events. */
  lastOf(name: string): number {
    return this.derived?.owns(name) === true ? this.derived.lastOf(name) : this.catalog.stateOf(name).last;
  }

  eventAt(name: string, revision: number): StoredEvent | undefined {
    if (this.derived?.owns(name) === true) return this.derived.eventAt(name, revision);
    const { id } = this.catalog.stateOf(name);
    return id === undefined ? undefined : this.log.eventAt(id, revision);
  }

  /** At most `count` events, and about as many bytes as a page has, starting with revision `from` itself. */
  page(name: string, direction: Direction, from: number, count: number): StoredEvent[] {
    if (this.derived?.owns(name) === true) return this.derived.page(name, direction, from, count);
    const { id } = this.catalog.stateOf(name);
    return id === undefined ? [] : this.log.streamPage(id, direction, from, count, limits.pageBytes);
  }
}
