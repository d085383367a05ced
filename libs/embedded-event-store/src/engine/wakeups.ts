/** Tells a reader that waits at the end of a stream, or of the log, that there may be more. Rings are remembered, not counted. */
export class Doorbell {
  private hasRung = false;
  private waiter: (() => void) | undefined;

  ring(): void {
    this.hasRung = true;
    this.waiter?.();
  }

  /** Resolves at once when it rang since the last wait. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      const answer = (): void => {
        this.hasRung = false;
        this.waiter = undefined;
        resolve();
      };
      if (this.hasRung) answer();
      else this.waiter = answer;
    });
  }
}

/** The doorbells of all waiting readers: one key for each stream, and one for the whole log. */
export class Wakeups {
  static readonly wholeLog = Symbol('whole log');
  private readonly bells = new Map<string | symbol, Set<Doorbell>>();

  attach(key: string | symbol, bell: Doorbell): void {
    const bells = this.bells.get(key);
    if (bells) bells.add(bell);
    else this.bells.set(key, new Set([bell]));
  }

  detach(key: string | symbol, bell: Doorbell): void {
    const bells = this.bells.get(key);
    bells?.delete(bell);
    if (bells?.size === 0) this.bells.delete(key);
  }

  ring(streams: ReadonlySet<string>): void {
    if (streams.size === 0) return;
    for (const stream of streams) this.ringKey(stream);
    this.ringKey(Wakeups.wholeLog);
  }

  private ringKey(key: string | symbol): void {
    for (const bell of this.bells.get(key) ?? []) bell.ring();
  }
}
