import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { StoryStep } from '../../deploy/sample/story.js';
import type { Moment, PhaseLengths } from './kill-plan.js';
import { messageOf, type Phase, type StoryMessage } from './story-message.js';

export interface StoryRun {
  readonly end: 'killed' | 'through';
  /** Where it was when it ended. */
  readonly phase: Phase;
  readonly step: number;
  /** The log's end as the process found it, and as it last acknowledged it. */
  readonly openedAt: bigint;
  readonly acknowledged: bigint;
}

/** One life of the story's process: from its start to its end, or to the kill that is meant for it. */
export class StoryProcess {
  private phase: Phase = 'opening';
  private since = performance.now();
  private step = 0;
  private openedAt = -1n;
  private acknowledged = -1n;
  private strike: NodeJS.Timeout | undefined;
  private kill: () => void = () => undefined;

  constructor(
    private readonly steps: readonly StoryStep[],
    private readonly moment: Moment | undefined,
    private readonly lengths: PhaseLengths,
  ) {}

  run(dataFolder: string, months: number): Promise<StoryRun> {
    const program = [process.argv[1] ?? '', 'run-story', dataFolder, '--months', String(months)];
    const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.kill = () => void child.kill('SIGKILL');
    this.entered('opening', this.moment?.phase === 'opening');
    const log: string[] = [];
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const message = messageOf(line);
      if (message === undefined) log.push(line);
      else this.told(message);
    });
    createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        clearTimeout(this.strike);
        const { phase, step, openedAt, acknowledged } = this;
        if (signal === 'SIGKILL') resolve({ end: 'killed', phase, step, openedAt, acknowledged });
        else if (code === 0) resolve({ end: 'through', phase, step, openedAt, acknowledged });
        else reject(new Error(`The story ended with code ${code ?? signal ?? '?'}:\n${log.slice(-30).join('\n')}`));
      });
    });
  }

  private told(message: StoryMessage): void {
    if (message.phase === 'opened') this.openedAt = BigInt(message.head);
    if (message.phase === 'done') this.acknowledged = BigInt(message.head);
    if ('step' in message) this.step = message.step;
    if (message.phase === 'opened' || message.phase === 'done') return;
    const { moment, phase: before } = this;
    this.lengths.seen(before, this.kind, performance.now() - this.since);
    const isDue = moment !== undefined && this.step >= moment.step;
    this.entered(message.phase, isDue && (message.phase === moment.phase || this.step > moment.step));
  }

  private entered(phase: Phase, isTarget: boolean): void {
    this.phase = phase;
    this.since = performance.now();
    if (!isTarget || this.moment === undefined || this.strike !== undefined) return;
    this.strike = setTimeout(this.kill, this.lengths.delayMs({ ...this.moment, phase }, this.kind));
  }

  private get kind(): string {
    return this.steps[this.step]?.do ?? '';
  }
}
