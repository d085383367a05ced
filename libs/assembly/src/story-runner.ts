import { join } from 'node:path';
import { CloseYear, CorrectCredit } from '@provident/accounts';
import { FileDeclaration, IdentifyReceipt, ImportReceipts } from '@provident/collection';
import { eachConcurrently } from '@provident/event-store';
import type { FileOutcome } from '@provident/files';
import { type BusinessDate, DomainError, type Fund, type Month, personIdOf } from '@provident/kernel';
import { ImportEmployers, ImportPeople } from '@provident/registry';
import type { Ledger } from './ledger.js';

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
const ACTOR = 'clerk:sample';

/**
 * Carries out a story through the same commands that users' files take. Every command's id derives from the step, so that a
 * story cut short is taken up again by running it from its start.
 */
export class StoryRunner {
  constructor(
    private readonly ledger: Ledger,
    private readonly folder: string,
  ) {}

  /** Runs the steps after the first `done` ones. */
  async run(steps: readonly StoryStep[], done: number, onStep: (step: StoryStep, done: number) => void): Promise<void> {
    for (const [place, step] of steps.entries()) {
      if (place < done) continue;
      await this.carryOut(step, String(place));
      // Each step builds on what the one before set off: dues, settlements, credits.
      await this.ledger.reactionsIdle();
      onStep(step, place + 1);
    }
    await this.ledger.settled();
  }

  private async carryOut(step: StoryStep, place: string): Promise<void> {
    const { ledger } = this;
    const context = ledger.context(ACTOR, step.on, 'story', place);
    switch (step.do) {
      case 'import-employers':
        taken(step.file, await ledger.commands.execute(new ImportEmployers(this.path(step.file), {}, context)));
        return;
      case 'import-people':
        taken(step.file, await ledger.commands.execute(new ImportPeople(this.path(step.file), {}, context)));
        return;
      case 'declare':
        return eachConcurrently(step.files, FILES_AT_ONCE, async ({ employer, file }) => {
          const command = new FileDeclaration(employer, step.month, this.path(file), {}, context);
          taken(file, await ledger.commands.execute(command));
        });
      case 'import-receipts':
        taken(step.file, await ledger.commands.execute(new ImportReceipts(this.path(step.file), {}, context)));
        return;
      case 'identify-receipt': {
        const { fund, bankReference, employer, reason, on: identifiedOn } = step;
        const body = { fund, bankReference, employer, reason, identifiedOn };
        await ledger.commands.execute(new IdentifyReceipt(body, context));
        return;
      }
      case 'correct-credit': {
        const { month, reason, on: correctedOn } = step;
        const people = { wrongPersonId: personIdOf(step.wrong), rightPersonId: personIdOf(step.right) };
        await ledger.commands.execute(new CorrectCredit({ ...people, month, correctedOn, reason }, context));
        return;
      }
      case 'close-year':
        await ledger.commands.execute(new CloseYear({ year: step.year }, context));
    }
  }

  private path(file: string): string {
    return join(this.folder, file);
  }
}

function taken(file: string, outcome: FileOutcome): void {
  const [first] = outcome.faults.faults;
  if (outcome.written && first === undefined) return;
  throw new DomainError(
    'story-file-faulty',
    `${file}: ${outcome.faults.total} faults, the first in row ${first?.line ?? 0}: ${first?.reason ?? ''}`,
    'A story runs on files without faults.',
    'Mend the file.',
  );
}
