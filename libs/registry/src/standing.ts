import type { EventStore } from '@provident/event-store';
import { type EmployerState, employer, type RegisteredEmployer } from './employer.js';
import { insured, type InsuredState } from './insured.js';
import { checkNotMerged, known } from './identity.js';
import { registered } from './registration.js';

/** The employer, in good standing. Throws `employer-unknown`, `employer-cancelling`, `employer-cancelled`. */
export async function registeredEmployer(store: EventStore, creditCode: string): Promise<RegisteredEmployer> {
  return registered((await store.load(employer, creditCode)).state);
}

/** The employer, whose registration may have ended. Throws `employer-unknown`. */
export async function knownEmployer(store: EventStore, creditCode: string): Promise<RegisteredEmployer> {
  const { state } = await store.load(employer, creditCode);
  return isKnown(state) ? state : registered(state);
}

/** The person, under the identity that goes on. Throws `person-unknown`, `identity-merged`. */
export async function knownPerson(store: EventStore, personId: string): Promise<InsuredState> {
  const { state } = await store.load(insured, personId);
  checkNotMerged(state);
  known(state);
  return state;
}

function isKnown(state: EmployerState): state is RegisteredEmployer {
  return state.status !== 'unregistered';
}
