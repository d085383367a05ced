/** What a reader and a writer may observe of one stream, kept in plain fields: the yardstick for the property test. */
export class StreamModel {
  /** Ids by revision; the whole history, whether shown or not. */
  readonly ids: string[] = [];
  isTombstoned = false;
  isSoftDeleted = false;
  hasMetadata = false;
  truncateBefore = 0;
  maxCount = Infinity;

  get last(): number {
    return this.ids.length - 1;
  }

  /** The revisions a read shows; a text when it shows none. */
  read(): number[] | 'missing' | 'deleted' {
    if (this.isTombstoned) return 'deleted';
    if (this.last < 0 || this.isSoftDeleted) return 'missing';
    const first = Math.max(this.truncateBefore, this.ids.length - this.maxCount, 0);
    return this.ids.map((_, revision) => revision).filter((revision) => revision >= first);
  }

  append(
    expected: 'any' | 'no_stream' | 'stream_exists' | number,
    ids: readonly string[],
  ): number | 'wrong' | 'deleted' {
    if (this.isTombstoned) return 'deleted';
    if (expected === 'stream_exists') {
      if (this.isSoftDeleted) return 'deleted';
      if (this.last < 0 && !this.hasMetadata) return 'wrong';
    }
    if (expected === 'any' || expected === 'stream_exists') {
      if (!this.ids.includes(ids[0] ?? '')) return this.write(ids);
      return ids.every((id) => this.ids.includes(id)) ? this.ids.lastIndexOf(ids.at(-1) ?? '') : 'wrong';
    }
    const at = expected === 'no_stream' ? -1 : expected;
    if (at === this.last) return this.write(ids);
    if (at > this.last) return 'wrong';
    if (ids.every((id, index) => this.ids[at + 1 + index] === id)) return at + ids.length;
    const isNewToWriter = at === -1 && this.isSoftDeleted && this.ids[0] !== ids[0];
    return isNewToWriter ? this.write(ids) : 'wrong';
  }

  delete(): 'done' | 'wrong' | 'deleted' {
    if (this.isTombstoned) return 'deleted';
    if (this.last < 0 && !this.hasMetadata) return 'wrong';
    this.isSoftDeleted = true;
    this.hasMetadata = true;
    this.maxCount = Infinity;
    this.truncateBefore = 0;
    return 'done';
  }

  setMaxCount(maxCount: number): void {
    this.hasMetadata = true;
    this.maxCount = maxCount;
    this.truncateBefore = this.isSoftDeleted ? this.ids.length : 0;
    this.isSoftDeleted = false;
  }

  private write(ids: readonly string[]): number {
    if (this.isSoftDeleted) {
      this.isSoftDeleted = false;
      this.truncateBefore = this.ids.length;
    }
    this.ids.push(...ids);
    return this.last;
  }
}
