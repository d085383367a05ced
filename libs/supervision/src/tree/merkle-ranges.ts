import { invariant } from '@provident/kernel';
import { EMPTY_ROOT, nodeHash } from './merkle-hash.js';

/** Leaves `from` to `to - 1`: a part of the tree that has one hash. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/** A perfect subtree: leaves `index * 2^level` to `(index + 1) * 2^level - 1`. */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** Hash of a perfect subtree, wherever it is kept. */
export type SubtreeHash = (subtree: Subtree) => Uint8Array;

/*
 * The proofs of RFC 6962, section 2.1, as the ranges of leaves whose hashes they consist of. What is kept of the tree are
 * its perfect subtrees, so a range is taken apart into them. Plain arithmetic instead of bits: a log may have more leaves
 * than 32 bits count.
 */

/** The ranges of the audit path of a leaf, from the leaf's sibling up: PATH(leaf, D[size]). */
export function inclusionRanges(leaf: number, size: number): LeafRange[] {
  invariant(leaf >= 0 && leaf < size, `leaf ${leaf} is not in a tree of ${size}`);
  const ranges: LeafRange[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from);
    if (leaf < middle) {
      ranges.unshift({ from: middle, to });
      to = middle;
    } else {
      ranges.unshift({ from, to: middle });
      from = middle;
    }
  }
  return ranges;
}

/** The ranges of the proof that the tree of `older` leaves is the beginning of that of `size`: PROOF(older, D[size]). */
export function consistencyRanges(older: number, size: number): LeafRange[] {
  invariant(older >= 0 && older <= size, `a tree of ${size} has no beginning of ${older}`);
  const ranges: LeafRange[] = [];
  if (older === 0 || older === size) return ranges;
  let [from, to] = [0, size];
  while (older < to) {
    const middle = from + largestPowerBelow(to - from);
    if (older <= middle) {
      ranges.unshift({ from: middle, to });
      to = middle;
    } else {
      ranges.unshift({ from, to: middle });
      from = middle;
    }
  }
  // The verifier knows the older root itself, so the beginning is named only where it is a part of that root.
  if (from > 0) ranges.unshift({ from, to });
  return ranges;
}

/** The perfect subtrees that a range of a proof consists of, from the left: each as large as fits. */
export function subtreesOf({ from, to }: LeafRange): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let at = from; at < to; ) {
    let [level, width] = [0, 1];
    while (width * 2 <= to - at) [level, width] = [level + 1, width * 2];
    subtrees.push({ level, index: at / width });
    at += width;
  }
  return subtrees;
}

/** Hash of a range: its perfect subtrees joined from the right. That of no leaves is the empty tree's. */
export function rangeHash(range: LeafRange, hashOf: SubtreeHash): Uint8Array {
  const peaks = subtreesOf(range).map(hashOf);
  if (peaks.length === 0) return EMPTY_ROOT;
  return peaks.reduceRight((right, left) => nodeHash(left, right));
}

/** The largest power of two smaller than a count of two or more leaves. */
function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}
