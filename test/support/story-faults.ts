import { PersonIndex } from '@provident/access';
import { join } from 'node:path';
import type { Ledger } from '@provident/assembly';
import { receiptIdOf } from '@provident/collection';
import { openDeclarationFile } from '@provident/collection/declaration-file';
import { openReceiptFile } from '@provident/collection/receipt-file';
import { LogReader } from '@provident/event-store';
import { FUNDS, Money, type Month } from '@provident/kernel';

import type { Story, StoryStep } from '../../deploy/sample/story.js';
import { Counter, fundKey, LogFacts } from './log-facts.js';
import { SAMPLE_FILES } from './sample-story.js';

/** Everything in which a ledger differs from what the sample's files say must be in it; empty when all is well. */
export async function storyFaults(ledger: Ledger, story: Story): Promise<string[]> {
  const facts = await LogFacts.of(ledger.get(LogReader));
  const { verification, differing } = await ledger.verify();
  return [
    ...facts.faults,
    ...controlFaults(facts, story),
    ...(await receiptFaults(facts, story)),
    ...(await creditFaults(facts, story, ledger.get(PersonIndex))),
    ...verification.findings
      .filter(({ severity }) => severity === 'error')
      .map((each) => `${each.check}: ${each.text}`),
    ...differing.map((table) => `live and rebuilt differ in ${table}`),
  ];
}

/** The story's own figures: people, due and received of each month; one declaration per employer and month. */
function controlFaults(facts: LogFacts, story: Story): string[] {
  const faults: string[] = [];
  for (const { month, headcount, due, received } of story.controls) {
    expectSame(faults, `headcount of ${month}`, facts.headcount.of(month), headcount);
    for (const fund of FUNDS) {
      expectSame(faults, `due for ${fundKey(month, fund)}`, facts.due.of(fundKey(month, fund)), due[fund]);
      expectSame(
        faults,
        `received in ${fundKey(month, fund)}`,
        facts.received.of(fundKey(month, fund)),
        received[fund],
      );
    }
  }
  expectSame(faults, 'declarations', facts.declarations.size, story.employers * story.controls.length);
  for (const [key, times] of facts.declarations) expectSame(faults, `declarations of ${key}`, times, 1);
  return faults;
}

/** Every bank line once, and once set against dues; only those still unidentified wait. */
async function receiptFaults(facts: LogFacts, story: Story): Promise<string[]> {
  const faults: string[] = [];
  const inFiles = new Counter();
  const waiting = new Set<string>();
  for (const step of stepsOf(story, 'import-receipts')) {
    const file = await openReceiptFile(join(SAMPLE_FILES, step.file));
    for await (const rows of file.chunks()) {
      for (const row of rows) {
        const receiptId = receiptIdOf(row.fund, row.bankReference);
        inFiles.add(receiptId);
        if (row.creditCode === undefined) waiting.add(receiptId);
      }
    }
  }
  for (const step of stepsOf(story, 'identify-receipt')) waiting.delete(receiptIdOf(step.fund, step.bankReference));
  expectSameCounts(faults, 'bank line', facts.bankLines, inFiles);
  for (const receiptId of waiting) inFiles.delete(receiptId);
  expectSameCounts(faults, 'receipt set against dues', facts.receipts, inFiles);
  return faults;
}

/** One credit per person and month that is paid for in full, counted from the files; corrections on top; one closing. */
async function creditFaults(facts: LogFacts, story: Story, index: PersonIndex): Promise<string[]> {
  const faults: string[] = [];
  const expected = new Counter();
  for (const step of stepsOf(story, 'declare')) {
    for (const { employer, file } of step.files) {
      if (!isPaid(facts, story, employer, step.month)) continue;
      const payroll = await openDeclarationFile(join(SAMPLE_FILES, file), step.month);
      for await (const rows of payroll.chunks()) {
        for (const row of rows) {
          if (row.change !== 'leave') expected.add(`${index.personIdOf(row.citizenNumber)} ${step.month}`);
        }
      }
    }
  }
  const corrected = new Counter();
  for (const step of stepsOf(story, 'correct-credit')) {
    corrected.add(`${index.personIdOf(step.wrong)} ${step.month}`);
    expected.add(`${index.personIdOf(step.right)} ${step.month}`);
  }
  expectSameCounts(faults, 'credit', facts.credits, expected);
  expectSameCounts(faults, 'reversal', facts.reversals, corrected);
  const people = new Counter();
  for (const key of expected.keys()) people.set(key.split(' ')[0] as string, 1);
  expectSameCounts(faults, 'closing', facts.closings, people);
  return faults;
}

/** Money goes to the oldest month first: a month is paid when all money so far covers all dues up to it, in every fund. */
function isPaid(facts: LogFacts, story: Story, employer: string, month: Month): boolean {
  return FUNDS.every((fund) => {
    const upTo = story.controls.filter((each) => each.month <= month);
    const due = Money.sum(upTo.map((each) => facts.dueOf.of(`${employer} ${each.month} ${fund}`)));
    return !facts.paidBy.of(`${employer} ${fund}`).lessThan(due);
  });
}

function stepsOf<Kind extends StoryStep['do']>(story: Story, kind: Kind): Extract<StoryStep, { do: Kind }>[] {
  return story.steps.filter((step): step is Extract<StoryStep, { do: Kind }> => step.do === kind);
}

function expectSame(faults: string[], what: string, found: number | Money, wanted: number | string): void {
  if (String(found) !== String(wanted)) faults.push(`${what}: ${String(found)} instead of ${wanted}`);
}

function expectSameCounts(faults: string[], what: string, found: Counter, wanted: Counter): void {
  for (const key of new Set([...found.keys(), ...wanted.keys()])) {
    expectSame(faults, `${what} ${key}`, found.of(key), wanted.of(key));
  }
}
