import { DomainError, type Month } from '@provident/kernel';
import { notOpen, refused } from './change-rows.js';
import type { StaffingEvent } from './events.js';
import type { ChangeForm, StaffingCommand, StaffingState } from './staffing.js';

type CommandOf<Type extends StaffingCommand['type']> = Extract<StaffingCommand, { type: Type }>;

/** The employer's own count must agree: it shows that no row is missing. */
export function submitForm(
  { employer, month, headcount, submittedOn, cutOff, actor }: CommandOf<'SubmitForm'>,
  { accepted, form }: StaffingState,
): readonly StaffingEvent[] {
  if (accepted === undefined) throw notOpen();
  if (form?.month === month && form.status === 'submitted' && form.headcount === headcount) return [];
  const rows = draft(form, month).rows;
  if (submittedOn > cutOff) {
    throw refused(
      'form-late',
      `The last day for the form of ${month} was ${cutOff}.`,
      'Put the changes on the form of the next month.',
    );
  }
  const added = rows.filter(({ change }) => change === 'add').length;
  const reduced = rows.length - added;
  const headcountBefore = accepted.headcount;
  const counted = headcountBefore + added - reduced;
  if (counted !== headcount || counted < 0) {
    throw refused(
      'headcount-differs',
      `${headcountBefore} last month and ${added} added less ${reduced} reduced make ${counted}; the form says ${headcount}.`,
      'Add the missing rows, or correct the count.',
    );
  }
  return [
    {
      type: 'ChangeFormSubmitted',
      data: { employer, month, headcountBefore, added, reduced, headcount, submittedOn, submittedBy: actor, cutOff },
    },
  ];
}

export function returnForm(
  { employer, month, reason, returnedOn }: CommandOf<'ReturnForm'>,
  { form }: StaffingState,
): readonly StaffingEvent[] {
  if (form?.month === month && form.status === 'returned') return [];
  submitted(form, month);
  return [{ type: 'ChangeFormReturned', data: { employer, month, reason, returnedOn } }];
}

/** Whoever handed the form in does not accept it. */
export function acceptForm(
  { employer, month, acceptedOn, actor }: CommandOf<'AcceptForm'>,
  { accepted, form }: StaffingState,
): readonly StaffingEvent[] {
  if (accepted?.month === month && form === undefined) return [];
  const { rows, headcount = 0, submittedBy } = submitted(form, month);
  if (submittedBy === actor) throw ownForm(month);
  const added = rows.filter(({ change }) => change === 'add');
  const reduced = rows.filter(({ change }) => change === 'reduce');
  return [
    {
      type: 'ChangeFormAccepted',
      data: {
        ...{ employer, month, headcount },
        added: added.map(({ personId, schemes }) => ({ personId, schemes: [...schemes] })),
        reduced: reduced.map(({ personId }) => personId),
        acceptedOn,
      },
    },
  ];
}

function ownForm(month: Month): DomainError {
  return new DomainError(
    'accepted-by-submitter',
    `You handed in the form of ${month} yourself.`,
    '社会保险经办条例 第37条: key business passes graded review, so somebody else accepts it.',
    'Ask a colleague who may accept forms.',
  );
}

function draft(form: ChangeForm | undefined, month: Month): ChangeForm {
  if (form?.month === month && form.status !== 'submitted' && form.rows.length > 0) return form;
  throw refused(
    'form-unknown',
    `There is no form of ${month} with a row on it that could be handed in.`,
    'Add or reduce people first; a month without changes needs no form.',
  );
}

function submitted(form: ChangeForm | undefined, month: Month): ChangeForm {
  if (form?.month === month && form.status === 'submitted') return form;
  throw refused('form-unknown', `No form of ${month} is handed in.`, 'Wait until the employer hands it in.');
}
