import type { BusinessDate, Decider, Month } from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { concludeCancellation, reopenAfterDues, requestCancellation } from './cancellation.js';
import { type EmployerEvent, employerEventSchemas, type ErasureGround, type Owed, type UnitType } from './events.js';
import { OF_PEOPLE, without } from './particulars.js';
import { changeParticulars, changeRiskClass, eraseContacts, register, resume, suspend } from './registration.js';

/** Registered particulars beside the name; none is there before it is filed. */
export interface Particulars {
  readonly unitType?: UnitType;
  readonly address?: string;
  readonly legalRepresentative?: string;
  readonly bankName?: string;
  readonly bankAccount?: string;
  readonly contactName?: string;
  readonly contactPhone?: string;
}

export interface RegisteredEmployer {
  /** "cancelling" from the request until collection has answered what is owed. */
  readonly status: 'registered' | 'cancelling' | 'cancelled';
  readonly creditCode: string;
  readonly name: string;
  readonly registeredOn: BusinessDate;
  /** Risk classes by the month they start, the latest last. */
  readonly riskClasses: readonly { readonly from: Month | undefined; readonly riskClass: number }[];
  readonly particulars: Particulars;
  /** Keys of what the particulars, present and past, tell of people; erased ones are left out. */
  readonly contacts: readonly string[];
  /** Stretches of months without declarations, the latest last; the open one has no end. */
  readonly suspensions: readonly { readonly from: Month; readonly resumed: Month | undefined }[];
  /** The last request for cancellation. */
  readonly request: { readonly requestId: string; readonly requestedOn: BusinessDate } | undefined;
  /** Why the last request was refused or undone. */
  readonly owed: readonly Owed[];
  readonly cancelledOn: BusinessDate | undefined;
}

export type EmployerState = { readonly status: 'unregistered' } | RegisteredEmployer;

export type EmployerCommand =
  | { type: 'RegisterEmployer'; creditCode: string; name: string; registeredOn: BusinessDate; riskClass: number }
  | { type: 'ChangeRiskClass'; riskClass: number; from: Month }
  | ({
      type: 'ChangeParticulars';
      /** Key of the contacts in it. */
      contactsId: string;
      name?: string;
      changedOn: BusinessDate;
      reason: string;
    } & Particulars)
  | { type: 'EraseContacts'; ground: ErasureGround; erasedOn: BusinessDate }
  | { type: 'SuspendRegistration'; from: Month; reason: string }
  | { type: 'ResumeRegistration'; from: Month }
  | { type: 'RequestCancellation'; requestId: string; requestedOn: BusinessDate; reason: string }
  /** Collection has answered what is owed: nothing, or this. */
  | { type: 'ConcludeCancellation'; requestId: string; owed: readonly Owed[]; on: BusinessDate }
  /** Dues arose after they had been closed for the request. */
  | { type: 'ReopenAfterDues'; requestId: string; owed: readonly Owed[]; on: BusinessDate };

const decider: Decider<EmployerState, EmployerCommand, EmployerEvent> = {
  initial: { status: 'unregistered' },
  evolve(state, event) {
    if (event.type === 'EmployerRegistered') return newlyRegistered(event.data);
    return state.status === 'unregistered' ? state : evolveRegistered(state, event);
  },
  decide(command, state) {
    switch (command.type) {
      case 'RegisterEmployer':
        return register(command, state);
      case 'ChangeRiskClass':
        return changeRiskClass(command, state);
      case 'ChangeParticulars':
        return changeParticulars(command, state);
      case 'EraseContacts':
        return eraseContacts(command, state);
      case 'SuspendRegistration':
        return suspend(command, state);
      case 'ResumeRegistration':
        return resume(command, state);
      case 'RequestCancellation':
        return requestCancellation(command, state);
      case 'ConcludeCancellation':
        return concludeCancellation(command, state);
      case 'ReopenAfterDues':
        return reopenAfterDues(command, state);
    }
  },
};

export const employer: Aggregate<EmployerState, EmployerCommand, EmployerEvent> = {
  ...decider,
  category: 'employer',
  schemas: employerEventSchemas,
};

type Registered = Extract<EmployerEvent, { type: 'EmployerRegistered' }>;

function newlyRegistered(data: Registered['data']): RegisteredEmployer {
  const { creditCode, name, registeredOn, riskClass } = data;
  return {
    status: 'registered',
    creditCode,
    name,
    registeredOn,
    riskClasses: [{ from: undefined, riskClass }],
    particulars: {},
    contacts: [],
    suspensions: [],
    request: undefined,
    owed: [],
    cancelledOn: undefined,
  };
}

function evolveRegistered(
  state: RegisteredEmployer,
  { type, data }: Exclude<EmployerEvent, Registered>,
): RegisteredEmployer {
  switch (type) {
    case 'EmployerRiskClassChanged':
      return { ...state, riskClasses: [...state.riskClasses, { from: data.from, riskClass: data.riskClass }] };
    case 'EmployerParticularsChanged': {
      const { name = state.name, ...particulars } = without(data, 'creditCode', 'contactsId', 'changedOn', 'reason');
      const contacts = data.contactsId === undefined ? state.contacts : [...state.contacts, data.contactsId];
      return { ...state, name, particulars: { ...state.particulars, ...particulars }, contacts };
    }
    case 'EmployerContactsErased': {
      const particulars = without(state.particulars, ...OF_PEOPLE);
      return { ...state, particulars, contacts: [] };
    }
    case 'RegistrationSuspended':
      return { ...state, suspensions: [...state.suspensions, { from: data.from, resumed: undefined }] };
    case 'RegistrationResumed':
      return {
        ...state,
        suspensions: state.suspensions.map((each) =>
          each.resumed === undefined ? { ...each, resumed: data.from } : each,
        ),
      };
    case 'CancellationRequested': {
      const { requestId, requestedOn } = data;
      return { ...state, status: 'cancelling', request: { requestId, requestedOn }, owed: [] };
    }
    case 'CancellationRefused':
      return { ...state, status: 'registered', owed: data.owed };
    case 'RegistrationCancelled':
      return { ...state, status: 'cancelled', cancelledOn: data.cancelledOn };
    case 'CancellationUndone':
      return { ...state, status: 'registered', owed: data.owed, cancelledOn: undefined };
  }
}
