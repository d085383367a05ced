import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { limits } from '../limits.js';
import { checksumOf } from './checksum.js';
import { LogTail } from './log-tail.js';
import { StorageError } from './storage-error.js';

/** A stored event: its place and its bytes as clients receive them (event-frame.ts). */
export interface StoredEvent {
  readonly position: number;
  readonly stream: number;
  readonly revision: number;
  readonly frame: Buffer;
}

interface Row {
  position: number;
  stream: number;
  revision: number;
  checksum: number;
  frame: Uint8Array;
}

export type Direction = 'forwards' | 'backwards';

/** Rows of the log, by position and by stream. It decides nothing: expected revisions, metadata and visibility stand above it. */
export class EventLog {
  private readonly statements;
  private readonly tail = new LogTail(limits.tailBytes);

  constructor(
    private readonly database: DatabaseSync,
    private readonly file: string,
  ) {
    const prepare = (sql: string): StatementSync => database.prepare(sql);
    const columns = 'position, stream, revision, checksum, frame';
    this.statements = {
      begin: prepare('BEGIN IMMEDIATE'),
      commit: prepare('COMMIT'),
      rollback: prepare('ROLLBACK'),
      head: prepare('SELECT max(position) AS value FROM events'),
      newestEvent: prepare(`SELECT ${columns} FROM events ORDER BY position DESC LIMIT 1`),
      newestStream: prepare('SELECT max(id) AS value FROM streams'),
      streamId: prepare('SELECT id AS value FROM streams WHERE name = ?'),
      addStream: prepare('INSERT INTO streams VALUES (?, ?)'),
      lastRevision: prepare('SELECT max(revision) AS value FROM events WHERE stream = ?'),
      insert: prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?)'),
      eventAt: prepare(`SELECT ${columns} FROM events WHERE stream = ? AND revision = ?`),
      streamForwards: prepare(
        `SELECT ${columns} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
      ),
      streamBackwards: prepare(
        `SELECT ${columns} FROM events WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?`,
      ),
      allForwards: prepare(`SELECT ${columns} FROM events WHERE position >= ? ORDER BY position LIMIT ?`),
      allBackwards: prepare(`SELECT ${columns} FROM events WHERE position < ? ORDER BY position DESC LIMIT ?`),
      about: prepare('SELECT value FROM about WHERE key = ?'),
      setAbout: prepare('INSERT INTO about VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value'),
    };
  }

  /** Runs `work` as one durable transaction: on disk when this returns, or nothing of it happened. */
  transaction(work: () => void): void {
    this.statements.begin.run();
    try {
      work();
      this.statements.commit.run();
      this.tail.committed();
    } catch (error) {
      this.tail.rolledBack();
      // After a full disk SQLite may have rolled back by itself.
      if (this.database.isTransaction) this.statements.rollback.run();
      throw error;
    }
  }

  /** The newest event, which ends the log. */
  newestEvent(): StoredEvent | undefined {
    return this.firstOf(this.statements.newestEvent.all());
  }

  newestStreamId(): number {
    return this.value(this.statements.newestStream.get()) ?? 0;
  }

  streamId(name: string): number | undefined {
    return this.value(this.statements.streamId.get(name));
  }

  addStream(id: number, name: string): void {
    this.statements.addStream.run(id, name);
  }

  /** The stream's last revision, -1 when it has none. */
  lastRevision(stream: number): number {
    return this.value(this.statements.lastRevision.get(stream)) ?? -1;
  }

  insert(event: StoredEvent): void {
    const { position, stream, revision, frame } = event;
    this.statements.insert.run(position, stream, revision, checksumOf(frame, position, stream, revision), frame);
    this.tail.add(event);
  }

  eventAt(stream: number, revision: number): StoredEvent | undefined {
    return this.firstOf(this.statements.eventAt.all(stream, revision));
  }

  eventAtPosition(position: number): StoredEvent | undefined {
    const [event] = this.allPage('forwards', position, 1, 1);
    return event?.position === position ? event : undefined;
  }

  /** At most `count` events of a stream, starting with revision `from` itself. */
  streamPage(stream: number, direction: Direction, from: number, count: number, maxBytes: number): StoredEvent[] {
    const { streamForwards, streamBackwards } = this.statements;
    return this.page(
      (direction === 'forwards' ? streamForwards : streamBackwards).iterate(stream, from, count),
      maxBytes,
    );
  }

  /** At most `count` events of the whole log: forwards from `from` itself, backwards from before it. */
  allPage(direction: Direction, from: number, count: number, maxBytes: number): StoredEvent[] {
    const recent = direction === 'forwards' ? this.tail.page(from, count, maxBytes) : undefined;
    if (recent !== undefined) return recent;
    const { allForwards, allBackwards } = this.statements;
    return this.page((direction === 'forwards' ? allForwards : allBackwards).iterate(from, count), maxBytes);
  }

  about(key: string): string | undefined {
    const value = this.statements.about.get(key)?.['value'];
    return typeof value === 'string' ? value : undefined;
  }

  setAbout(key: string, value: string): void {
    this.statements.setAbout.run(key, value);
  }

  /** Takes rows until `maxBytes` are reached, and at least one, so that large events do not fill the memory. */
  private page(rows: Iterable<unknown>, maxBytes: number): StoredEvent[] {
    const events: StoredEvent[] = [];
    let bytes = 0;
    for (const row of rows) {
      const event = this.verified(row as Row);
      events.push(event);
      bytes += event.frame.length;
      if (bytes >= maxBytes) break;
    }
    return events;
  }

  private firstOf(rows: unknown[]): StoredEvent | undefined {
    return rows.length === 0 ? undefined : this.verified(rows[0] as Row);
  }

  private verified({ position, stream, revision, checksum, frame }: Row): StoredEvent {
    if (checksumOf(frame, position, stream, revision) !== checksum) {
      throw new StorageError(
        'damaged',
        `The event at position ${position} in ${this.file} is not what was written. Restore the file from a backup.`,
      );
    }
    return { position, stream, revision, frame: Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength) };
  }

  private value(row: Record<string, unknown> | undefined): number | undefined {
    const value = row?.['value'];
    return typeof value === 'number' ? value : undefined;
  }
}
