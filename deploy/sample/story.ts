import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BusinessDate, Fund, Month } from '@provident/kernel';

/** What the sample's runner does, step after step. Files are named relative to the story's folder. */
export type StoryStep =
  | { readonly do: 'import-employers'; readonly on: BusinessDate; readonly file: string }
  | { readonly do: 'import-people'; readonly on: BusinessDate; readonly file: string }
  | {
      readonly do: 'declare';
      readonly on: BusinessDate;
      readonly month: Month;
      readonly files: readonly { readonly employer: string; readonly file: string }[];
    }
  | { readonly do: 'import-receipts'; readonly on: BusinessDate; readonly month: Month; readonly file: string }
  | {
      readonly do: 'identify-receipt';
      readonly on: BusinessDate;
      readonly fund: Fund;
      readonly bankReference: string;
      readonly employer: string;
      readonly reason: string;
    }
  | {
      readonly do: 'correct-credit';
      readonly on: BusinessDate;
      readonly month: Month;
      /** Citizen numbers of who was credited and of who should have been. */
      readonly wrong: string;
      readonly right: string;
      readonly reason: string;
    }
  | { readonly do: 'close-year'; readonly on: BusinessDate; readonly year: number };

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
