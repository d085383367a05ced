import type { TargetFinders } from '@provident/access/guard/targets';
import type { PersonIndex } from '@provident/access/personal/person-index';
import type { EventStore } from '@provident/event-store';
import { administrators } from './administrators.js';

/**
 * Whose a citizen number is. Whose a handover is: the employer's, and as a person the one who takes over in the latest. Only that one
 * can be open.
 */
export function registryTargets(store: EventStore, index: PersonIndex): TargetFinders {
  return {
    'citizen-number': (citizenNumber) => Promise.resolve({ personId: index.personIdOf(citizenNumber) }),
    async handover(employer) {
      const { filings, handovers } = (await store.load(administrators, employer)).state;
      const incoming = filings.find(({ filingId }) => filingId === handovers.at(-1)?.incoming);
      if (incoming === undefined) return { employers: [employer] };
      return { employers: [employer], personId: incoming.administratorId };
    },
  };
}
