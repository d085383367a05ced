import type { EventStore } from '@provident/event-store';
import { DomainError } from '@provident/kernel';
import { employerView } from './register-views.js';

/** Throws `employer-unknown` for an employer that was never in the register. */
export async function checkRegistered(store: EventStore, employer: string): Promise<void> {
  if ((await store.load(employerView, employer)).state.registered) return;
  throw new DomainError(
    'employer-unknown',
    'The employer is not registered.',
    '社会保险法 第57条: an employer registers with the agency before it pays contributions.',
    'Check the credit code, or register the employer first.',
    { employer },
  );
}
