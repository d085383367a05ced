import { addMonths, type BusinessDate, DomainError, type Month } from '@provident/kernel';
import { endEnrolment, enrol } from './enrolment.js';
import { checkNotErased } from './erase-person.js';
import type { EnrolmentOutcome, InsuredEvent } from './events.js';
import { known } from './identity.js';
import type { EnrolTerms, InsuredState } from './insured.js';

/** Which participation stands. `employer` and `from` name the conflict. */
export interface SettledEnrolment {
  readonly employer: string;
  readonly from: Month;
  readonly outcome: EnrolmentOutcome;
  readonly settledOn: BusinessDate;
}

type Evolve = (state: InsuredState, event: InsuredEvent) => InsuredState;

/**
 * The participation that stood in the way stands; or it ends with the month before the declared one, which then begins.
 * Throws `enrolment-conflict-not-open`, and what an end or an enrolment is refused for.
 */
export function settleEnrolment(
  { employer, from, outcome, settledOn }: SettledEnrolment,
  state: InsuredState,
  evolve: Evolve,
): readonly InsuredEvent[] {
  const personId = known(state);
  const conflict = state.conflicts.find((each) => isSame(each, { employer, from }));
  if (conflict === undefined) throw notOpen();
  const settled: InsuredEvent = {
    type: 'EnrolmentConflictSettled',
    data: { personId, employer, from, outcome, settledOn },
  };
  if (outcome === 'kept') return [settled];
  checkNotErased(state);
  const ended = endOfEarlier(conflict, state);
  return [...ended, ...enrol(conflict, ended.reduce(evolve, state)), settled];
}

/** The conflicts without the one of an employer and month. */
export function withoutConflict(conflicts: readonly EnrolTerms[], of: Pick<EnrolTerms, 'employer' | 'from'>) {
  return conflicts.filter((each) => !isSame(each, of));
}

/** Ends what goes on in one of the schemes; nothing where it has ended meanwhile. */
function endOfEarlier({ schemes, from }: EnrolTerms, state: InsuredState): readonly InsuredEvent[] {
  const earlier = state.enrolments.find(
    (each) => each.lastMonth === undefined && each.schemes.some((scheme) => schemes.includes(scheme)),
  );
  if (earlier === undefined) return [];
  const ending = earlier.schemes.filter((scheme) => schemes.includes(scheme));
  return endEnrolment({ employer: earlier.employer, lastMonth: addMonths(from, -1), schemes: ending }, state);
}

function isSame(one: Pick<EnrolTerms, 'employer' | 'from'>, other: Pick<EnrolTerms, 'employer' | 'from'>): boolean {
  return one.employer === other.employer && one.from === other.from;
}

function notOpen(): DomainError {
  return new DomainError(
    'enrolment-conflict-not-open',
    'There is no such declared enrolment of this person that waits to be settled.',
    'One relationship per scheme and person at a time (国办发〔2009〕66号); what could not be enrolled is settled once.',
    "Look at the conflicts in the person's record, and name employer and month.",
  );
}
