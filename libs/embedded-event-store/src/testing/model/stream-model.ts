/** What a writer expects of the stream. */
export type Expectation = 'any' | 'no_stream' | 'stream_exists' | number;

/** A write as its caller sees it. `entry` is the place in the model's log of the last event that the answer is about. */
export type ModelOutcome =
  | { readonly kind: 'done'; readonly last: number; readonly entry: number }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'deleted' };

export type MetadataJson = Readonly<Record<string, unknown>>;

/** An event in the model's log. `id` is undefined for what the server itself writes. */
export interface Entry {
  readonly stream: string;
  readonly revision: number;
  readonly id: number | undefined;
  /** Learned from the server when it first tells it, and held against it ever after. */
  position?: bigint;
}

/** The revision a tombstone shows, as far as a double can tell. */
export const TOMBSTONE_REVISION = Number(9_223_372_036_854_775_807n);
const SOFT_DELETE: MetadataJson = { $tb: TOMBSTONE_REVISION };

/** What a reader and a writer may observe of one stream, kept in plain fields: the yardstick for the property test. */
export class StreamModel {
  /** Ids by revision; the whole history, whether shown or not. */
  readonly ids: number[] = [];
  /** Places in the log by revision. */
  readonly entries: number[] = [];
  isTombstoned = false;
  metadata: MetadataJson | undefined;
  metadataRevision = -1;

  /** @param note adds an entry to the log and returns its place */
  constructor(
    readonly name: string,
    private readonly note: (entry: Entry) => number,
  ) {}

  get last(): number {
    return this.ids.length - 1;
  }

  get isSoftDeleted(): boolean {
    return this.number('$tb') >= Number.MAX_SAFE_INTEGER;
  }

  /** The first revision that reads show; above `last` when they show none. */
  get first(): number {
    const maxCount = this.number('$maxCount');
    return Math.max(this.number('$tb'), maxCount > 0 ? this.ids.length - maxCount : 0);
  }

  /** Why a read answers no events at all. */
  get absence(): 'missing' | 'deleted' | undefined {
    if (this.isTombstoned) return 'deleted';
    return this.last < 0 || this.isSoftDeleted ? 'missing' : undefined;
  }

  /** Revisions from `from` on that reads show. */
  shownFrom(from: number): number[] {
    const first = Math.max(from, this.first);
    return first > this.last ? [] : Array.from({ length: this.last - first + 1 }, (_, index) => first + index);
  }

  append(expected: Expectation, ids: readonly number[]): ModelOutcome {
    const decision = this.decide(expected, ids);
    if (decision === 'wrong' || decision === 'deleted') return { kind: decision };
    if (decision === 'write') return this.write(ids);
    return { kind: 'done', last: decision, entry: this.entries[decision] ?? -1 };
  }

  delete(expected: Expectation): ModelOutcome {
    if (!this.isTombstoned && expected === 'any' && this.last < 0 && this.metadataRevision < 0)
      return { kind: 'wrong' };
    const decision = this.decide(expected, []);
    if (decision !== 'write') return { kind: decision === 'deleted' ? 'deleted' : 'wrong' };
    return { kind: 'done', last: this.last, entry: this.noteMetadata(SOFT_DELETE) };
  }

  tombstone(expected: Expectation): ModelOutcome {
    const decision = this.decide(expected, []);
    if (decision !== 'write') return { kind: decision === 'deleted' ? 'deleted' : 'wrong' };
    this.isTombstoned = true;
    return { kind: 'done', last: this.last, entry: this.noteEvent(TOMBSTONE_REVISION, undefined) };
  }

  /** Writing metadata also brings a softly deleted stream back, showing what is written from now on. */
  setMetadata(json: MetadataJson): ModelOutcome {
    if (this.isTombstoned) return { kind: 'deleted' };
    const { isSoftDeleted } = this;
    const entry = this.noteMetadata(json);
    const last = this.metadataRevision;
    if (isSoftDeleted) this.noteMetadata({ ...json, $tb: this.ids.length });
    return { kind: 'done', last, entry };
  }

  private decide(expected: Expectation, ids: readonly number[]): 'write' | 'wrong' | 'deleted' | number {
    if (this.isTombstoned) return 'deleted';
    if (expected === 'stream_exists') {
      if (this.isSoftDeleted) return 'deleted';
      if (this.last < 0 && this.metadataRevision < 0) return 'wrong';
    }
    if (expected === 'any' || expected === 'stream_exists') {
      const [first] = ids;
      if (first === undefined || !this.ids.includes(first)) return 'write';
      return ids.every((id) => this.ids.includes(id)) ? this.ids.lastIndexOf(ids.at(-1) ?? -1) : 'wrong';
    }
    const at = expected === 'no_stream' ? -1 : expected;
    if (at === this.last) return 'write';
    if (at > this.last) return 'wrong';
    if (ids.length > 0 && ids.every((id, index) => this.ids[at + 1 + index] === id)) return at + ids.length;
    // A softly deleted stream counts as missing for a writer that expects none.
    return at === -1 && this.isSoftDeleted && this.ids[0] !== ids[0] ? 'write' : 'wrong';
  }

  private write(ids: readonly number[]): ModelOutcome {
    const { isSoftDeleted, metadata } = this;
    const first = this.ids.length;
    for (const id of ids) {
      this.entries.push(this.noteEvent(this.ids.length, id));
      this.ids.push(id);
    }
    if (isSoftDeleted) this.noteMetadata({ ...metadata, $tb: first });
    return { kind: 'done', last: this.last, entry: this.entries.at(-1) ?? -1 };
  }

  private noteEvent(revision: number, id: number | undefined): number {
    return this.note({ stream: this.name, revision, id });
  }

  private noteMetadata(json: MetadataJson): number {
    this.metadata = json;
    this.metadataRevision += 1;
    return this.note({ stream: `$$${this.name}`, revision: this.metadataRevision, id: undefined });
  }

  private number(key: string): number {
    const value = this.metadata?.[key];
    return typeof value === 'number' ? value : 0;
  }
}
