import type { BusinessDate, Decider, Month, Scheme } from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { addPerson, openStaffing, reducePerson, removeRow } from './change-rows.js';
import { acceptForm, returnForm, submitForm } from './form-passage.js';
import { type StaffingEvent, staffingEventSchemas } from './events.js';

export interface ChangeRow {
  readonly personId: string;
  readonly change: 'add' | 'reduce';
  readonly schemes: readonly Scheme[];
  readonly reason: string;
}

export interface ChangeForm {
  readonly month: Month;
  readonly status: 'draft' | 'submitted' | 'returned';
  readonly rows: readonly ChangeRow[];
  /** Last month's, and this month's as handed in. */
  readonly headcount: number | undefined;
  /** Who handed it in: somebody else accepts it. */
  readonly submittedBy?: string | undefined;
}

/** An employer's headcount from form to form (月度增减). Stream `staffing-<credit code>`. */
export interface StaffingState {
  /** The month up to which forms are accepted (or that it opened with), and the people insured then. */
  readonly accepted: { readonly month: Month; readonly headcount: number } | undefined;
  /** The form that is being filled in or examined. */
  readonly form: ChangeForm | undefined;
  /** What the accepted forms say last of those whom they name. */
  readonly named: ReadonlyMap<string, 'add' | 'reduce'>;
}

export type StaffingCommand =
  | { type: 'OpenStaffing'; employer: string; month: Month; headcount: number }
  | {
      type: 'AddPerson';
      employer: string;
      month: Month;
      personId: string;
      schemes: readonly Scheme[];
      reason: string;
      reasons: readonly string[];
    }
  | {
      type: 'ReducePerson';
      employer: string;
      month: Month;
      personId: string;
      reason: string;
      reasons: readonly string[];
    }
  | { type: 'RemoveRow'; employer: string; month: Month; personId: string }
  | {
      type: 'SubmitForm';
      employer: string;
      month: Month;
      /** This month's headcount as the employer counts it. */
      headcount: number;
      submittedOn: BusinessDate;
      actor: string;
      cutOff: BusinessDate;
    }
  | { type: 'ReturnForm'; employer: string; month: Month; reason: string; returnedOn: BusinessDate }
  | { type: 'AcceptForm'; employer: string; month: Month; acceptedOn: BusinessDate; actor: string };

const decider: Decider<StaffingState, StaffingCommand, StaffingEvent> = {
  initial: { accepted: undefined, form: undefined, named: new Map() },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'OpenStaffing':
        return openStaffing(command, state);
      case 'AddPerson':
        return addPerson(command, state);
      case 'ReducePerson':
        return reducePerson(command, state);
      case 'RemoveRow':
        return removeRow(command, state);
      case 'SubmitForm':
        return submitForm(command, state);
      case 'ReturnForm':
        return returnForm(command, state);
      case 'AcceptForm':
        return acceptForm(command, state);
    }
  },
};

export const staffing: Aggregate<StaffingState, StaffingCommand, StaffingEvent> = {
  ...decider,
  category: 'staffing',
  schemas: staffingEventSchemas,
};

function evolve(state: StaffingState, { type, data }: StaffingEvent): StaffingState {
  switch (type) {
    case 'StaffingOpened':
      return { ...state, accepted: { month: data.month, headcount: data.headcount } };
    case 'PersonAdded': {
      const { personId, schemes, reason } = data;
      return withRow(state, data.month, { personId, change: 'add', schemes, reason });
    }
    case 'PersonReduced': {
      const { personId, reason } = data;
      return withRow(state, data.month, { personId, change: 'reduce', schemes: [], reason });
    }
    case 'ChangeRowRemoved':
      if (state.form === undefined) return state;
      return {
        ...state,
        form: { ...state.form, rows: state.form.rows.filter((row) => row.personId !== data.personId) },
      };
    case 'ChangeFormSubmitted': {
      const form = state.form ?? { month: data.month, rows: [] };
      const { headcount, submittedBy } = data;
      return { ...state, form: { ...form, status: 'submitted', headcount, submittedBy } };
    }
    case 'ChangeFormReturned':
      return state.form === undefined ? state : { ...state, form: { ...state.form, status: 'returned' } };
    case 'ChangeFormAccepted': {
      const named = new Map(state.named);
      for (const { personId } of data.added) named.set(personId, 'add');
      for (const personId of data.reduced) named.set(personId, 'reduce');
      return { accepted: { month: data.month, headcount: data.headcount }, form: undefined, named };
    }
  }
}

function withRow(state: StaffingState, month: Month, row: ChangeRow): StaffingState {
  const begun = state.form?.month === month ? state.form : undefined;
  const form = begun ?? { month, status: 'draft' as const, rows: [], headcount: undefined };
  return { ...state, form: { ...form, rows: [...form.rows, row] } };
}
