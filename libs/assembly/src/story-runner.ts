import { join } from 'node:path';
import { eachConcurrently } from '@provident/event-store';
import type { BusinessDate, Fund, Month } from '@provident/kernel';
import type { StoryDesk } from './story-desk.js';

/** What an agency did, step by step, with the files that it was given. Files are named relative to the story's folder. */
export type StoryStep =
  | { readonly do: 'import-employers' | 'import-people'; readonly on: BusinessDate; readonly file: string }
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

/** Declarations taken in at the same time. */
const FILES_AT_ONCE = 4;

/**
 * Carries out a story at a desk. Every command's id derives from the step, so that a story cut short is taken up again by
 * running it from its start.
 */
export class StoryRunner {
  constructor(
    private readonly desk: StoryDesk,
    private readonly folder: string,
  ) {}

  /** Runs the steps after the first `done` ones. */
  async run(steps: readonly StoryStep[], done: number, onStep: (step: StoryStep, done: number) => void): Promise<void> {
    for (const [place, step] of steps.entries()) {
      if (place < done) continue;
      await this.carryOut(step, String(place));
      // Each step builds on what the one before set off: dues, settlements, credits.
      await this.desk.reactionsIdle();
      onStep(step, place + 1);
    }
    await this.desk.settled();
  }

  private async carryOut(step: StoryStep, key: string): Promise<void> {
    const { desk } = this;
    const request = { on: step.on, key };
    switch (step.do) {
      case 'import-employers':
        return desk.importEmployers(this.path(step.file), request);
      case 'import-people':
        return desk.importPeople(this.path(step.file), request);
      case 'declare':
        return eachConcurrently(step.files, FILES_AT_ONCE, ({ employer, file }) =>
          desk.declare(employer, step.month, this.path(file), request),
        );
      case 'import-receipts':
        return desk.importReceipts(this.path(step.file), request);
      case 'identify-receipt': {
        const { fund, bankReference, employer, reason } = step;
        return desk.identifyReceipt({ fund, bankReference, employer, reason }, request);
      }
      case 'correct-credit': {
        const { month, reason } = step;
        const wrongPersonId = await desk.personIdOf(step.wrong);
        const rightPersonId = await desk.personIdOf(step.right);
        return desk.correctCredit({ wrongPersonId, rightPersonId, month, reason }, request);
      }
      case 'close-year':
        return desk.closeYear(step.year, request);
    }
  }

  private path(file: string): string {
    return join(this.folder, file);
  }
}
