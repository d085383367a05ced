import { EMPTY_ROOT, nodeHash } from '../tree/merkle-hash.js';

interface Peak {
  readonly level: number;
  readonly hash: Buffer;
}

/**
 * A tree as small as it can be kept: the hashes of its perfect subtrees from the left, the largest first. Enough to append
 * leaves and to tell the root, and short enough to stand in a manifest.
 */
export class Peaks {
  private readonly peaks: Peak[] = [];
  private leaves = 0;

  /** Continues a tree of this size. Throws `RangeError` when these cannot be its peaks. */
  static of(size: number, hashes: readonly Buffer[] = []): Peaks {
    const peaks = new Peaks();
    for (let [rest, level] = [size, Math.floor(Math.log2(Math.max(size, 1)))]; rest > 0; level -= 1) {
      if (rest < 2 ** level) continue;
      const hash = hashes[peaks.peaks.length];
      if (hash === undefined) throw new RangeError(`A tree of ${size} has more peaks than ${hashes.length}.`);
      peaks.peaks.push({ level, hash });
      rest -= 2 ** level;
    }
    if (peaks.peaks.length !== hashes.length)
      throw new RangeError(`A tree of ${size} has ${peaks.peaks.length} peaks.`);
    peaks.leaves = size;
    return peaks;
  }

  get size(): number {
    return this.leaves;
  }

  get hashes(): readonly Buffer[] {
    return this.peaks.map(({ hash }) => hash);
  }

  append(leaf: Buffer): void {
    this.leaves += 1;
    let peak: Peak = { level: 0, hash: leaf };
    for (let left = this.peaks.at(-1); left?.level === peak.level; left = this.peaks.at(-1)) {
      this.peaks.pop();
      peak = { level: peak.level + 1, hash: nodeHash(left.hash, peak.hash) };
    }
    this.peaks.push(peak);
  }

  /** Hash over all leaves (RFC 6962, MTH). */
  root(): Buffer {
    const hashes = this.hashes;
    return hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}
