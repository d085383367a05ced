import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { type BusinessDate, CLOCK, type Clock, today } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import { ControlDesk } from './control-desk.js';

/** The day to examine: each one once, the first after a process has had time to start. */
export function isExaminationDue(
  nowMs: number,
  startedMs: number,
  day: BusinessDate,
  lastDay: BusinessDate | undefined,
): boolean {
  if (lastDay === undefined) return nowMs - startedMs >= LIMITS.firstExaminationMs;
  return day > lastDay;
}

/** Examines the ledger daily by the business clock, in the process that is told to. */
@Injectable()
export class ControlWatch implements OnModuleDestroy {
  private readonly logger = new Logger('Control');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private startedMs = 0;
  private lastDay: BusinessDate | undefined;

  constructor(
    private readonly desk: ControlDesk,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  start(): void {
    this.startedMs = this.clock.now().getTime();
    this.timer = setInterval(() => void this.look(), LIMITS.controlTickMs).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Examines if a day is due. A run that fails is told and made again at the next look. */
  async look(): Promise<void> {
    const day = today(this.clock);
    if (this.running !== undefined) return;
    if (!isExaminationDue(this.clock.now().getTime(), this.startedMs, day, this.lastDay)) return;
    this.running = this.examine(day);
    await this.running;
    this.running = undefined;
  }

  private async examine(day: BusinessDate): Promise<void> {
    try {
      const { upTo, raised, checks, rules } = await this.desk.examine();
      this.lastDay = day;
      this.logger.log(`${checks.length} checks and ${rules.length} rules up to position ${upTo}: ${raised} alerts.`);
    } catch (error) {
      this.logger.error(`The ledger could not be examined: ${(error as Error).message}`, (error as Error).stack);
    }
  }
}
