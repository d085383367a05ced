import { limits } from '../limits.js';
import { idOf } from '../protocol/event-frame.js';
import type { EventLog } from '../storage/event-log.js';
import { BoundedMap } from './bounded-map.js';

/**
 * The newest event ids of the streams in use and their revisions, for repeated appends that expect "any" revision. A stream's
 * ids are read from the log on first use, so the answer does not depend on a restart.
 */
export class RecentIds {
  private readonly known: BoundedMap<number, Map<string, number>>;

  constructor(
    private readonly log: EventLog,
    private readonly perStream: number,
    capacity: number,
  ) {
    this.known = new BoundedMap(capacity, (ids) => ids.size + 1);
  }

  revisionOf(stream: number, last: number, id: string): number | undefined {
    return (this.known.get(stream) ?? this.load(stream, last)).get(id);
  }

  /** Notes a written event. A stream nobody asked about is not kept. */
  add(stream: number, id: string, revision: number): void {
    const ids = this.known.get(stream);
    if (!ids) return;
    const before = ids.size;
    ids.delete(id);
    ids.set(id, revision);
    if (ids.size > this.perStream) {
      for (const oldest of ids.keys()) {
        ids.delete(oldest);
        break;
      }
    }
    this.known.grow(ids.size - before);
  }

  forget(): void {
    this.known.clear();
  }

  private load(stream: number, last: number): Map<string, number> {
    const ids = new Map<string, number>();
    let next = Math.max(0, last - this.perStream + 1);
    while (next <= last) {
      const page = this.log.streamPage(stream, 'forwards', next, limits.pageEvents, limits.pageBytes);
      for (const event of page) ids.set(idOf(event.frame), event.revision);
      next = (page.at(-1)?.revision ?? last) + 1;
    }
    this.known.set(stream, ids);
    return ids;
  }
}
