import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PartFindings } from './examine-part.js';
import type { ExamineRequest } from './examine-worker.js';
import type { ArchivePart, ArchiveSegment } from './manifest.js';

/** Fewer events are examined sooner than a thread has started. */
const WORTH_A_THREAD = 100_000;
/** Beyond that the thread that joins the hashes has no time left. */
const MOST_THREADS = 8;
/** Parts that a thread has before it, so that it never waits for the next: they bound the memory. */
const PARTS_EACH = 2;

/** Threads for an archive of so many events: one for each processor where that is worth it. */
export function threadsFor(events: number): number {
  const processors = availableParallelism();
  return processors === 1 ? 0 : Math.min(Math.floor(events / WORTH_A_THREAD), processors, MOST_THREADS);
}

interface Waiting {
  readonly resolve: (findings: PartFindings) => void;
  readonly reject: (error: Error) => void;
}

/** A thread, which answers in the order of the requests, and those who wait for it. */
class Examiner {
  private readonly worker: Worker;
  private readonly waiting: Waiting[] = [];
  private ended: Error | undefined;

  constructor(folder: string, program: string) {
    this.worker = new Worker(program, { workerData: folder });
    this.worker.on('message', (findings: PartFindings) => this.waiting.shift()?.resolve(findings));
    this.worker.once('error', (error: Error) => this.end(error));
    this.worker.once('exit', (code) => this.end(new Error(`A thread of the examination ended with code ${code}.`)));
  }

  ask(request: ExamineRequest): Promise<PartFindings> {
    if (this.ended !== undefined) return Promise.reject(this.ended);
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.worker.postMessage(request);
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private end(error: Error): void {
    this.ended ??= error;
    for (const { reject } of this.waiting.splice(0)) reject(this.ended);
  }
}

/** Threads that decode and hash parts of an archive, in turn. */
export class ExamineThreads {
  private readonly examiners: readonly Examiner[];
  private next = 0;

  private constructor(folder: string, count: number) {
    const program = compiledWorker();
    this.examiners = Array.from({ length: count }, () => new Examiner(folder, program));
  }

  /** `undefined` for none. */
  static for(folder: string, count: number): ExamineThreads | undefined {
    return count === 0 ? undefined : new ExamineThreads(folder, count);
  }

  /** Parts that may be under way at once. */
  get atOnce(): number {
    return this.examiners.length * PARTS_EACH;
  }

  /** Throws what ended the thread. */
  examine(segment: ArchiveSegment, part: ArchivePart): Promise<PartFindings> {
    const examiner = this.examiners[this.next] as Examiner;
    this.next = (this.next + 1) % this.examiners.length;
    return examiner.ask({ segment, place: segment.parts.indexOf(part) });
  }

  async close(): Promise<void> {
    await Promise.all(this.examiners.map((each) => each.close()));
  }
}

/** The worker beside this file, or, when this file runs from source, the one of the last build. */
function compiledWorker(): string {
  const name = 'examine-worker.js';
  const here = join(__dirname, name);
  if (existsSync(here)) return here;
  const library = join('libs', 'supervision', 'src', 'archive');
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const built = join(folder, 'dist', library, name);
    if (existsSync(built)) return built;
  }
  throw new Error('The examination has no compiled worker. Run `npm run build`, or examine with `threads: 0`.');
}
