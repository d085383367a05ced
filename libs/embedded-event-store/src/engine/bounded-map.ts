/** A map that forgets what was not used for longest when its weight exceeds the limit. Each entry weighs 1 unless said. */
export class BoundedMap<Key, Value> {
  private readonly entries = new Map<Key, Value>();
  private total = 0;

  constructor(
    private readonly limit: number,
    private readonly weigh: (value: Value) => number = () => 1,
  ) {}

  get(key: Key): Value | undefined {
    const value = this.entries.get(key);
    if (value === undefined) return undefined;
    // Behind the newest again: a Map keeps the order of insertion.
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    const before = this.entries.get(key);
    if (before !== undefined) this.delete(key);
    this.entries.set(key, value);
    this.total += this.weigh(value);
    for (const oldest of this.entries.keys()) {
      if (this.total <= this.limit || oldest === key) break;
      this.delete(oldest);
    }
  }

  /** Call when a value in the map has grown by so much. */
  grow(by: number): void {
    this.total += by;
  }

  clear(): void {
    this.entries.clear();
    this.total = 0;
  }

  private delete(key: Key): void {
    const value = this.entries.get(key);
    if (value === undefined) return;
    this.total -= this.weigh(value);
    this.entries.delete(key);
  }
}
