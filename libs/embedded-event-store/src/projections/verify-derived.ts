import type { DatabaseSync } from 'node:sqlite';
import { limits } from '../limits.js';
import type { EventLog } from '../storage/event-log.js';
import { type Chunk, hasChunks, PositionChunks } from '../storage/position-chunks.js';
import { StorageError } from '../storage/storage-error.js';
import { projectable, projectedEvent } from './derived-streams.js';
import { keeperOf, systemProjections } from './system-projection.js';

/**
 * Compares the index of derived streams with the log: every entry leads to an event of its stream, later than the entry before, and
 * there are as many entries as the events up to where each projection has come call for. Returns how many there are.
 * @throws StorageError `damaged` with the first fault
 */
export function verifyDerived(database: DatabaseSync, log: EventLog, file: string): number {
  if (!hasChunks(database)) return 0;
  const found = systemProjections.map(() => 0);
  let before: (Chunk & { readonly stream: string }) | undefined;
  for (const chunk of new PositionChunks(database, file).all()) {
    const keeper = keeperOf(chunk.stream);
    const isFirst = before?.stream !== chunk.stream;
    const next = isFirst || !before ? 0 : before.first + before.positions.length;
    if (!keeper || chunk.first !== next) throw damaged(file, `the entries of ${chunk.stream} have a gap`);
    verifyPositions(log, file, chunk, isFirst ? -1 : (before?.positions.at(-1) ?? -1));
    found[keeper.at] = (found[keeper.at] ?? 0) + chunk.positions.length;
    before = chunk;
  }
  const expected = expectedEntries(log);
  for (const [at, { name }] of systemProjections.entries()) {
    if (found[at] !== expected[at]) {
      throw damaged(file, `${name} has ${found[at] ?? 0} entries instead of ${expected[at] ?? 0}`);
    }
  }
  return found.reduce((sum, entries) => sum + entries, 0);
}

function verifyPositions(log: EventLog, file: string, chunk: Chunk & { readonly stream: string }, after: number): void {
  const keeper = keeperOf(chunk.stream);
  let last = after;
  for (const position of chunk.positions) {
    const event = position > last ? log.eventAtPosition(position) : undefined;
    const key = event && systemProjections[keeper?.at ?? -1]?.keyOf(projectedEvent(event));
    if (key === undefined || key !== keeper?.key) {
      throw damaged(file, `an entry of ${chunk.stream} leads to position ${position}, where it has no event`);
    }
    last = position;
  }
}

/** For each projection how many entries the log calls for. */
function expectedEntries(log: EventLog): number[] {
  const ends = systemProjections.map(({ name }) => Number(log.about(`${name} position`) ?? -1));
  const counts = systemProjections.map(() => 0);
  let next = 0;
  for (;;) {
    const page = log.allPage('forwards', next, limits.pageEvents, limits.pageBytes);
    const newest = page.at(-1);
    if (!newest) return counts;
    for (const event of page) {
      const projected = projectable(event);
      for (const [at, { keyOf }] of projected ? systemProjections.entries() : []) {
        if (projected && event.position <= (ends[at] ?? -1) && keyOf(projected) !== undefined) {
          counts[at] = (counts[at] ?? 0) + 1;
        }
      }
    }
    next = newest.position + 1;
  }
}

const damaged = (file: string, fault: string): StorageError =>
  new StorageError('damaged', `${file} is damaged: ${fault}. Restore it from a backup.`);
