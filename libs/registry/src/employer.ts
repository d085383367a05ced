import { type BusinessDate, creditCodeFault, type Decider, DomainError, type Month } from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { type EmployerEvent, employerEventSchemas } from './events.js';

export type EmployerState =
  | { readonly status: 'unregistered' }
  | {
      readonly status: 'registered';
      readonly creditCode: string;
      readonly name: string;
      readonly registeredOn: BusinessDate;
      /** Risk classes by the month they start, the latest last. */
      readonly riskClasses: readonly { readonly from: Month | undefined; readonly riskClass: number }[];
    };

export type EmployerCommand =
  | { type: 'RegisterEmployer'; creditCode: string; name: string; registeredOn: BusinessDate; riskClass: number }
  | { type: 'ChangeRiskClass'; riskClass: number; from: Month };

const decider: Decider<EmployerState, EmployerCommand, EmployerEvent> = {
  initial: { status: 'unregistered' },

  evolve(state, { type, data }) {
    switch (type) {
      case 'EmployerRegistered':
        return {
          status: 'registered',
          creditCode: data.creditCode,
          name: data.name,
          registeredOn: data.registeredOn,
          riskClasses: [{ from: undefined, riskClass: data.riskClass }],
        };
      case 'EmployerRiskClassChanged':
        if (state.status !== 'registered') return state;
        return { ...state, riskClasses: [...state.riskClasses, { from: data.from, riskClass: data.riskClass }] };
    }
  },

  decide(command, state) {
    switch (command.type) {
      case 'RegisterEmployer':
        return register(command, state);
      case 'ChangeRiskClass': {
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
        return [
          { type: 'EmployerRiskClassChanged', data: { creditCode, riskClass: command.riskClass, from: command.from } },
        ];
      }
    }
  },
};

export const employer: Aggregate<EmployerState, EmployerCommand, EmployerEvent> = {
  ...decider,
  category: 'employer',
  schemas: employerEventSchemas,
};

/** The registered employer, or the refusal `employer-unknown`. */
function registered(state: EmployerState): Extract<EmployerState, { status: 'registered' }> {
  if (state.status === 'registered') return state;
  throw new DomainError(
    'employer-unknown',
    'The employer is not registered.',
    '社会保险法 第57条: an employer registers with the agency before it pays contributions.',
    'Register the employer first (ledgerctl import employers FILE).',
  );
}

function register(
  command: Extract<EmployerCommand, { type: 'RegisterEmployer' }>,
  state: EmployerState,
): readonly EmployerEvent[] {
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
  if (state.status === 'registered') {
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

function checkRiskClass(riskClass: number): void {
  if (Number.isInteger(riskClass) && riskClass >= 1 && riskClass <= 8) return;
  throw new DomainError(
    'risk-class-invalid',
    `${riskClass} is not a work-injury risk class.`,
    '人社部发〔2015〕71号: industries fall into classes 1 to 8.',
    'Give a whole number from 1 to 8.',
  );
}
