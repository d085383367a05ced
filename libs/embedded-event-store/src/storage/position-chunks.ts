import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { readVarint, varintSize, writeVarint } from '../protocol/varint.js';
import { StorageError } from './storage-error.js';

/** Entries of a full chunk. The number of a chunk's first entry is always a multiple of it. */
export const CHUNK_ENTRIES = 256;

export interface Chunk {
  /** Number of its first entry. */
  readonly first: number;
  /** Positions of events, ascending. */
  readonly positions: number[];
}

/**
 * For each derived stream the positions of the events its entries come from, in chunks: small rows for what would otherwise be
 * a stored event each. They can always be made again from the log.
 */
export class PositionChunks {
  private readonly statements: { newest: StatementSync; at: StatementSync; put: StatementSync; all: StatementSync };

  constructor(
    database: DatabaseSync,
    private readonly file: string,
  ) {
    const columns = 'stream, first, checksum, positions';
    this.statements = {
      newest: database.prepare(`SELECT ${columns} FROM derived WHERE stream = ? ORDER BY first DESC LIMIT 1`),
      at: database.prepare(`SELECT ${columns} FROM derived WHERE stream = ? AND first = ?`),
      put: database.prepare('INSERT OR REPLACE INTO derived VALUES (?, ?, ?, ?)'),
      all: database.prepare(`SELECT ${columns} FROM derived ORDER BY stream, first`),
    };
  }

  newest(stream: string): Chunk | undefined {
    return this.decode(this.statements.newest.get(stream));
  }

  /** The chunk that begins with number `first`. */
  at(stream: string, first: number): Chunk | undefined {
    return this.decode(this.statements.at.get(stream, first));
  }

  /** Every chunk, stream by stream in their order. */
  *all(): Generator<Chunk & { readonly stream: string }> {
    for (const row of this.statements.all.iterate()) {
      const chunk = this.decode(row);
      if (chunk) yield { stream: String(row['stream']), ...chunk };
    }
  }

  put(stream: string, first: number, positions: readonly number[]): void {
    let before = 0;
    let size = 0;
    for (const position of positions) {
      size += varintSize(position - before);
      before = position;
    }
    const bytes = Buffer.allocUnsafe(size);
    before = 0;
    let at = 0;
    for (const position of positions) {
      at = writeVarint(bytes, at, position - before);
      before = position;
    }
    this.statements.put.run(stream, first, crc32(bytes, crc32(stream, first)), bytes);
  }

  private decode(row: Record<string, unknown> | undefined): Chunk | undefined {
    if (!row) return undefined;
    const { stream, first, checksum, positions: bytes } = row;
    if (typeof stream !== 'string' || typeof first !== 'number' || !(bytes instanceof Uint8Array)) {
      throw this.damaged(String(stream));
    }
    if (crc32(bytes, crc32(stream, first)) !== checksum) throw this.damaged(stream);
    const positions: number[] = [];
    let position = 0;
    for (let at = 0; at < bytes.length; ) {
      const { value, end } = readVarint(bytes, at);
      position += value;
      positions.push(position);
      at = end;
    }
    return { first, positions };
  }

  private damaged(stream: string): StorageError {
    return new StorageError(
      'damaged',
      `The index of the derived stream ${stream} in ${this.file} is not what was written. Restore the file from a backup.`,
    );
  }
}

/** Makes the table in a log that has none yet. Versions that do not know it leave it alone, and it catches up after them. */
export function prepareChunks(database: DatabaseSync): void {
  database.exec(`CREATE TABLE IF NOT EXISTS derived (
    stream TEXT NOT NULL, first INTEGER NOT NULL, checksum INTEGER NOT NULL, positions BLOB NOT NULL,
    PRIMARY KEY (stream, first)) STRICT, WITHOUT ROWID`);
}

export const hasChunks = (database: DatabaseSync): boolean =>
  database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'derived'`).get() !== undefined;
