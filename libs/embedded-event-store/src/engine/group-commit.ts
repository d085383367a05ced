import { limits } from '../limits.js';
import type { DiskSync } from '../storage/disk-sync.js';
import type { EventLog } from '../storage/event-log.js';
import { explainSqliteError, StorageError } from '../storage/storage-error.js';

interface Job {
  run(): void;
  settle(): void;
  fail(error: unknown): void;
}

/** What happens around a commit. */
export interface CommitListener {
  /** Last step inside the transaction. */
  onCommitting(): void;
  /** The commit is on disk. */
  onCommitted(): void;
  /** Nothing of the transaction happened. */
  onRolledBack(): void;
}

/** A commit on its way to the disk. */
interface UnderWay {
  readonly jobs: readonly Job[];
  readonly settled: Promise<void>;
}

/**
 * Writes that arrive together share one transaction, and each is answered after it is on disk. While a commit is on its way to
 * the disk the next writes are gathered and readers wait, so nobody sees what a power cut could still take back.
 */
export class GroupCommit {
  private waiting: Job[] = [];
  private scheduled: NodeJS.Immediate | undefined;
  private underWay: UnderWay | undefined;
  /** Set when the disk failed to take a commit: what is on it is unknown, so nothing is read or written any more. */
  private broken: StorageError | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly disk: DiskSync,
    private readonly file: string,
    private readonly listener: CommitListener,
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

  /** Resolves when everything that is committed is on disk. Readers wait for it before each look at the log. */
  async settled(): Promise<void> {
    await this.underWay?.settled;
    if (this.broken) throw this.broken;
  }

  /** Commits what waits now and brings it to the disk, without letting anything else happen in between. */
  flush(): void {
    if (this.underWay) this.finishNow(this.underWay.jobs);
    while (this.waiting.length > 0) {
      const jobs = this.commit();
      if (jobs) this.finishNow(jobs);
    }
  }

  private schedule(): void {
    if (this.underWay || this.scheduled !== undefined || this.waiting.length === 0) return;
    this.scheduled = setImmediate(() => this.run());
  }

  private run(): void {
    const jobs = this.commit();
    if (!jobs) return;
    // A write alone keeps nobody waiting, and a wait in place is shorter than one in another thread.
    if (jobs.length === 1) {
      this.finishNow(jobs);
      return;
    }
    const synced = this.disk.sync();
    if (!synced) {
      this.finish(jobs);
      return;
    }
    const settled = synced.then(
      () => this.finishUnlessFlushed(jobs),
      (error: unknown) => this.breakDown(jobs, error),
    );
    this.underWay = { jobs, settled };
  }

  /** The jobs that are committed now, or undefined when there were none or none could be. */
  private commit(): readonly Job[] | undefined {
    clearImmediate(this.scheduled);
    this.scheduled = undefined;
    const jobs = this.waiting.splice(0, limits.commitWrites);
    if (jobs.length === 0) return undefined;
    try {
      if (this.broken) throw this.broken;
      this.log.transaction(() => {
        for (const job of jobs) job.run();
        this.listener.onCommitting();
      });
      return jobs;
    } catch (error) {
      this.listener.onRolledBack();
      const reason = explainSqliteError(error, this.file);
      for (const job of jobs) job.fail(reason);
      this.schedule();
      return undefined;
    }
  }

  private finishNow(jobs: readonly Job[]): void {
    try {
      this.disk.syncNow();
    } catch (error) {
      this.breakDown(jobs, error);
      return;
    }
    this.finish(jobs);
  }

  private finishUnlessFlushed(jobs: readonly Job[]): void {
    if (this.underWay?.jobs === jobs) this.finish(jobs);
  }

  private finish(jobs: readonly Job[]): void {
    this.underWay = undefined;
    for (const job of jobs) job.settle();
    this.listener.onCommitted();
    this.schedule();
  }

  private breakDown(jobs: readonly Job[], error: unknown): void {
    this.broken = new StorageError(
      'unwritable',
      `The disk of ${this.file} failed to keep a commit. Nothing is served any more: check the disk, then restart.`,
      { cause: error },
    );
    this.underWay = undefined;
    for (const job of jobs) job.fail(this.broken);
    this.schedule();
  }
}
