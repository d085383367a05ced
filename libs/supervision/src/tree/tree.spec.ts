import { hash } from 'node:crypto';
import { checkConsistency, checkInclusion, NotProven, sha256 } from '#verifier';
import fc from 'fast-check';
import { naiveConsistency, naivePath, naiveRoot } from '../testing/naive-tree.js';
import { Frontier } from './frontier.js';
import { leafHash } from './merkle-hash.js';
import { consistencyRanges, inclusionRanges, type LeafRange, rangeHash, type Subtree } from './merkle-ranges.js';
import { hashWithin, rightEdge, type Tile, TILE_WIDTH, tileOf, tilePath } from './tiles.js';
import vectors from '../testing/rfc6962-vectors.json';

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** A tree of numbered leaves as the tiles that the frontier gave out, in chunks as batches of a log are. */
function tiled(leaves: readonly Uint8Array[], chunk: number): { root: Uint8Array; tiles: Map<string, Tile> } {
  const tiles = new Map<string, Tile>();
  let frontier = new Frontier();
  leaves.forEach((leaf, at) => {
    frontier.append(leaf);
    if ((at + 1) % chunk !== 0 && at + 1 < leaves.length) return;
    for (const tile of frontier.take()) tiles.set(`${tile.level}/${tile.n}`, tile);
    // As after a restart.
    frontier = new Frontier(at + 1, [...tiles.values()]);
  });
  return { root: frontier.root(), tiles };
}

/** Hashes of perfect subtrees, each computed once. */
function reader(tiles: Map<string, Tile>): (subtree: Subtree) => Buffer {
  const known = new Map<number, Buffer>();
  return (subtree) => {
    const key = subtree.index * 64 + subtree.level;
    const { level, n } = tileOf(subtree);
    const hash = known.get(key) ?? hashWithin(subtree, tiles.get(`${level}/${n}`)!);
    known.set(key, hash);
    return hash;
  };
}

function hashesOf(ranges: readonly LeafRange[], hashOf: (subtree: Subtree) => Buffer): Uint8Array[] {
  return ranges.map((range) => rangeHash(range, hashOf));
}

const numbered = (count: number): Buffer[] => Array.from({ length: count }, (_, at) => leafHash(`leaf ${at}`));

describe('the published vectors of RFC 6962', () => {
  const leaves = vectors.leaves.map((each) => leafHash(bytes(each)));

  it.each(vectors.roots.map((root, size) => ({ size, root })))('root of $size leaves', ({ size, root }) => {
    const frontier = new Frontier();
    for (const leaf of leaves.slice(0, size)) frontier.append(leaf);
    expect(Buffer.from(frontier.root()).toString('hex')).toBe(root);
  });

  it.each(vectors.inclusion)('inclusion of leaf $leaf in $size', ({ leaf, size, path }) => {
    const { tiles } = tiled(leaves.slice(0, size), 3);
    const ours = hashesOf(inclusionRanges(leaf, size), reader(tiles)).map((each) => Buffer.from(each).toString('hex'));
    expect(ours).toEqual(path);
    checkInclusion(BigInt(leaf), BigInt(size), leaves[leaf]!, path.map(bytes), bytes(vectors.roots[size]!));
  });

  it.each(vectors.consistency)('consistency of $older with $size', ({ older, size, path }) => {
    const { tiles } = tiled(leaves.slice(0, size), 3);
    const ours = hashesOf(consistencyRanges(older, size), reader(tiles)).map((each) =>
      Buffer.from(each).toString('hex'),
    );
    expect(ours).toEqual(path);
    const [olderRoot, root] = [vectors.roots[older]!, vectors.roots[size]!];
    checkConsistency(BigInt(older), BigInt(size), path.map(bytes), bytes(olderRoot), bytes(root));
  });
});

describe('the tree', () => {
  const LARGEST = 300;
  const leaves = numbered(LARGEST);
  const tiles = reader(tiled(leaves, 64).tiles);
  const rootOf = (size: number): Uint8Array => hashesOf([{ from: 0, to: size }], tiles)[0]!;
  const roots = Array.from({ length: LARGEST + 1 }, (_, size) => rootOf(size));

  it(`proves the consistency of all pairs m <= n <= ${LARGEST}`, () => {
    for (let size = 0; size <= LARGEST; size += 1) {
      for (let older = 0; older <= size; older += 1) {
        const path = hashesOf(consistencyRanges(older, size), tiles);
        checkConsistency(BigInt(older), BigInt(size), path, roots[older]!, roots[size]!);
      }
    }
  });

  it(`proves every leaf in every tree of up to ${LARGEST}`, () => {
    for (let size = 1; size <= LARGEST; size += 1) {
      for (let leaf = 0; leaf < size; leaf += 1) {
        const path = hashesOf(inclusionRanges(leaf, size), tiles);
        checkInclusion(BigInt(leaf), BigInt(size), leaves[leaf]!, path, roots[size]!);
      }
    }
  });

  it('refuses a proof for another leaf, another size, another root, a hash more or less', () => {
    const path = hashesOf(inclusionRanges(77, 200), tiles);
    const [leaf, root] = [leaves[77]!, roots[200]!];
    const refused = (run: () => void): void => expect(run).toThrow(NotProven);
    refused(() => checkInclusion(76n, 200n, leaf, path, root));
    refused(() => checkInclusion(77n, 100n, leaf, path, root));
    refused(() => checkInclusion(77n, 200n, leaves[78]!, path, root));
    refused(() => checkInclusion(77n, 200n, leaf, path, roots[199]!));
    refused(() => checkInclusion(77n, 200n, leaf, path.slice(1), root));
    refused(() => checkInclusion(77n, 200n, leaf, [...path, leaf], root));
    const between = hashesOf(consistencyRanges(77, 200), tiles);
    refused(() => checkConsistency(77n, 200n, between, roots[76]!, root));
    refused(() => checkConsistency(77n, 200n, between, roots[77]!, roots[201]!));
    refused(() => checkConsistency(77n, 200n, between.slice(0, -1), roots[77]!, root));
    refused(() => checkConsistency(77n, 200n, [...between, leaf], roots[77]!, root));
    refused(() => checkConsistency(200n, 77n, between, roots[200]!, roots[77]!));
  });

  it('is the tree that the RFC defines, however it was cut into batches and restarted', () => {
    const pool = numbered(1_500);
    fc.assert(
      fc.property(
        fc.nat({ max: 1_400 }),
        fc.integer({ min: 1, max: 700 }),
        fc.nat(),
        fc.nat(),
        (count, chunk, a, b) => {
          const some = pool.slice(0, count + 1);
          const made = tiled(some, chunk);
          expect(Buffer.from(made.root)).toEqual(Buffer.from(naiveRoot(some)));
          const size = (a % some.length) + 1;
          const [leaf, older] = [b % size, b % (size + 1)];
          const part = some.slice(0, size);
          expect(hashesOf(inclusionRanges(leaf, size), reader(made.tiles))).toEqual(naivePath(leaf, part));
          expect(hashesOf(consistencyRanges(older, size), reader(made.tiles))).toEqual(naiveConsistency(older, part));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has the tiles of C2SP tlog-tiles', () => {
    // The specification's own example: a tree of 70,000.
    expect(rightEdge(70_000)).toEqual([
      { level: 0, n: 273, width: 112 },
      { level: 1, n: 1, width: 17 },
      { level: 2, n: 0, width: 1 },
    ]);
    expect(rightEdge(256)).toEqual([
      { level: 0, n: 1, width: 0 },
      { level: 1, n: 0, width: 1 },
    ]);
    expect(tilePath({ level: 0, n: 1_234_067 }, TILE_WIDTH)).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 1, n: 0 }, 17)).toBe('tile/1/000.p/17');
  });
});

describe('the verifier’s own SHA-256', () => {
  it('is SHA-256 for every length around its blocks', () => {
    for (let length = 0; length <= 200; length += 1) {
      const data = Buffer.alloc(length, length);
      expect(Buffer.from(sha256(data))).toEqual(hash('sha256', data, 'buffer'));
    }
  });
});
