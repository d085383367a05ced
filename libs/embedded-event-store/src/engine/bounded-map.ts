/**
 * A map that forgets what was not used for long. It keeps two generations: what is used moves to the young one, and when that is
 * full it becomes the old one and the former old one is dropped. Nothing is ever deleted singly, because deletions at the front
 * of a large Map make every later walk over it slow.
 */
export class BoundedMap<Key, Value> {
  private young = new Map<Key, Value>();
  private old = new Map<Key, Value>();
  private youngWeight = 0;

  /** @param limit weight of all values together, at most; each weighs 1 unless said */
  constructor(
    private readonly limit: number,
    private readonly weigh: (value: Value) => number = () => 1,
  ) {}

  get(key: Key): Value | undefined {
    const value = this.young.get(key);
    if (value !== undefined) return value;
    const older = this.old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: Key, value: Value): void {
    this.young.set(key, value);
    this.grow(this.weigh(value));
  }

  /** Call when a value in the map has become heavier. */
  grow(by: number): void {
    this.youngWeight += by;
    if (this.youngWeight <= this.limit / 2) return;
    this.old = this.young;
    this.young = new Map();
    this.youngWeight = 0;
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
    this.youngWeight = 0;
  }
}
