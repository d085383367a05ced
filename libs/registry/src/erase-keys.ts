import type { PersonErasure } from '@provident/access/personal/person-erasure';
import type { Reaction } from '@provident/event-store';
import type { DomainEvent } from '@provident/kernel';
import type { DocumentsEvent, EmployerEvent, InsuredEvent } from './events.js';

/** The part of erasure that the register asks for. */
export type Erasure = Pick<PersonErasure, 'erase' | 'link'>;

/**
 * Destroys the keys that erasures name. Done by whoever gives the command, so that its answer means that it is done, and
 * once more by a reaction, so that a crash in between leaves no key standing.
 */
export async function eraseKeys(erasure: Erasure, events: readonly DomainEvent[]): Promise<void> {
  for (const event of events as readonly (InsuredEvent | EmployerEvent)[]) {
    if (event.type === 'PersonErased') await erasure.erase([event.data.personId, ...event.data.merged]);
    if (event.type === 'EmployerContactsErased') await erasure.erase(event.data.contacts);
  }
}

/** From an erasure to the keys; from a document about a person to its place among what is erased with the person. */
export function erasureReactions(erasure: Erasure): Reaction[] {
  return [
    { on: 'PersonErased', react: (event) => eraseKeys(erasure, [event]) },
    { on: 'EmployerContactsErased', react: (event) => eraseKeys(erasure, [event]) },
    {
      on: 'DocumentStored',
      async react(event) {
        const { documentId, personId } = event.data as Extract<DocumentsEvent, { type: 'DocumentStored' }>['data'];
        if (personId !== undefined) await erasure.link(documentId, personId);
      },
    },
  ];
}
