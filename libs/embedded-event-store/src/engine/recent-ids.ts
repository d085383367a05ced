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
    const revision = (this.known.get(stream) ?? this.load(stream, last)).get(id);
    return revision !== undefined && revision > last - this.perStream ? revision : undefined;
  }

  /** Notes a written event. A stream nobody asked about is not kept. */
  add(stream: number, id: string, revision: number): void {
    const ids = this.known.get(stream);
    if (!ids) return;
    ids.set(id, revision);
    if (ids.size > 2 * this.perStream) this.dropOld(ids, revision);
    else this.known.grow(1);
  }

  forget(): void {
    this.known.clear();
  }

  private dropOld(ids: Map<string, number>, last: number): void {
    for (const [id, revision] of ids) if (revision <= last - this.perStream) ids.delete(id);
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
