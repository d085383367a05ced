import { creditCodeFault, DomainError } from '@provident/kernel';
import type { EmployerCommand, EmployerState, RegisteredEmployer } from './employer.js';
import type { EmployerEvent } from './events.js';
import { differing, OF_PEOPLE, without } from './particulars.js';

type CommandOf<Type extends EmployerCommand['type']> = Extract<EmployerCommand, { type: Type }>;

export function register(command: CommandOf<'RegisterEmployer'>, state: EmployerState): readonly EmployerEvent[] {
  const fault = creditCodeFault(command.creditCode);
  if (fault !== undefined) {
    throw new DomainError(
      'credit-code-invalid',
      `The unified social credit code is wrong (${fault}).`,
      'GB 32100-2015: 18 characters, the last one a check character.',
      'Compare the code with the business licence.',
      { creditCode: command.creditCode, fault },
    );
  }
  checkRiskClass(command.riskClass);
  const isAnew =
    state.status === 'cancelled' && state.cancelledOn !== undefined && command.registeredOn > state.cancelledOn;
  if (state.status !== 'unregistered' && !isAnew) {
    if (state.name === command.name && state.riskClasses[0]?.riskClass === command.riskClass) return [];
    throw new DomainError(
      'employer-already-registered',
      'The employer is registered already, with other particulars.',
      '社会保险法 第57条: a change of particulars is filed as a change, not as a new registration.',
      'File a change instead.',
      { creditCode: command.creditCode },
    );
  }
  const { creditCode, name, registeredOn, riskClass } = command;
  return [{ type: 'EmployerRegistered', data: { creditCode, name, registeredOn, riskClass } }];
}

export function changeRiskClass(command: CommandOf<'ChangeRiskClass'>, state: EmployerState): readonly EmployerEvent[] {
  const employer = registered(state);
  checkRiskClass(command.riskClass);
  const latest = employer.riskClasses.at(-1);
  if (latest?.riskClass === command.riskClass) return [];
  if (latest?.from !== undefined && command.from <= latest.from) {
    throw new DomainError(
      'risk-class-out-of-order',
      `A risk class from ${latest.from} is on record already; ${command.from} is not after it.`,
      'Risk classes follow one another in time (人社部发〔2015〕71号).',
      'Give a later month.',
    );
  }
  const { creditCode } = employer;
  return [{ type: 'EmployerRiskClassChanged', data: { creditCode, riskClass: command.riskClass, from: command.from } }];
}

/** Files what differs from the record; nothing when all of it is on record already. */
export function changeParticulars(
  command: CommandOf<'ChangeParticulars'>,
  state: EmployerState,
): readonly EmployerEvent[] {
  const { creditCode, name, particulars } = registered(state);
  const { contactsId, changedOn, reason } = command;
  const changes = differing(without(command, 'type', 'contactsId', 'changedOn', 'reason'), { name, ...particulars });
  if (Object.keys(changes).length === 0) return [];
  const contacts = OF_PEOPLE.some((field) => field in changes) ? { contactsId } : {};
  return [{ type: 'EmployerParticularsChanged', data: { creditCode, ...contacts, ...changes, changedOn, reason } }];
}

/** Records that what the particulars tell of people is erased; nothing where there is nothing of it. */
export function eraseContacts(
  { ground, erasedOn }: CommandOf<'EraseContacts'>,
  state: EmployerState,
): readonly EmployerEvent[] {
  const { creditCode, contacts } = state.status === 'unregistered' ? registered(state) : state;
  if (contacts.length === 0) return [];
  return [{ type: 'EmployerContactsErased', data: { creditCode, contacts: [...contacts], ground, erasedOn } }];
}

export function suspend(command: CommandOf<'SuspendRegistration'>, state: EmployerState): readonly EmployerEvent[] {
  const { creditCode, suspensions } = registered(state);
  const latest = suspensions.at(-1);
  if (latest !== undefined && latest.resumed === undefined) {
    if (latest.from === command.from) return [];
    throw outOfOrder(`The registration is suspended since ${latest.from} already.`, 'Resume it first.');
  }
  if (latest?.resumed !== undefined && command.from < latest.resumed) {
    throw outOfOrder(`The registration was resumed from ${latest.resumed} only.`, 'Give that month or a later one.');
  }
  return [{ type: 'RegistrationSuspended', data: { creditCode, from: command.from, reason: command.reason } }];
}

export function resume(command: CommandOf<'ResumeRegistration'>, state: EmployerState): readonly EmployerEvent[] {
  const { creditCode, suspensions } = registered(state);
  const latest = suspensions.at(-1);
  if (latest?.resumed === command.from) return [];
  if (latest === undefined || latest.resumed !== undefined) {
    throw outOfOrder('The registration is not suspended.', 'There is nothing to resume.');
  }
  if (command.from <= latest.from) {
    throw outOfOrder(`The registration is suspended from ${latest.from} on.`, 'Resume it from a later month.');
  }
  return [{ type: 'RegistrationResumed', data: { creditCode, from: command.from } }];
}

/** The employer in good standing, or the refusal `employer-unknown`, `employer-cancelling` or `employer-cancelled`. */
export function registered(state: EmployerState): RegisteredEmployer {
  switch (state.status) {
    case 'registered':
      return state;
    case 'unregistered':
      throw new DomainError(
        'employer-unknown',
        'The employer is not registered.',
        '社会保险法 第57条: an employer registers with the agency before it pays contributions.',
        'Register the employer first (ledgerctl import employers FILE).',
      );
    case 'cancelling':
      throw new DomainError(
        'employer-cancelling',
        'The cancellation of this registration is under way.',
        '经办条例 第10条: a registration that is being cancelled is not changed meanwhile.',
        'Wait for the answer to the cancellation.',
      );
    case 'cancelled':
      throw new DomainError(
        'employer-cancelled',
        `The registration was cancelled on ${state.cancelledOn ?? ''}.`,
        '经办条例 第10条: a cancelled registration has come to its end.',
        'Register the employer anew, if it has staff again.',
      );
  }
}

function outOfOrder(message: string, remedy: string): DomainError {
  return new DomainError(
    'suspension-out-of-order',
    message,
    'Suspensions of a registration follow one another without overlap.',
    remedy,
  );
}

function checkRiskClass(riskClass: number): void {
  if (Number.isInteger(riskClass) && riskClass >= 1 && riskClass <= 8) return;
  throw new DomainError(
    'risk-class-invalid',
    `${riskClass} is not a work-injury risk class.`,
    '人社部发〔2015〕71号: industries fall into classes 1 to 8.',
    'Give a whole number from 1 to 8.',
  );
}
