import type { TargetFinder, TargetFinders } from '@provident/access/guard/targets';
import type { EventStore, StreamView } from '@provident/event-store';
import { type InsuredEvent, insuredEventSchemas } from '@provident/registry/events';
import { caseAggregate } from './case.js';
import type { Target as About } from './authority.js';
import { type ProcedureName, PROCEDURES } from './procedures.js';
import { targetOf } from './case-state.js';
import { notice } from './notice.js';
import { thread } from './thread.js';

type AccessTarget = NonNullable<Awaited<ReturnType<TargetFinder>>>;

/** Whose a case, a conversation or a notice is, for routes whose request does not say it. */
export function caseworkTargets(store: EventStore): TargetFinders {
  const of = (employer: string | undefined) => targetFrom({ employer });
  return {
    'new-case': (procedure, body) => Promise.resolve(targetOfRequest(procedure, body)),
    async case(caseId) {
      const { state } = await store.load(caseAggregate, caseId);
      if (state.status === 'none') return undefined;
      const { employer, personId } = targetOf(state);
      return targetFrom({ employer, personId: personId === undefined ? undefined : await survivorOf(store, personId) });
    },
    async thread(threadId) {
      const { state } = await store.load(thread, threadId);
      return state.status === 'none' ? undefined : of(state.employer);
    },
    async notice(noticeId) {
      const { state } = await store.load(notice, noticeId);
      return state.status === 'none' ? undefined : of(state.employer);
    },
  };
}

const mergedInto: StreamView<string | undefined, InsuredEvent> = {
  category: 'insured',
  schemas: insuredEventSchemas,
  initial: undefined,
  evolve(state, { type, data }) {
    if (type === 'IdentityMerged') return data.survivor;
    return type === 'IdentityMergeUndone' ? undefined : state;
  },
};

/** Merges one into the next that are followed; two that cross point at each other until one is undone. */
const MERGES_IN_A_ROW = 8;

/** As whom a person goes on: the cases of a merged identity are those of the surviving one. */
async function survivorOf(store: EventStore, personId: string): Promise<string> {
  let person = personId;
  for (let left = MERGES_IN_A_ROW; left > 0; left -= 1) {
    const { state: survivor } = await store.load(mergedInto, person);
    if (survivor === undefined) return person;
    person = survivor;
  }
  return person;
}

function targetFrom({ employer, personId }: About): AccessTarget {
  return {
    ...(employer === undefined ? {} : { employers: [employer] }),
    ...(personId === undefined ? {} : { personId }),
  };
}

/** Whom a case that is to be opened is about. What is no request is told by the route itself, to those it lets through. */
function targetOfRequest(name: string, body: unknown): AccessTarget | undefined {
  const request = isObject(body) ? body['request'] : undefined;
  if (!isObject(request) || !Object.hasOwn(PROCEDURES, name)) return undefined;
  const { employer, personId } = targetOf({ procedure: PROCEDURES[name as ProcedureName], request });
  return targetFrom({ employer, personId });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
