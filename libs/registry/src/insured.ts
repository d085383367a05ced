import { addMonths, type BusinessDate, type Decider, type Month, type Scheme } from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { endEnrolment, enrol, enrolDeclared, openEnrolments, resumeEnrolment, suspendEnrolment } from './enrolment.js';
import { type ErasureGround, type InsuredEvent, insuredEventSchemas } from './events.js';
import { without } from './particulars.js';
import { type SettledEnrolment, settleEnrolment, withoutConflict } from './settled-enrolment.js';
import { checkNotErased, erased, erasePerson } from './erase-person.js';
import { absorbIdentity, changePerson, checkNotMerged, mergeIdentity, registerPerson, undoMerge } from './identity.js';

export interface Enrolment {
  readonly employer: string;
  readonly schemes: readonly Scheme[];
  readonly from: Month;
  readonly lastMonth: Month | undefined;
}

/** Schemes of an enrolment in which nothing is due for a while; the open one has no end. */
export interface Rest {
  readonly employer: string;
  readonly schemes: readonly Scheme[];
  readonly from: Month;
  /** The month from which it counts again. */
  readonly resumed: Month | undefined;
}

/** What is known of a person beside the number; absent before it is filed. */
export interface PersonParticulars {
  readonly phone?: string;
  readonly address?: string;
  readonly bankAccount?: string;
}

export interface InsuredState {
  readonly personId: string | undefined;
  readonly citizenNumber: string | undefined;
  readonly name: string | undefined;
  readonly particulars: PersonParticulars;
  readonly enrolments: readonly Enrolment[];
  readonly rests: readonly Rest[];
  /** Declared enrolments that could not be made and that nobody has settled. */
  readonly conflicts: readonly EnrolTerms[];
  /** This identity was a second one: the person goes on as the survivor. */
  readonly merged: { readonly mergeId: string; readonly survivor: string } | undefined;
  readonly isErased: boolean;
  /** Identities that this one took over. */
  readonly absorbed: readonly { readonly mergeId: string; readonly personId: string }[];
}

export interface EnrolTerms {
  readonly employer: string;
  readonly schemes: readonly Scheme[];
  readonly from: Month;
}

/** Who is entered in the register. The id is the person index's for the number. */
export interface Registration {
  readonly personId: string;
  readonly citizenNumber: string;
  readonly name: string;
}

export type InsuredCommand =
  | ({ type: 'RegisterPerson' } & Registration)
  | ({ type: 'Enrol' } & EnrolTerms)
  | ({ type: 'RegisterAndEnrol' } & Registration & EnrolTerms)
  /** Ends the participation in the schemes named; in all of them when none is. */
  | { type: 'EndEnrolment'; employer: string; lastMonth: Month; schemes?: readonly Scheme[] }
  | ({ type: 'SuspendEnrolment'; reason: string } & EnrolTerms)
  | ({ type: 'ResumeEnrolment' } & EnrolTerms)
  /** An accepted declaration or change form says so: a conflict is recorded for a clerk instead of refused. */
  | ({ type: 'EnrolDeclared' } & EnrolTerms)
  | { type: 'EndDeclared'; employer: string; lastMonth: Month }
  | ({ type: 'SettleEnrolment' } & SettledEnrolment)
  | ({ type: 'ChangePerson'; name?: string; changedOn: BusinessDate; reason: string } & PersonParticulars)
  | { type: 'MergeIdentity'; mergeId: string; survivor: string; mergedOn: BusinessDate; reason: string }
  | {
      type: 'AbsorbIdentity';
      mergeId: string;
      merged: string;
      enrolments: readonly Enrolment[];
      conflicts: readonly EnrolTerms[];
      mergedOn: BusinessDate;
    }
  | { type: 'UndoMerge'; mergeId: string; on: BusinessDate }
  | { type: 'ErasePerson'; personId: string; ground: ErasureGround; erasedOn: BusinessDate };

const decider: Decider<InsuredState, InsuredCommand, InsuredEvent> = {
  initial: {
    personId: undefined,
    citizenNumber: undefined,
    name: undefined,
    particulars: {},
    enrolments: [],
    rests: [],
    conflicts: [],
    merged: undefined,
    isErased: false,
    absorbed: [],
  },
  evolve,
  decide(command, state) {
    if (command.type === 'UndoMerge') return undoMerge(command, state);
    if (command.type === 'MergeIdentity') return mergeIdentity(command, state);
    checkNotMerged(state);
    if (command.type === 'ErasePerson') return erasePerson(command, state);
    if (command.type === 'SettleEnrolment') return settleEnrolment(command, state, evolve);
    if (command.type !== 'EnrolDeclared' && command.type !== 'EndDeclared') checkNotErased(state);
    switch (command.type) {
      case 'RegisterPerson':
        return registerPerson(command, state);
      case 'RegisterAndEnrol': {
        const registration = registerPerson(command, state);
        return [...registration, ...enrol(command, registration.reduce(evolve, state))];
      }
      case 'EnrolDeclared':
        return enrolDeclared(command, state);
      case 'EndDeclared':
        return openEnrolments(state, command.employer).length === 0 ? [] : endEnrolment(command, state);
      case 'Enrol':
        return enrol(command, state);
      case 'EndEnrolment':
        return endEnrolment(command, state);
      case 'SuspendEnrolment':
        return suspendEnrolment(command, state);
      case 'ResumeEnrolment':
        return resumeEnrolment(command, state);
      case 'ChangePerson':
        return changePerson(command, state);
      case 'AbsorbIdentity':
        return absorbIdentity(command, state);
    }
  },
};

export const insured: Aggregate<InsuredState, InsuredCommand, InsuredEvent> = {
  ...decider,
  category: 'insured',
  schemas: insuredEventSchemas,
};

function evolve(state: InsuredState, { type, data }: InsuredEvent): InsuredState {
  switch (type) {
    case 'PersonRegistered':
      return { ...state, personId: data.personId, citizenNumber: data.citizenNumber, name: data.name };
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
        rests: state.rests.map((each) =>
          each.employer === data.employer && each.resumed === undefined
            ? { ...each, resumed: addMonths(data.lastMonth, 1) }
            : each,
        ),
      };
    case 'EnrolmentSuspended': {
      const { employer, schemes, from } = data;
      return { ...state, rests: [...state.rests, { employer, schemes, from, resumed: undefined }] };
    }
    case 'EnrolmentResumed':
      return { ...state, rests: state.rests.flatMap((rest) => parted(rest, data)) };
    case 'PersonChanged': {
      const { name = state.name, ...particulars } = without(data, 'personId', 'changedOn', 'reason');
      return { ...state, name, particulars: { ...state.particulars, ...particulars } };
    }
    case 'IdentityMerged':
      return { ...state, merged: { mergeId: data.mergeId, survivor: data.survivor } };
    case 'IdentityMergeUndone':
      return { ...state, merged: undefined };
    case 'IdentityAbsorbed':
      return {
        ...state,
        enrolments: [...state.enrolments, ...data.enrolments.map((each) => ({ ...each, lastMonth: each.lastMonth }))],
        conflicts: [...state.conflicts, ...(data.conflicts ?? [])],
        absorbed: [...state.absorbed, { mergeId: data.mergeId, personId: data.merged }],
      };
    case 'PersonErased':
      return erased(state);
    case 'EnrolmentConflictFound': {
      const { employer, schemes, from } = data;
      return { ...state, conflicts: [...withoutConflict(state.conflicts, data), { employer, schemes, from }] };
    }
    case 'EnrolmentConflictSettled':
      return { ...state, conflicts: withoutConflict(state.conflicts, data) };
  }
}

/** A rest of which some schemes count again: those are closed, the others rest further. */
function parted(rest: Rest, { employer, schemes, from }: EnrolTerms): Rest[] {
  if (rest.employer !== employer || rest.resumed !== undefined) return [rest];
  const back = rest.schemes.filter((scheme) => schemes.includes(scheme));
  const resting = rest.schemes.filter((scheme) => !schemes.includes(scheme));
  return [
    ...(back.length === 0 ? [] : [{ ...rest, schemes: back, resumed: from }]),
    ...(resting.length === 0 ? [] : [{ ...rest, schemes: resting }]),
  ];
}
