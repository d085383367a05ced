import type { PersonErasure } from '@provident/access/personal/person-erasure';
import type { Reaction } from '@provident/event-store';
import type { CaseEvent, NoticeEvent, ThreadEvent } from './events.js';

type DataOf<Type> = Extract<CaseEvent | ThreadEvent | NoticeEvent, { type: Type }>['data'];

/**
 * Texts of a case, of a thread about it and of a notice to one person are sealed under keys of their own, which are erased
 * with the person that they are about. A thread about no case, and a notice to many, belong to nobody.
 */
export function keyLinks(erasure: Pick<PersonErasure, 'link'>): Reaction[] {
  return [
    {
      on: 'CaseOpened',
      async react({ data }) {
        const { caseId, request } = data as DataOf<'CaseOpened'>;
        for (const personId of peopleIn(request)) await erasure.link(caseId, personId);
      },
    },
    {
      on: 'ThreadOpened',
      async react({ data }) {
        const { threadId, caseId } = data as DataOf<'ThreadOpened'>;
        if (caseId !== undefined) await erasure.link(threadId, caseId);
      },
    },
    {
      on: 'NoticePublished',
      async react({ data }) {
        const { noticeId, recipients } = data as DataOf<'NoticePublished'>;
        const [only, ...others] = recipients;
        if (only !== undefined && others.length === 0) await erasure.link(noticeId, only);
      },
    },
  ];
}

/** The people whom a case is about: its request names them in fields that end so. */
function peopleIn(request: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(request).flatMap(([field, value]) =>
    /personId$/i.test(field) && typeof value === 'string' ? [value] : [],
  );
}
