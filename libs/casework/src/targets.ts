import type { TargetFinders } from '@provident/access/guard/targets';
import type { EventStore } from '@provident/event-store';
import { caseAggregate } from './case.js';
import { targetOf } from './case-state.js';
import { notice } from './notice.js';
import { thread } from './thread.js';

/**
 * Whose a case, a conversation or a notice is, for routes whose request does not say it.
 * @public given to `AccessModule` where people sign in
 */
export function caseworkTargets(store: EventStore): TargetFinders {
  const of = (employer: string | undefined) => (employer === undefined ? {} : { employers: [employer] });
  return {
    async case(caseId) {
      const { state } = await store.load(caseAggregate, caseId);
      if (state.status === 'none') return undefined;
      const { employer, personId } = targetOf(state);
      return { ...of(employer), ...(personId === undefined ? {} : { personId }) };
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
