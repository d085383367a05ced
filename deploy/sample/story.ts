import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoryStep } from '@provident/assembly/story-runner';
import type { Fund, Month } from '@provident/kernel';

export type { StoryStep };

export type FundAmounts = Readonly<Record<Fund, string>>;

/** Figures of a month that the ledger must arrive at. Amounts in yuan. */
export interface MonthControls {
  readonly month: Month;
  readonly headcount: number;
  readonly joiners: number;
  readonly leavers: number;
  /** Lines whose wage the floor lifted and the ceiling cut. */
  readonly belowFloor: number;
  readonly aboveCeiling: number;
  /** Due for the month. */
  readonly due: FundAmounts;
  /** Arrived in the month, for whatever month. */
  readonly received: FundAmounts;
}

/** Something worth looking at in the sample, and whom or what to look up. */
export interface Highlight {
  readonly what:
    | 'late-payment'
    | 'short-payment'
    | 'over-payment'
    | 'unidentified-receipt'
    | 'wrong-credit'
    | 'below-floor'
    | 'above-ceiling'
    | 'joiner'
    | 'leaver'
    | 'mover';
  readonly text: string;
  readonly employer: string;
  readonly month: Month;
  /** A citizen number. */
  readonly person?: string;
  readonly amount?: string;
}

export interface Story {
  readonly area: string;
  readonly areaName: string;
  readonly year: number;
  readonly employers: number;
  readonly people: number;
  readonly highlights: readonly Highlight[];
  readonly controls: readonly MonthControls[];
  readonly steps: readonly StoryStep[];
}

/** Reads `story.json` of a folder that the generator wrote. */
export function readStory(folder: string): Story {
  return JSON.parse(readFileSync(join(folder, 'story.json'), 'utf8')) as Story;
}
