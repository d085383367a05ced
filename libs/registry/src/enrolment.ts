import { addMonths, DomainError, type Month, type Scheme } from '@provident/kernel';
import type { InsuredEvent } from './events.js';
import { known } from './identity.js';
import { checkNotErased } from './erase-person.js';
import type { Enrolment, InsuredCommand, InsuredState } from './insured.js';

type CommandOf<Type extends InsuredCommand['type']> = Extract<InsuredCommand, { type: Type }>;

interface EnrolTerms {
  readonly employer: string;
  readonly schemes: readonly Scheme[];
  readonly from: Month;
}

export function enrol(terms: EnrolTerms, state: InsuredState): readonly InsuredEvent[] {
  const personId = known(state);
  const { employer, schemes, from } = terms;
  const clash = state.enrolments.find(
    (each) =>
      (each.lastMonth === undefined || from <= each.lastMonth) &&
      each.schemes.some((scheme) => schemes.includes(scheme)),
  );
  if (clash !== undefined) {
    if (clash.employer === employer && clash.from === from && schemes.every((each) => clash.schemes.includes(each))) {
      return [];
    }
    throw new DomainError(
      'already-enrolled',
      `The person is enrolled from ${clash.from}${clash.lastMonth === undefined ? '' : ` to ${clash.lastMonth}`} through ${clash.employer === employer ? 'this' : 'another'} employer.`,
      'One relationship per scheme and person at a time (国办发〔2009〕66号).',
      `End that participation first, or enrol from ${clash.lastMonth === undefined ? 'a month after its end' : addMonths(clash.lastMonth, 1)}.`,
    );
  }
  return [{ type: 'PersonEnrolled', data: { personId, employer, schemes: [...schemes], from } }];
}

/** What a declaration meets in the register without being wrong itself. */
const FOR_A_CLERK = ['already-enrolled', 'person-erased'];

/** The enrolment that an accepted declaration asks for, or the record that it could not be made. */
export function enrolDeclared(terms: EnrolTerms, state: InsuredState): readonly InsuredEvent[] {
  try {
    checkNotErased(state);
    return enrol(terms, state);
  } catch (refusal) {
    if (!(refusal instanceof DomainError) || !FOR_A_CLERK.includes(refusal.code)) throw refusal;
    const { employer, schemes, from } = terms;
    const data = { personId: known(state), employer, schemes: [...schemes], from, reason: refusal.message };
    return [{ type: 'EnrolmentConflictFound', data }];
  }
}

export function openEnrolments(state: InsuredState, employer: string): readonly Enrolment[] {
  return state.enrolments.filter((each) => each.employer === employer && each.lastMonth === undefined);
}

/**
 * Ends the participation through an employer. An end in some schemes only is an end in all of them and a new beginning in
 * the others the month after: readers of the log need to know no other kind of end.
 */
export function endEnrolment(
  { employer, lastMonth, schemes }: Omit<CommandOf<'EndEnrolment'>, 'type'>,
  state: InsuredState,
): readonly InsuredEvent[] {
  const personId = known(state);
  const open = openEnrolments(state, employer);
  const taken = open.flatMap((each) => each.schemes);
  const isSaid = state.enrolments.some((each) => each.employer === employer && each.lastMonth === lastMonth);
  const isOver = schemes === undefined || schemes.every((scheme) => !taken.includes(scheme));
  if (isSaid && isOver) return [];
  if (open.length === 0 || open.some(({ from }) => lastMonth < from)) {
    throw notEnrolled(`The person is not enrolled through this employer in ${lastMonth}.`);
  }
  const stranger = schemes?.find((scheme) => !taken.includes(scheme));
  if (stranger !== undefined) throw notEnrolled(`The person does not take part in ${stranger} through this employer.`);
  const remaining = schemes === undefined ? [] : taken.filter((scheme) => !schemes.includes(scheme));
  const ended: InsuredEvent = { type: 'EnrolmentEnded', data: { personId, employer, lastMonth } };
  if (remaining.length === 0) return [ended];
  const from = addMonths(lastMonth, 1);
  const begun: InsuredEvent = { type: 'PersonEnrolled', data: { personId, employer, schemes: remaining, from } };
  const resting = remaining.filter((scheme) => isResting(state, employer, scheme));
  if (resting.length === 0) return [ended, begun];
  const reason = 'rests as before';
  return [ended, begun, { type: 'EnrolmentSuspended', data: { personId, employer, schemes: resting, from, reason } }];
}

export function suspendEnrolment(
  { employer, schemes, from, reason }: CommandOf<'SuspendEnrolment'>,
  state: InsuredState,
): readonly InsuredEvent[] {
  const personId = known(state);
  const open = openEnrolments(state, employer).filter((each) => each.from <= from);
  const stranger = schemes.find((scheme) => !open.some((each) => each.schemes.includes(scheme)));
  if (stranger !== undefined) {
    throw notEnrolled(`The person does not take part in ${stranger} through this employer in ${from}.`);
  }
  const active = schemes.filter((scheme) => !isResting(state, employer, scheme));
  if (active.length === 0) return [];
  const early = state.rests.find(
    (rest) =>
      rest.employer === employer &&
      rest.schemes.some((scheme) => active.includes(scheme)) &&
      rest.resumed !== undefined &&
      from < rest.resumed,
  );
  if (early !== undefined) throw outOfOrder(`The participation rested until ${early.resumed ?? ''} already.`);
  return [{ type: 'EnrolmentSuspended', data: { personId, employer, schemes: active, from, reason } }];
}

export function resumeEnrolment(
  { employer, schemes, from }: CommandOf<'ResumeEnrolment'>,
  state: InsuredState,
): readonly InsuredEvent[] {
  const personId = known(state);
  const resting = schemes.filter((scheme) => isResting(state, employer, scheme));
  if (resting.length === 0) {
    const isSaid = state.rests.some((rest) => rest.employer === employer && rest.resumed === from);
    if (isSaid) return [];
    throw outOfOrder('The participation does not rest.');
  }
  const late = state.rests.find(
    (rest) => rest.employer === employer && rest.resumed === undefined && from <= rest.from,
  );
  if (late !== undefined) throw outOfOrder(`The participation rests from ${late.from} on; ${from} is not after it.`);
  return [{ type: 'EnrolmentResumed', data: { personId, employer, schemes: resting, from } }];
}

function isResting(state: InsuredState, employer: string, scheme: Scheme): boolean {
  return state.rests.some(
    (rest) => rest.employer === employer && rest.resumed === undefined && rest.schemes.includes(scheme),
  );
}

function notEnrolled(message: string): DomainError {
  return new DomainError(
    'not-enrolled',
    message,
    'A participation ends with the last month it covers.',
    'Check the employer, the schemes and the month.',
  );
}

function outOfOrder(message: string): DomainError {
  return new DomainError(
    'suspension-out-of-order',
    message,
    'A participation rests and goes on in turn, in the order of months.',
    'Check the month.',
  );
}
