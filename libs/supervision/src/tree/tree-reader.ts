import { invariant } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import { HASH_BYTES } from './merkle-hash.js';
import {
  consistencyRanges,
  inclusionRanges,
  type LeafRange,
  rangeHash,
  type Subtree,
  subtreesOf,
} from './merkle-ranges.js';
import { hashWithin, type Tile, TILE_WIDTH, type TilePlace, tileOf } from './tiles.js';
import type { TreeStore } from './tree-store.js';

const keyOf = ({ level, n }: TilePlace): string => `${level}/${n}`;

/** Roots and proofs from the stored tiles: a handful of them each, fetched in one query. Full ones never change. */
export class TreeReader {
  private readonly known = new Map<string, Tile>();

  constructor(readonly store: TreeStore) {}

  /** Root of the tree's first leaves. */
  async root(size: number): Promise<Uint8Array> {
    const [root] = await this.hashes([{ from: 0, to: size }]);
    invariant(root !== undefined, 'a range has a hash');
    return root;
  }

  /** The audit path of a leaf in the tree of its first `size` leaves. */
  inclusion(leaf: number, size: number): Promise<Uint8Array[]> {
    return this.hashes(inclusionRanges(leaf, size));
  }

  /** The same for several leaves of one tree, reading every tile once. */
  async inclusions(leaves: readonly number[], size: number): Promise<Uint8Array[][]> {
    const ranges = leaves.map((leaf) => inclusionRanges(leaf, size));
    const hashes = await this.hashes(ranges.flat());
    let at = 0;
    return ranges.map(({ length }) => hashes.slice(at, (at += length)));
  }

  /** That the tree of `older` leaves is the beginning of the tree of `size`. */
  consistency(older: number, size: number): Promise<Uint8Array[]> {
    return this.hashes(consistencyRanges(older, size));
  }

  private async hashes(ranges: readonly LeafRange[]): Promise<Uint8Array[]> {
    const tiles = await this.fetch(ranges.flatMap(subtreesOf).map(tileOf));
    const hashOf = (subtree: Subtree): Uint8Array => {
      const place = tileOf(subtree);
      const tile = tiles.get(keyOf(place));
      invariant(tile !== undefined, `the tree has no tile ${keyOf(place)}`);
      return Uint8Array.from(hashWithin(subtree, tile));
    };
    return ranges.map((range) => rangeHash(range, hashOf));
  }

  private async fetch(places: readonly TilePlace[]): Promise<Map<string, Tile>> {
    const tiles = new Map<string, Tile>();
    const missing = new Map<string, TilePlace>();
    for (const place of places) {
      const known = this.known.get(keyOf(place));
      if (known === undefined) missing.set(keyOf(place), place);
      else tiles.set(keyOf(place), known);
    }
    if (missing.size === 0) return tiles;
    for (const tile of await this.store.tiles([...missing.values()])) {
      tiles.set(keyOf(tile), tile);
      if (tile.hashes.length === TILE_WIDTH * HASH_BYTES) this.keep(tile);
    }
    return tiles;
  }

  private keep(tile: Tile): void {
    const [oldest] = this.known.keys();
    if (this.known.size >= LIMITS.cachedTiles && oldest !== undefined) this.known.delete(oldest);
    this.known.set(keyOf(tile), tile);
  }
}
