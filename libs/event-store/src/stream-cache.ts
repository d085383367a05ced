/** A stream folded to its state, and how far it was read. */
export interface Loaded<State> {
  readonly state: State;
  /** Revision of the last event, -1 for a stream that does not exist. */
  readonly revision: bigint;
  /** Log position of the last event. */
  readonly position: bigint | undefined;
  /** Commands whose events were seen, the newest last. */
  readonly commands: readonly string[];
}

/** Folded streams by name; the one unused for longest goes first. */
export class StreamCache {
  private readonly entries = new Map<string, Loaded<unknown>>();

  constructor(private readonly limit: number) {}

  get(stream: string): Loaded<unknown> | undefined {
    const entry = this.entries.get(stream);
    if (entry !== undefined) {
      this.entries.delete(stream);
      this.entries.set(stream, entry);
    }
    return entry;
  }

  set(stream: string, entry: Loaded<unknown>): void {
    this.entries.delete(stream);
    this.entries.set(stream, entry);
    if (this.entries.size > this.limit) {
      const oldest = this.entries.keys().next();
      if (oldest.done !== true) this.entries.delete(oldest.value);
    }
  }

  forget(stream: string): void {
    this.entries.delete(stream);
  }
}
