import { CHUNK_ENTRIES, type PositionChunks } from '../storage/position-chunks.js';
import { limits } from '../limits.js';

/** The end of one derived stream: entries from `first` on, a multiple of the chunk size, and how many of them are on disk. */
interface OpenStream {
  readonly name: string;
  first: number;
  positions: number[];
  isDirty: boolean;
}

/**
 * Which events the entries of derived streams come from: by name and number the event's position. New entries are kept in
 * memory and written many at a time; what a crash takes from the memory is found again in the log.
 */
export class DerivedIndex {
  private readonly open = new Map<string, OpenStream>();
  private readonly dirty = new Set<OpenStream>();
  private unwritten = 0;

  constructor(private readonly chunks: PositionChunks) {}

  /** Entries that are in memory only. */
  get unwrittenEntries(): number {
    return this.unwritten;
  }

  add(name: string, position: number): void {
    const stream = this.open.get(name) ?? this.load(name);
    stream.positions.push(position);
    this.unwritten += 1;
    if (!stream.isDirty) {
      stream.isDirty = true;
      this.dirty.add(stream);
    }
  }

  /** Number of the last entry, -1 for none. */
  lastOf(name: string): number {
    const stream = this.open.get(name);
    if (stream) return stream.first + stream.positions.length - 1;
    const chunk = this.chunks.newest(name);
    return chunk ? chunk.first + chunk.positions.length - 1 : -1;
  }

  /** Positions of at most `count` entries from number `from` on. */
  positionsOf(name: string, from: number, count: number): number[] {
    const found: number[] = [];
    const stream = this.open.get(name);
    let number = from;
    while (found.length < count) {
      const first = number - (number % CHUNK_ENTRIES);
      const chunk = stream && number >= stream.first ? stream : this.chunks.at(name, first);
      if (!chunk) break;
      const begin = number - chunk.first;
      const taken = chunk.positions.slice(begin, begin + count - found.length);
      if (taken.length === 0) break;
      found.push(...taken);
      number += taken.length;
    }
    return found;
  }

  /** Writes what is in memory only. Inside a transaction. */
  write(): void {
    for (const stream of this.dirty) {
      const { name, first, positions } = stream;
      for (let at = 0; at < positions.length; at += CHUNK_ENTRIES) {
        this.chunks.put(name, first + at, positions.slice(at, at + CHUNK_ENTRIES));
      }
      const full = positions.length - (positions.length % CHUNK_ENTRIES);
      stream.first += full;
      stream.positions = positions.slice(full);
      stream.isDirty = false;
    }
    this.dirty.clear();
    this.unwritten = 0;
    if (this.open.size > limits.openDerivedStreams) this.open.clear();
  }

  /** Goes back to what is on disk. */
  forget(): void {
    this.open.clear();
    this.dirty.clear();
    this.unwritten = 0;
  }

  private load(name: string): OpenStream {
    const newest = this.chunks.newest(name);
    const isFull = newest?.positions.length === CHUNK_ENTRIES;
    const first = newest ? newest.first + (isFull ? CHUNK_ENTRIES : 0) : 0;
    const stream = { name, first, positions: newest && !isFull ? newest.positions : [], isDirty: false };
    this.open.set(name, stream);
    return stream;
  }
}
