/**
 * Numbers that look random and are the same on every machine and in every run (mulberry32). Whole numbers only: what is
 * made of them are amounts and dates.
 */
export class Random {
  private state: number;

  /** Streams of different names are independent: more draws from one leave the others as they are. */
  constructor(name: string) {
    // FNV-1a over the name's UTF-16 units.
    let hash = 0x811c9dc5;
    for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
    this.state = hash >>> 0;
  }

  /** A whole number from 0 to `limit` - 1; `limit` is far below 2^32, so the bias of the remainder does not show. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  /** A whole number from the first to the second. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  /** True in so many of a thousand cases. */
  perMille(chance: number): boolean {
    return this.below(1_000) < chance;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }
}
