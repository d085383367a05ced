import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { namesOf } from '../protocol/event-frame.js';
import { limits } from '../limits.js';
import type { EventLog, StoredEvent } from './event-log.js';
import { StorageError } from './storage-error.js';

/** Counts of a log that was read completely. */
export interface Verified {
  readonly events: number;
  readonly streams: number;
}

/**
 * Reads everything: the structure of the file, the checksum of every event, that its name is its stream's, and that the
 * revisions of each stream have no gap. @throws StorageError `damaged` with the first fault
 */
export function verifyLog(database: DatabaseSync, log: EventLog, file: string): Verified {
  verifyStructure(database, file);
  let events = 0;
  let next = 0;
  for (;;) {
    const page = log.allPage('forwards', next, limits.pageEvents, limits.pageBytes);
    for (const event of page) verifyName(log, event, file);
    events += page.length;
    const newest = page.at(-1);
    if (!newest) break;
    next = newest.position + 1;
  }
  return { events, streams: verifyRevisions(database, file) };
}

/** What a start can afford: all of a small file's structure, and the newest events, where a crash would have left its marks. */
export function verifyAtStart(database: DatabaseSync, log: EventLog, file: string): void {
  if (statSync(file).size <= limits.fullCheckAtStartBytes) verifyStructure(database, file);
  let before = Number.MAX_SAFE_INTEGER;
  let checked = 0;
  while (checked < limits.newestEventsCheckedAtStart) {
    const page = log.allPage('backwards', before, limits.pageEvents, limits.pageBytes);
    const oldest = page.at(-1);
    if (!oldest) return;
    before = oldest.position;
    checked += page.length;
  }
}

function verifyStructure(database: DatabaseSync, file: string): void {
  const [first] = database.prepare('PRAGMA quick_check(1)').all();
  const verdict = first?.['quick_check'];
  if (verdict !== 'ok') throw damaged(file, String(verdict));
}

function verifyName(log: EventLog, event: StoredEvent, file: string): void {
  const { stream } = namesOf(event.frame);
  if (log.streamId(stream) !== event.stream) {
    throw damaged(file, `the event at position ${event.position} is filed under another stream than '${stream}'`);
  }
}

function verifyRevisions(database: DatabaseSync, file: string): number {
  // A tombstone has the highest revision and stands apart from the row of the others.
  const rows = database.prepare(`
    SELECT stream, count(*) AS events, max(revision) AS last, min(revision) AS first FROM events
    WHERE revision < ${Number.MAX_SAFE_INTEGER} GROUP BY stream`);
  let streams = 0;
  for (const { stream, events, first, last } of rows.iterate()) {
    streams += 1;
    if (first !== 0 || Number(last) + 1 !== events) {
      throw damaged(file, `stream ${String(stream)} has ${String(events)} events up to revision ${String(last)}`);
    }
  }
  return streams;
}

const damaged = (file: string, fault: string): StorageError =>
  new StorageError('damaged', `${file} is damaged: ${fault}. Restore it from a backup.`);
