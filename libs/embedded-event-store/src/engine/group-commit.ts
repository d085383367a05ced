import { limits } from '../limits.js';
import type { EventLog } from '../storage/event-log.js';
import { explainSqliteError } from '../storage/storage-error.js';

interface Job {
  run(): void;
  settle(): void;
  fail(error: unknown): void;
}

/**
 * Writes that arrive together share one transaction, and each is answered after it is on disk. A write alone waits for no
 * other. While several come at a time, they are gathered for as long as the last commit took: the disk then gets half of the
 * time, the network the other half, and each commit carries the more writes the slower the disk is.
 */
export class GroupCommit {
  private waiting: Job[] = [];
  private scheduled: { cancel(): void } | undefined;
  private lastCommit = { jobs: 0, ms: 0 };

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
    this.scheduled?.cancel();
    this.scheduled = undefined;
    const jobs = this.waiting;
    if (jobs.length === 0) return;
    this.waiting = [];
    const startedAt = performance.now();
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
    this.lastCommit = { jobs: jobs.length, ms: performance.now() - startedAt };
    for (const job of jobs) job.settle();
    this.onCommitted();
  }

  private schedule(): void {
    if (this.waiting.length >= limits.commitWrites) this.scheduled?.cancel();
    else if (this.scheduled !== undefined) return;
    const gatherMs = this.lastCommit.jobs > 1 ? Math.min(this.lastCommit.ms, limits.commitGatherMs) : 0;
    if (gatherMs < 1 || this.waiting.length >= limits.commitWrites) {
      const immediate = setImmediate(() => this.flush());
      this.scheduled = { cancel: () => clearImmediate(immediate) };
    } else {
      const timeout = setTimeout(() => this.flush(), gatherMs);
      this.scheduled = { cancel: () => clearTimeout(timeout) };
    }
  }
}
