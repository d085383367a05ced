import { addDays, type BusinessDate, lastDayOf, month, type RecordedEvent } from '@provident/kernel';
import type { ReadDatabase } from '@provident/projections';

import fc from 'fast-check';
import { Agency } from './agency.js';
import { answers, factsAddUp, project, timesResolve } from './as-of-check.js';
import { brokenPromises } from './broken-promises.js';
import { citizenNumber } from './invented.js';
import { lateFeesAgree } from './late-fees-agree.js';
import type { LogFacts } from './log-facts.js';
import { Counter } from './log-facts.js';
import { moves, PEOPLE } from './moves.js';
import { memoryIndex } from './person-ids.js';

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

/** Days and positions lie on the edges of what happened, where "up to" and "before" differ. */
const question = fc.record({
  dayOf: fc.oneof(fc.constant('month-end' as const), fc.nat({ max: 1_000 })),
  daysOff: fc.constantFrom(-1, 0, 0, 1),
  knownPerMille: fc.oneof(fc.nat({ max: 1_000 }), fc.constant(1_000)),
  offset: fc.constantFrom(-1n, 0n, 1n),
  month: fc.integer({ min: 1, max: 8 }).map((inYear) => month(`2025-${String(inYear).padStart(2, '0')}`)),
  person: fc.nat({ max: PEOPLE - 1 }),
});
type Question = typeof question extends fc.Arbitrary<infer Value> ? Value : never;

function placed({ dayOf, daysOff, knownPerMille, offset, month, person }: Question, log: readonly RecordedEvent[]) {
  const at = (perMille: number): RecordedEvent =>
    log[Math.round(((log.length - 1) * perMille) / 1_000)] as RecordedEvent;
  const day: BusinessDate = dayOf === 'month-end' ? lastDayOf(month) : at(dayOf).metadata.effectiveDate;
  const knownAt = at(knownPerMille).position + offset;
  return { asOf: addDays(day, daysOff), knownAt, month, personId: memoryIndex.personIdOf(citizenNumber(person)) };
}

/** What real PostgreSQL answers as of any day and position is what a fold of the log says; rebuilt tables are the same. Tells
 * how often an employer owed late fees. */
export async function answersHold(database: ReadDatabase, run: PropertyRun): Promise<{ owing: number }> {
  let owing = 0;
  const questions = fc.array(question, { minLength: 4, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(moves, fc.integer({ min: 1, max: 60 }), questions, async (played, maxBatch, asked) => {
      const { log } = (await Agency.play(played)).ledger;
      const differing = await project(database, log, maxBatch);
      if (differing.length > 0) throw new Error(`live and rebuilt differ in ${differing.join(', ')}`);
      await timesResolve(database, log.events);
      owing += await lateFeesAgree(database, log, maxBatch);
      for (const each of asked) {
        const question = placed(each, log.events);
        await factsAddUp(database, question);
        const found = await answers(database, log, question);
        const [given, wanted] = [JSON.stringify(found.asked), JSON.stringify(found.naive)];
        if (given === wanted) continue;
        const { asOf, knownAt, month } = question;
        throw new Error(`As of ${asOf}, known at ${knownAt}, ${month}:\n${given}\n${wanted}`);
      }
    }),
    // Every step of a shrinking would fill the database anew: the sequence that failed is shown as it is.
    { ...run, endOnFailure: true },
  );
  return { owing };
}
