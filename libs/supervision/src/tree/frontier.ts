import { invariant } from '@provident/kernel';
import { HASH_BYTES } from './merkle-hash.js';
import { rangeHash } from './merkle-ranges.js';
import { hashWithin, rightEdge, type Tile, TILE_WIDTH, tileOf, tileRoot } from './tiles.js';

const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

/** The last tile of a level, with room for its missing hashes. */
interface Edge {
  readonly n: number;
  readonly bytes: Buffer;
  readonly width: number;
}

/**
 * The right edge of the tree in memory: all that is needed to append leaves and to tell the root. It grows with the
 * logarithm of the log. What was appended since the last `take` comes out as tiles to be stored.
 */
export class Frontier {
  private readonly levels: Edge[] = [];
  private finished: Tile[] = [];
  private readonly changed = new Set<number>();
  private leaves: number;

  /** Continues a tree of this size, given its short tiles. */
  constructor(size = 0, edge: readonly Tile[] = []) {
    this.leaves = size;
    for (const { level, n, width } of rightEdge(size)) {
      const bytes = Buffer.alloc(TILE_BYTES);
      if (width > 0) {
        const tile = edge.find((each) => each.level === level && each.n === n);
        invariant((tile?.hashes.length ?? 0) >= width * HASH_BYTES, `the tree has no tile ${level}/${n} of ${width}`);
        tile?.hashes.copy(bytes, 0, 0, width * HASH_BYTES);
      }
      this.levels.push({ n, bytes, width });
    }
  }

  get size(): number {
    return this.leaves;
  }

  append(leafHash: Uint8Array): void {
    this.leaves += 1;
    this.push(0, leafHash);
  }

  /** Hash over all leaves. */
  root(): Uint8Array {
    return rangeHash({ from: 0, to: this.leaves }, (subtree) => {
      const { level, n } = tileOf(subtree);
      return hashWithin(subtree, { level, n, hashes: this.edge(level).bytes });
    });
  }

  /** The tiles that changed since the last call, full ones and short ones. */
  take(): readonly Tile[] {
    const tiles = this.finished;
    this.finished = [];
    for (const level of this.changed) {
      const { n, bytes, width } = this.edge(level);
      if (width > 0) tiles.push({ level, n, hashes: Buffer.from(bytes.subarray(0, width * HASH_BYTES)) });
    }
    this.changed.clear();
    return tiles;
  }

  private push(level: number, hash: Uint8Array): void {
    const { n, bytes, width } = this.edge(level);
    bytes.set(hash, width * HASH_BYTES);
    this.changed.add(level);
    if (width + 1 < TILE_WIDTH) {
      this.levels[level] = { n, bytes, width: width + 1 };
      return;
    }
    this.finished.push({ level, n, hashes: bytes });
    this.levels[level] = { n: n + 1, bytes: Buffer.alloc(TILE_BYTES), width: 0 };
    this.push(level + 1, tileRoot(bytes));
  }

  private edge(level: number): Edge {
    return (this.levels[level] ??= { n: 0, bytes: Buffer.alloc(TILE_BYTES), width: 0 });
  }
}
