import { SingleBar } from 'cli-progress';

/** A progress bar that shows itself only when the work takes longer than a second, and never beside --json. */
export class Progress {
  private readonly bar = new SingleBar({
    format: '{label} {bar} {value}/{total} {rate}',
    hideCursor: true,
    clearOnComplete: true,
  });
  private readonly startedAt = performance.now();
  private shown = false;

  constructor(
    private readonly label: string,
    private readonly quiet: boolean,
  ) {}

  /** `total` may be unknown at first; then the bar shows how much is done. `rate` is a text such as `9000/s`. */
  at(done: number, total: number = done, rate = ''): void {
    if (this.quiet || !process.stderr.isTTY || performance.now() - this.startedAt < 1_000) return;
    if (!this.shown) {
      this.bar.start(total, done, { label: this.label, rate });
      this.shown = true;
    }
    this.bar.setTotal(Math.max(total, done));
    this.bar.update(done, { rate });
  }

  end(): void {
    if (this.shown) this.bar.stop();
  }
}
