import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { LogReader, StoreClient } from '@provident/event-store';
import { CLOCK, type Clock, DomainError } from '@provident/kernel';
import { READ_DATABASE, type ReadDatabase, ReadSide } from '@provident/projections';
import type { ReplayProgress } from './replay.js';
import { type ReplayReport, runReplay } from './run-replay.js';

/** A replay that somebody started: how far it is, and what it found. */
export interface WatchedReplay {
  readonly replayId: string;
  readonly startedAt: Date;
  readonly startedBy: string;
  /** The log's last position when it was started: where it ends, but for what comes in meanwhile. */
  readonly head: bigint;
  readonly state: 'running' | 'finished' | 'failed';
  readonly progress: ReplayProgress;
  readonly report?: ReplayReport;
  /** Why it failed. */
  readonly failure?: string;
}

const BEGINNING: ReplayProgress = { phase: 'replay', position: -1n, events: 0n, eventsPerSecond: 0 };

/**
 * Replays that people start and watch, one at a time in a process: each computes every figure anew in a database of its
 * own and holds every table against production's. They are not kept beyond the process; what proves is that anybody may
 * run one again.
 */
@Injectable()
export class ReplayDesk implements OnModuleDestroy {
  private readonly log = new Logger(ReplayDesk.name);
  private last: WatchedReplay | undefined;
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly reader: LogReader,
    private readonly client: StoreClient,
    private readonly readSide: ReadSide,
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The last replay of this process; `undefined` before the first. */
  get latest(): WatchedReplay | undefined {
    return this.last;
  }

  /** Starts a replay. Throws `replay-already-running`. */
  async start(startedBy: string): Promise<WatchedReplay> {
    if (this.last?.state === 'running') throw alreadyRunning(this.last);
    const ids = { replayId: randomUUID(), startedAt: this.clock.now(), startedBy };
    const begun: WatchedReplay = { ...ids, head: -1n, state: 'running', progress: BEGINNING };
    // Before anything is waited for, so that a second request finds it.
    this.last = begun;
    this.last = { ...begun, head: (await this.client.head()) ?? -1n };
    this.running = this.run();
    return this.last;
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort(new Error('The process ends.'));
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      const report = await runReplay({
        ...{ source: this.reader, projections: this.readSide.projections, signal: this.stopping.signal },
        production: { url: this.database.url, log: this.reader },
        onProgress: (progress) => this.change({ progress }),
      });
      this.change({ state: 'finished', report });
    } catch (error) {
      if (!this.stopping.signal.aborted) this.log.error(error instanceof Error ? error.stack : error);
      this.change({ state: 'failed', failure: error instanceof Error ? error.message : String(error) });
    }
  }

  private change(change: Partial<WatchedReplay>): void {
    if (this.last !== undefined) this.last = { ...this.last, ...change };
  }
}

function alreadyRunning({ startedBy }: WatchedReplay): DomainError {
  return new DomainError(
    'replay-already-running',
    'A replay is running.',
    'One replay at a time: each takes a database and the whole log.',
    'Watch the one that runs, and start another when it has ended.',
    { startedBy },
  );
}
