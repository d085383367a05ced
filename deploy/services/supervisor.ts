import { setTimeout as delay } from 'node:timers/promises';
import type { Part } from './part.js';

const LOOK_EVERY_MS = 250;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** A part that ended this often within the time is not started again. */
const MOST_RESTARTS = 5;
const WITHIN_MS = 60_000;

export interface SupervisorOptions {
  readonly say: (text: string) => void;
  /** A part ended too often: the whole is stopped. */
  readonly onGiveUp: (part: Part) => void;
}

/** Starts parts in their order, starts again what ends without being told to, and stops them in reverse order. */
export class Supervisor {
  private readonly parts: Part[] = [];
  private readonly endings = new Map<Part, number[]>();
  private readonly restarting = new Set<Promise<void>>();
  /** Parts that are not looked after: they are being started, or were given up. */
  private readonly busy = new Set<Part>();
  private readonly stopping = new AbortController();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: SupervisorOptions) {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  /** Starts a part, and looks after it from then on. Parts added later are stopped earlier. */
  async add<Kind extends Part>(part: Kind): Promise<Kind> {
    this.parts.push(part);
    this.busy.add(part);
    await part.start();
    this.busy.delete(part);
    return part;
  }

  async stop(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    this.stopping.abort();
    clearInterval(this.timer);
    await Promise.allSettled(this.restarting);
    for (const part of this.parts.toReversed()) {
      await part.stop().catch((error: unknown) => this.options.say(`${part.name} did not stop: ${String(error)}`));
    }
  }

  private look(): void {
    for (const part of this.parts) {
      if (this.busy.has(part) || part.isRunning()) continue;
      this.busy.add(part);
      const work: Promise<void> = this.restart(part).then((isGivenUp) => {
        if (!isGivenUp) this.busy.delete(part);
        this.restarting.delete(work);
      });
      this.restarting.add(work);
    }
  }

  /** Tells whether the part was given up. */
  private async restart(part: Part): Promise<boolean> {
    const { say, onGiveUp } = this.options;
    const now = performance.now();
    const endings = [...(this.endings.get(part) ?? []), now].filter((at) => now - at < WITHIN_MS);
    this.endings.set(part, endings);
    if (endings.length > MOST_RESTARTS) {
      say(`${part.name} ended ${endings.length} times within ${WITHIN_MS / 1_000} s; giving up.`);
      onGiveUp(part);
      return true;
    }
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (endings.length - 1), LONGEST_WAIT_MS);
    say(`${part.name} ended without being told to; it is started again in ${waitMs} ms.`);
    await delay(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    if (this.stopping.signal.aborted) return false;
    await part.start().then(
      () => say(`${part.name} is started again.`),
      (error: unknown) => say(`${part.name} did not start: ${String(error)}`),
    );
    return false;
  }
}
