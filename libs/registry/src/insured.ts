import {
  addMonths,
  citizenNumberFault,
  type Decider,
  DomainError,
  type Month,
  type Scheme,
  personIdOf,
} from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { type InsuredEvent, insuredEventSchemas } from './events.js';

export interface Enrolment {
  readonly employer: string;
  readonly schemes: readonly Scheme[];
  readonly from: Month;
  readonly lastMonth: Month | undefined;
}

export interface InsuredState {
  readonly personId: string | undefined;
  readonly name: string | undefined;
  readonly enrolments: readonly Enrolment[];
}

export type InsuredCommand =
  | { type: 'RegisterPerson'; citizenNumber: string; name: string }
  | { type: 'Enrol'; employer: string; schemes: readonly Scheme[]; from: Month }
  | {
      type: 'RegisterAndEnrol';
      citizenNumber: string;
      name: string;
      employer: string;
      schemes: readonly Scheme[];
      from: Month;
    }
  | { type: 'EndEnrolment'; employer: string; lastMonth: Month }
  /** An accepted declaration says so: a conflict is recorded for a clerk instead of refused. */
  | { type: 'EnrolDeclared'; employer: string; schemes: readonly Scheme[]; from: Month }
  | { type: 'EndDeclared'; employer: string; lastMonth: Month };

const decider: Decider<InsuredState, InsuredCommand, InsuredEvent> = {
  initial: { personId: undefined, name: undefined, enrolments: [] },

  evolve(state, { type, data }) {
    switch (type) {
      case 'PersonRegistered':
        return { ...state, personId: data.personId, name: data.name };
      case 'PersonEnrolled': {
        const { employer, schemes, from } = data;
        return { ...state, enrolments: [...state.enrolments, { employer, schemes, from, lastMonth: undefined }] };
      }
      case 'EnrolmentEnded':
        return {
          ...state,
          enrolments: state.enrolments.map((each) =>
            each.employer === data.employer && each.lastMonth === undefined
              ? { ...each, lastMonth: data.lastMonth }
              : each,
          ),
        };
      case 'EnrolmentConflictFound':
        return state;
    }
  },

  decide(command, state) {
    switch (command.type) {
      case 'RegisterPerson':
        return registerPerson(command, state);
      case 'RegisterAndEnrol': {
        const registration = registerPerson(command, state);
        const registered = registration.reduce((so, event) => decider.evolve(so, event), state);
        return [...registration, ...enrol(command, registered)];
      }
      case 'EnrolDeclared':
        return enrolDeclared(command, state);
      case 'EndDeclared':
        return openEnrolment(state, command.employer) === undefined ? [] : endEnrolment(command, state);
      case 'Enrol':
        return enrol(command, state);
      case 'EndEnrolment':
        return endEnrolment(command, state);
    }
  },
};

export const insured: Aggregate<InsuredState, InsuredCommand, InsuredEvent> = {
  ...decider,
  category: 'insured',
  schemas: insuredEventSchemas,
};

function registerPerson(
  command: { citizenNumber: string; name: string },
  state: InsuredState,
): readonly InsuredEvent[] {
  const fault = citizenNumberFault(command.citizenNumber);
  if (fault !== undefined) {
    throw new DomainError(
      'citizen-number-invalid',
      `The citizen number is wrong (${fault}).`,
      'GB 11643-1999: 18 characters with a birth date and a check character.',
      'Compare it with the identity card.',
      { fault },
    );
  }
  if (state.personId !== undefined) {
    if (state.name === command.name) return [];
    throw new DomainError(
      'person-already-registered',
      'This citizen number is registered already under another name.',
      '社会保险法 第58条: one person has one social security number, the citizen number.',
      'Check name and number; a change of name is filed as a change.',
    );
  }
  const { citizenNumber, name } = command;
  return [{ type: 'PersonRegistered', data: { personId: personIdOf(citizenNumber), citizenNumber, name } }];
}

function enrol(command: EnrolCommand, state: InsuredState): readonly InsuredEvent[] {
  const personId = known(state);
  const { employer, schemes, from } = command;
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

/** The enrolment that an accepted declaration asks for, or the record that it could not be made. */
function enrolDeclared(command: EnrolCommand, state: InsuredState): readonly InsuredEvent[] {
  try {
    return enrol(command, state);
  } catch (refusal) {
    if (!(refusal instanceof DomainError) || refusal.code !== 'already-enrolled') throw refusal;
    const { employer, schemes, from } = command;
    const data = { personId: known(state), employer, schemes: [...schemes], from, reason: refusal.message };
    return [{ type: 'EnrolmentConflictFound', data }];
  }
}

function openEnrolment(state: InsuredState, employer: string): Enrolment | undefined {
  return state.enrolments.find((each) => each.employer === employer && each.lastMonth === undefined);
}

function endEnrolment(command: { employer: string; lastMonth: Month }, state: InsuredState): readonly InsuredEvent[] {
  const personId = known(state);
  const { employer, lastMonth } = command;
  if (state.enrolments.some((each) => each.employer === employer && each.lastMonth === lastMonth)) return [];
  const open = openEnrolment(state, employer);
  if (open === undefined || lastMonth < open.from) {
    throw new DomainError(
      'not-enrolled',
      `The person is not enrolled through this employer in ${lastMonth}.`,
      'A participation ends with the last month it covers.',
      'Check the employer and the month.',
    );
  }
  return [{ type: 'EnrolmentEnded', data: { personId, employer, lastMonth } }];
}

interface EnrolCommand {
  readonly employer: string;
  readonly schemes: readonly Scheme[];
  readonly from: Month;
}

function known(state: InsuredState): string {
  if (state.personId !== undefined) return state.personId;
  throw new DomainError(
    'person-unknown',
    'The person is not registered.',
    '社会保险法 第58条: the employer registers its staff within 30 days of employment.',
    'Register the person first (ledgerctl import people FILE).',
  );
}
