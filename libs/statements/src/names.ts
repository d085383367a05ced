import type { StreamView } from '@provident/event-store';
import { type EmployerEvent, type InsuredEvent, insuredEventSchemas } from '@provident/registry/events';

interface PersonName {
  readonly name: string;
  readonly citizenNumber: string;
}

/** A person's present name and citizen number. */
export const personView: StreamView<PersonName | undefined, InsuredEvent> = {
  category: 'insured',
  schemas: insuredEventSchemas,
  initial: undefined,
  evolve(state, { type, data }) {
    if (type === 'PersonRegistered') return { name: data.name, citizenNumber: data.citizenNumber };
    if (type === 'PersonChanged' && state !== undefined) return { ...state, name: data.name ?? state.name };
    return state;
  },
};

/** An employer's present name. */
export const employerView: StreamView<string, EmployerEvent> = {
  category: 'employer',
  initial: '',
  evolve(state, { type, data }) {
    if (type === 'EmployerRegistered') return data.name;
    return type === 'EmployerParticularsChanged' ? (data.name ?? state) : state;
  },
};
