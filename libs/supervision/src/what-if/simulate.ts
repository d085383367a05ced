import { type AccountEvent, accountEventSchemas } from '@provident/accounts/events';
import { type DeclarationEvent, declarationEventSchemas } from '@provident/collection/events';
import { eachConcurrently, type EventSource } from '@provident/event-store';
import { lastDayOf, Money, type RecordedEvent } from '@provident/kernel';
import { type OverlayValue, type PolicyBook, recordRate } from '@provident/policy';
import { type EmployerEvent, employerEventSchemas } from '@provident/registry/events';
import { LIMITS } from '../limits.js';
import { AccountEffects } from './account-effects.js';
import { DeclaredEffects, type PersonEffect } from './declared-effects.js';
import { EmployersSeen } from './employers-seen.js';
import { ageAndSex, type CitizenNumberOf, wageBand } from './person-kinds.js';
import { tooLarge } from './refusals.js';
import { type Effect, type KindEffect, NOT_SIMULATED, type SimulationReport } from './report.js';
import { Sum, winnersAndLosers } from './tally.js';

export interface SimulationQuestion {
  readonly overlay: readonly OverlayValue[];
  /** The one whose months are explained. */
  readonly personId?: string | undefined;
  /** Replays up to this log position; everything when absent. */
  readonly upTo?: bigint | undefined;
  readonly mostEvents: number;
}

/** What a simulation is given: the history, the law in force, and whom a person id belongs to. Nothing that could write. */
export interface SimulationSources {
  readonly log: EventSource;
  readonly book: PolicyBook;
  readonly area: string;
  readonly citizenNumberOf: CitizenNumberOf;
  readonly onProgress?: (events: number) => void;
}

const TYPES = [employerEventSchemas, declarationEventSchemas, accountEventSchemas].flatMap((each) => Object.keys(each));
const MAX_BATCH = 1_000;
const NO_EFFECT: Effect = { before: Money.zero, after: Money.zero };

/**
 * Replays the history under proposed parameters. Every declared month is recomputed from its wages; credits, corrections and
 * interest follow. Reads the log once, in order, and writes nothing.
 */
export async function simulate(
  sources: SimulationSources,
  { overlay, personId, upTo, mostEvents }: SimulationQuestion,
): Promise<SimulationReport> {
  const book = sources.book.withOverlay(overlay);
  const employers = new EmployersSeen();
  const declared = new DeclaredEffects(sources.book, book, employers, personId);
  const accounts = new AccountEffects(
    (...of) => declared.takeAccountShare(...of),
    (year) => recordRate(book, sources.area, year).rate,
  );
  let events = 0;
  let last = -1n;
  for await (const batch of sources.log.batches({ types: TYPES, live: false, maxBatch: MAX_BATCH })) {
    for (const event of batch) {
      if (upTo !== undefined && event.position > upTo) break;
      if (event.type in employerEventSchemas) employers.take(event as unknown as EmployerEvent);
      else if (event.type in declarationEventSchemas) declared.take(event as RecordedEvent<DeclarationEvent>);
      else accounts.take(event as unknown as AccountEvent);
      events += 1;
      last = event.position;
    }
    if (events > mostEvents) throw tooLarge('events', mostEvents);
    sources.onProgress?.(events);
    if (upTo !== undefined && last >= upTo) break;
  }
  const { people, months } = declared;
  return {
    ...{ events, upTo: last, people: people.size, months, underOtherLaw: declared.underOtherLaw },
    contributions: [...declared.contributions.values()].map(({ fund, month, before, after }) => ({
      fund,
      month,
      before,
      after,
    })),
    kinds: await kindsOf(declared, accounts, employers, sources.citizenNumberOf),
    payers: winnersAndLosers([...people.values()].map(({ own }) => own)),
    employers: winnersAndLosers(declared.employers.values()),
    accounts: winnersAndLosers([...people.keys()].map((each) => accounts.get(each) ?? NO_EFFECT)),
    ...(personId === undefined
      ? {}
      : { person: { personId, account: accounts.get(personId) ?? NO_EFFECT, months: declared.chosen } }),
    notSimulated: NOT_SIMULATED,
  };
}

/** Everybody under every characteristic, by what they were at the end. */
async function kindsOf(
  declared: DeclaredEffects,
  accounts: AccountEffects,
  employers: EmployersSeen,
  citizenNumberOf: CitizenNumberOf,
): Promise<KindEffect[]> {
  type Characteristic = KindEffect['characteristic'];
  const kinds = new Map<string, { people: number; own: Sum; employer: Sum; account: Sum }>();
  const count = (characteristic: Characteristic, kind: string, person: PersonEffect, account: Effect) => {
    const key = `${characteristic}\t${kind}`;
    const found = kinds.get(key) ?? { people: 0, own: new Sum(), employer: new Sum(), account: new Sum() };
    kinds.set(key, found);
    found.people += 1;
    found.own.add(person.own);
    found.employer.add(person.employer);
    found.account.add(account);
  };
  await eachConcurrently(declared.people, LIMITS.simulationLookups, async ([personId, person]) => {
    const { lastEmployer, lastMonth, wage } = person;
    const account = accounts.get(personId) ?? NO_EFFECT;
    const { age, sex } = ageAndSex(await citizenNumberOf(personId), lastDayOf(lastMonth));
    count('age', age, person, account);
    count('sex', sex, person, account);
    count('wage', wageBand(wage), person, account);
    count('unit-type', employers.unitTypeOf(lastEmployer), person, account);
    count('risk-class', String(employers.riskClassIn(lastEmployer, lastMonth)), person, account);
  });
  return [...kinds]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, sums]) => {
      const [characteristic, kind] = key.split('\t') as [Characteristic, string];
      return { characteristic, kind, ...sums };
    });
}
