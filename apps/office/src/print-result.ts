import { PersonIndex } from '@provident/access';
import type { Ledger } from '@provident/assembly';
import { BookQueries } from '@provident/books';
import { businessDate } from '@provident/kernel';

import { StatementReader } from '@provident/statements';
import { fundsText, statementText, verificationText } from '@provident/terminal';
import type { Story } from '../../../deploy/sample/story.js';

/** Prints the funds at the year's end, one person's statement, and what an examination of the whole ledger finds. */
export async function printResult(ledger: Ledger, story: Story): Promise<void> {
  const asOf = businessDate(`${story.year}-12-31`);
  const positions = await ledger.get(BookQueries).fundPositions({ asOf });
  console.log(`\n${fundsText(`基金 funds of ${story.areaName} on ${asOf}`, positions)}`);
  const highlight = story.highlights.find((each) => each.what === 'wrong-credit');
  if (highlight?.person !== undefined) {
    const personId = ledger.get(PersonIndex).personIdOf(highlight.person);
    const statement = await ledger.get(StatementReader).statement(personId, story.year);
    console.log(`\n${statementText(statement)}`);
  }
  const { verification, differing } = await ledger.verify();
  console.log(`\n${verificationText(verification, differing)}`);
  if (!verification.clean || differing.length > 0) process.exitCode = 1;
}
