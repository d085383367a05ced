import type { PersonErasure } from '@provident/access/personal/person-erasure';
import type { Reaction } from '@provident/event-store';
import type { RecordedEvent } from '@provident/kernel';
import type { CaseEvent, NoticeEvent, ThreadEvent } from './events.js';

type DataOf<Type> = Extract<CaseEvent | ThreadEvent | NoticeEvent, { type: Type }>['data'];

/**
 * Texts of a case, of a thread, of each message in it and of a notice to one person are sealed under keys of their own, which
 * are erased with the people that they are about: a message with those whom it concerns and with its thread, a thread with
 * those whom it concerns and with its case. A notice to several people is about nobody, and names none (`notice.ts`).
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
        const { threadId, caseId, concerns = [] } = data as DataOf<'ThreadOpened'>;
        for (const owner of caseId === undefined ? concerns : [caseId, ...concerns])
          await erasure.link(threadId, owner);
      },
    },
    ...['MessageSent', 'MessageAnswered'].map((on) => ({
      on,
      async react({ data }: Pick<RecordedEvent, 'data'>) {
        const { threadId, messageId, concerns = [] } = data as DataOf<'MessageSent' | 'MessageAnswered'>;
        for (const owner of [threadId, ...concerns]) await erasure.link(messageId, owner);
      },
    })),
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
