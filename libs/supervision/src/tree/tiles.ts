import { HASH_BYTES, nodeHash } from './merkle-hash.js';
import type { Subtree } from './merkle-ranges.js';

/** Hashes in a full tile (C2SP tlog-tiles), and the levels of the tree that one tile spans. */
export const TILE_WIDTH = 256;
const TILE_LEVELS = 8;

/** Tile `n` of a level: hashes of perfect subtrees of 256^level leaves, side by side. The last of a level may be short. */
export interface TilePlace {
  readonly level: number;
  readonly n: number;
}

export interface Tile extends TilePlace {
  /** Up to 256 hashes, one after the other. */
  readonly hashes: Buffer;
}

/** The tile that a perfect subtree's hash is computed from. */
export function tileOf({ level, index }: Subtree): TilePlace {
  const tileLevel = Math.floor(level / TILE_LEVELS);
  const first = index * 2 ** (level - tileLevel * TILE_LEVELS);
  return { level: tileLevel, n: Math.floor(first / TILE_WIDTH) };
}

/** Hash of a perfect subtree from its tile. */
export function hashWithin({ level, index }: Subtree, tile: Tile): Buffer {
  const height = level - tile.level * TILE_LEVELS;
  const first = (index * 2 ** height) % TILE_WIDTH;
  return perfectHash(tile.hashes, first, 2 ** height);
}

/** The root over a full tile, which stands in the tile above it. */
export function tileRoot(hashes: Buffer): Buffer {
  return perfectHash(hashes, 0, TILE_WIDTH);
}

function perfectHash(hashes: Buffer, first: number, width: number): Buffer {
  if (width === 1) return hashes.subarray(first * HASH_BYTES, (first + 1) * HASH_BYTES);
  const half = width / 2;
  return nodeHash(perfectHash(hashes, first, half), perfectHash(hashes, first + half, half));
}

/** Where a tree of some size has its last tile of each level, and how many hashes it holds there: none where it is even. */
export function rightEdge(size: number): (TilePlace & { readonly width: number })[] {
  const edge: (TilePlace & { width: number })[] = [];
  for (let [level, hashes] = [0, size]; hashes > 0; level += 1, hashes = Math.floor(hashes / TILE_WIDTH)) {
    edge.push({ level, n: Math.floor(hashes / TILE_WIDTH), width: hashes % TILE_WIDTH });
  }
  return edge;
}

/** The path of C2SP tlog-tiles: `tile/0/x001/234`, a short one with its width. */
export function tilePath({ level, n }: TilePlace, width: number): string {
  const digits = String(n).padStart(Math.ceil(String(n).length / 3) * 3, '0');
  const parts = digits.match(/\d{3}/g) ?? [];
  const name = parts.map((part, at) => (at < parts.length - 1 ? `x${part}` : part)).join('/');
  return `tile/${level}/${name}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}
