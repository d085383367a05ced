import { type BusinessDate, businessDate, month } from '@provident/kernel';
import type { ReadDatabase } from '@provident/projections';
import { personIdOf } from '@provident/registry';
import fc from 'fast-check';
import { Agency } from './agency.js';
import { answers, project } from './as-of-check.js';
import { brokenPromises } from './broken-promises.js';
import { citizenNumber } from './invented.js';
import type { LogFacts } from './log-facts.js';
import { Counter } from './log-facts.js';
import { moves, PEOPLE } from './moves.js';

export interface PropertyRun {
  readonly numRuns: number;
  readonly seed: number;
}

/** Events that the sequences made, by type: a property over sequences in which nothing happens would prove nothing. */
export type Made = LogFacts['declarations'];

/** Any sequence of accepted commands leaves balanced books, conserved money, and personal accounts that tie. */
export async function promisesHold(run: PropertyRun): Promise<Made> {
  const made = new Counter();
  await fc.assert(
    fc.asyncProperty(moves, async (played) => {
      const { ledger } = await Agency.play(played);
      for (const { type } of ledger.log.events) made.add(type);
      const broken = brokenPromises(ledger.log);
      if (broken.length > 0) throw new Error(broken.join('\n'));
    }),
    run,
  );
  return made;
}

const day: fc.Arbitrary<BusinessDate> = fc
  .tuple(fc.integer({ min: 2024, max: 2026 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, inYear, ofMonth]) => businessDate(`${year}-${pad(inYear)}-${pad(ofMonth)}`));

const question = fc.record({
  asOf: day,
  knownPerMille: fc.integer({ min: 0, max: 1_000 }),
  offset: fc.constantFrom(-1n, 0n, 1n),
  month: fc.integer({ min: 1, max: 8 }).map((inYear) => month(`2025-${pad(inYear)}`)),
  person: fc.nat({ max: PEOPLE - 1 }),
});

/** What real PostgreSQL answers as of any day and position is what a fold of the log says; rebuilt tables are the same. */
export async function answersHold(database: ReadDatabase, run: PropertyRun): Promise<void> {
  const questions = fc.array(question, { minLength: 3, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(moves, fc.integer({ min: 1, max: 60 }), questions, async (played, maxBatch, asked) => {
      const { log } = (await Agency.play(played)).ledger;
      const differing = await project(database, log, maxBatch);
      if (differing.length > 0) throw new Error(`live and rebuilt differ in ${differing.join(', ')}`);
      for (const { asOf, knownPerMille, offset, month, person } of asked) {
        const at = log.events[Math.round(((log.events.length - 1) * knownPerMille) / 1_000)]?.position ?? 0n;
        const personId = personIdOf(citizenNumber(person));
        const found = await answers(database, log.events, { asOf, knownAt: at + offset, month, personId });
        const [given, wanted] = [JSON.stringify(found.asked), JSON.stringify(found.naive)];
        if (given !== wanted) throw new Error(`As of ${asOf} known at ${at + offset}, ${month}:\n${given}\n${wanted}`);
      }
    }),
    run,
  );
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
