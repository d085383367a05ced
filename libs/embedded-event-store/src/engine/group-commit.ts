import { explainSqliteError } from '../storage/storage-error.js';
import type { EventLog } from '../storage/event-log.js';

interface Job {
  run(): void;
  settle(): void;
  fail(error: unknown): void;
}

/**
 * Writes that arrive in the same turn of the event loop share one transaction, and each is answered after it is on disk. Under
 * load a turn gathers many of them, so that the cost of reaching the disk is shared; alone, a write waits for no other.
 */
export class GroupCommit {
  private waiting: Job[] = [];
  private isScheduled = false;

  constructor(
    private readonly log: EventLog,
    private readonly file: string,
    private readonly onCommitted: () => void,
    private readonly onRolledBack: () => void,
  ) {}

  /** Runs `work` inside the next transaction and resolves with its result once that is durable. */
  submit<Result>(work: () => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      let result: Result;
      this.waiting.push({
        run: () => {
          result = work();
        },
        settle: () => resolve(result),
        fail: reject,
      });
      this.schedule();
    });
  }

  /** Commits what waits now, without waiting for the turn to end. */
  flush(): void {
    const jobs = this.waiting;
    if (jobs.length === 0) return;
    this.waiting = [];
    try {
      this.log.transaction(() => {
        for (const job of jobs) job.run();
      });
    } catch (error) {
      this.onRolledBack();
      const reason = explainSqliteError(error, this.file);
      for (const job of jobs) job.fail(reason);
      return;
    }
    for (const job of jobs) job.settle();
    this.onCommitted();
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.flush();
    });
  }
}
