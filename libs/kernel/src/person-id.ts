import { deterministicId } from './ids.js';

/** The id under which a person's streams stand: the same citizen number always gives the same id. */
export function personIdOf(citizenNumber: string): string {
  return deterministicId('person', citizenNumber);
}
