import { Random } from '../../deploy/sample/random.js';
import type { Phase } from './story-message.js';

/** A moment to kill at: some part of a phase's usual length after the phase of a step began. */
export interface Moment {
  readonly step: number;
  readonly phase: Phase;
  readonly afterPerMille: number;
}

const PHASES: readonly Phase[] = ['command', 'reactions', 'command', 'projection', 'opening'];

/** Seeded moments in the order of the steps; a tenth of them, one at least, in the last step, which closes the year. */
export function killPlan(random: Random, kills: number, steps: number): Moment[] {
  const last = steps - 1;
  const closing = Math.ceil(kills / 10);
  return Array.from({ length: kills }, (_, place) => ({
    step: place < closing ? last : random.below(last),
    phase: place < closing ? 'command' : (PHASES[place % PHASES.length] as Phase),
    afterPerMille: random.below(1_000),
  })).sort((a, b) => a.step - b.step);
}

/** How long the phases take on this machine: the longest seen so far, so that a moment may fall anywhere in one. */
export class PhaseLengths {
  private readonly longestMs = new Map<string, number>();

  seen(phase: Phase, kind: string, lengthMs: number): void {
    const key = `${phase} ${kind}`;
    this.longestMs.set(key, Math.max(lengthMs, this.longestMs.get(key) ?? 0));
  }

  delayMs({ phase, afterPerMille }: Moment, kind: string): number {
    const lengthMs = this.longestMs.get(`${phase} ${kind}`) ?? FIRST_GUESS_MS[phase];
    return Math.round((lengthMs * afterPerMille) / 1_000);
  }
}

const FIRST_GUESS_MS: Readonly<Record<Phase, number>> = {
  opening: 2_000,
  command: 800,
  reactions: 800,
  projection: 100,
};
