import { DomainError, type Month } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import type { StaffingEvent } from './events.js';
import type { ChangeForm, StaffingCommand, StaffingState } from './staffing.js';

type CommandOf<Type extends StaffingCommand['type']> = Extract<StaffingCommand, { type: Type }>;

export const RULE = '增减变动表: last month’s people plus joiners less leavers are this month’s.';

export function openStaffing(
  { employer, month, headcount }: CommandOf<'OpenStaffing'>,
  { accepted, form }: StaffingState,
): readonly StaffingEvent[] {
  if (accepted === undefined) return [{ type: 'StaffingOpened', data: { employer, month, headcount } }];
  if (form === undefined && accepted.month === month && accepted.headcount === headcount) return [];
  throw refused(
    'staffing-already-open',
    `The headcount is kept since a form or an opening up to ${accepted.month}.`,
    'Hand in change forms from the month after that.',
  );
}

export function addPerson(command: CommandOf<'AddPerson'>, state: StaffingState): readonly StaffingEvent[] {
  const { employer, month, personId, schemes, reason, reasons } = command;
  const form = formFor(state, month);
  const row = form?.rows.find((each) => each.personId === personId);
  if (row?.change === 'add' && row.reason === reason && sameSet(row.schemes, schemes)) return [];
  checkReason(reason, reasons);
  checkRow(form, personId);
  if (state.named.get(personId) === 'add') {
    throw refused('person-already-added', 'An accepted form has this person as joining already.', 'Remove the row.');
  }
  const data = { employer, month, personId, schemes: [...new Set(schemes)], reason };
  return [{ type: 'PersonAdded', data }];
}

export function reducePerson(command: CommandOf<'ReducePerson'>, state: StaffingState): readonly StaffingEvent[] {
  const { employer, month, personId, reason, reasons } = command;
  const form = formFor(state, month);
  const row = form?.rows.find((each) => each.personId === personId);
  if (row?.change === 'reduce' && row.reason === reason) return [];
  checkReason(reason, reasons);
  checkRow(form, personId);
  if (state.named.get(personId) === 'reduce') {
    throw refused('person-already-reduced', 'An accepted form has this person as leaving already.', 'Remove the row.');
  }
  return [{ type: 'PersonReduced', data: { employer, month, personId, reason } }];
}

export function removeRow(
  { employer, month, personId }: CommandOf<'RemoveRow'>,
  state: StaffingState,
): readonly StaffingEvent[] {
  const form = formFor(state, month);
  if (form?.rows.some((row) => row.personId === personId) !== true) return [];
  return [{ type: 'ChangeRowRemoved', data: { employer, month, personId } }];
}

/** The form of a month as it may be written on; undefined where it has no row yet. */
function formFor({ accepted, form }: StaffingState, month: Month): ChangeForm | undefined {
  if (accepted === undefined) throw notOpen();
  if (month <= accepted.month) {
    throw refused(
      'form-month-closed',
      `Forms up to ${accepted.month} are accepted.`,
      'Put the change on the form of a later month.',
    );
  }
  if (form === undefined) return undefined;
  if (form.month !== month && form.rows.length > 0) {
    throw refused(
      'form-other-month',
      `The form of ${form.month} is not accepted yet.`,
      'Hand that one in first, or take its rows off.',
    );
  }
  if (form.status === 'submitted') {
    throw refused('form-under-examination', 'The form is handed in.', 'Wait until it is accepted or given back.');
  }
  return form;
}

function checkRow(form: ChangeForm | undefined, personId: string): void {
  if (form?.rows.some((row) => row.personId === personId) === true) {
    throw refused('person-on-form-already', 'The person has a row on this form.', 'Remove that row first.');
  }
  if ((form?.rows.length ?? 0) < LIMITS.rowsPerForm) return;
  throw refused(
    'form-full',
    `A form holds ${LIMITS.rowsPerForm} people.`,
    'Report larger changes with the declaration file, as 增员 and 减员.',
  );
}

function checkReason(reason: string, reasons: readonly string[]): void {
  if (reasons.includes(reason)) return;
  throw new DomainError(
    'change-reason-unknown',
    'This reason is not on the list.',
    'decl.change_form: reasons for joining and leaving are a dated list.',
    `Choose one of ${reasons.join('、')}.`,
  );
}

export function notOpen(): DomainError {
  return refused(
    'staffing-unknown',
    'The headcount that the forms go on from is not set.',
    'Open the staffing with the month before the first form.',
  );
}

export function refused(code: string, message: string, remedy: string): DomainError {
  return new DomainError(code, message, RULE, remedy);
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return new Set([...a, ...b]).size === new Set(a).size && a.length >= new Set(b).size;
}
