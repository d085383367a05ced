import { type BusinessDate, type Decider, DomainError, citizenNumbersIn } from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { type NoticeEvent, noticeEventSchemas } from './events.js';
import { LIMITS } from './limits.js';
import { type Actor, actAs } from './separation.js';
import { AGENCY_ROLES, written } from './sides.js';

/** A notice and who has read it. Stream `notice-<notice id>`. */
export type NoticeState =
  | { readonly status: 'none' }
  | {
      readonly status: 'published' | 'withdrawn';
      readonly noticeId: string;
      readonly employer?: string;
      readonly recipients: ReadonlySet<string>;
      readonly readers: ReadonlySet<string>;
    };
type Published = Exclude<NoticeState, { status: 'none' }>;

interface Given {
  readonly actor: Actor;
  readonly on: BusinessDate;
}

export type NoticeCommand =
  | ({
      type: 'PublishNotice';
      noticeId: string;
      /** The employer that informs its staff; the agency when absent. */
      employer?: string;
      title: string;
      text: string;
      recipients: readonly string[];
    } & Given)
  /** The receipt: the reader's own, or taken down by the employer or at the counter for somebody who has no account. */
  | ({ type: 'ReadNotice'; personId: string } & Given)
  | ({ type: 'WithdrawNotice'; reason: string } & Given);
type CommandOf<Type extends NoticeCommand['type']> = Extract<NoticeCommand, { type: Type }>;

const decider: Decider<NoticeState, NoticeCommand, NoticeEvent> = {
  initial: { status: 'none' },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'PublishNotice':
        return publish(command, state);
      case 'ReadNotice':
        return read(command, published(state));
      case 'WithdrawNotice':
        return withdraw(command, published(state));
    }
  },
};

export const notice: Aggregate<NoticeState, NoticeCommand, NoticeEvent> = {
  ...decider,
  category: 'notice',
  schemas: noticeEventSchemas,
};

function evolve(state: NoticeState, { type, data }: NoticeEvent): NoticeState {
  if (type === 'NoticePublished') {
    const { noticeId, employer, recipients } = data;
    const publisher = employer === undefined ? {} : { employer };
    return { status: 'published', noticeId, ...publisher, recipients: new Set(recipients), readers: new Set() };
  }
  if (state.status === 'none') return state;
  if (type === 'NoticeRead') return { ...state, readers: new Set(state.readers).add(data.personId) };
  return { ...state, status: 'withdrawn' };
}

function publish(command: CommandOf<'PublishNotice'>, state: NoticeState): readonly NoticeEvent[] {
  if (state.status !== 'none') return [];
  const { noticeId, employer, title, text, actor, on } = command;
  const recipients = [...new Set(command.recipients)];
  if (recipients.length === 0 || recipients.length > LIMITS.recipients) {
    throw new DomainError(
      'recipients-out-of-limits',
      `The notice names ${recipients.length} recipients.`,
      `A notice is for 1 to ${LIMITS.recipients} people.`,
      'Publish it in parts.',
      { recipients: recipients.length },
    );
  }
  namesNobody(recipients.length, title, text);
  const by = publisher(actor, employer);
  const whose = employer === undefined ? {} : { employer };
  return [{ type: 'NoticePublished', data: { noticeId, ...whose, title, text, recipients, by, on } }];
}

function read({ personId, actor, on }: CommandOf<'ReadNotice'>, state: Published): readonly NoticeEvent[] {
  if (state.readers.has(personId)) return [];
  if (!state.recipients.has(personId)) {
    throw new DomainError(
      'reader-not-recipient',
      'The notice is not for this person.',
      'A receipt counts for those whom a notice names.',
      'Check the person and the notice.',
      { noticeId: state.noticeId },
    );
  }
  if (state.status === 'withdrawn') throw gone(state.noticeId);
  const { employer, noticeId } = state;
  const { account } = actAs(actor, ['insured-person', 'employer-administrator', 'clerk'], { personId, employer });
  return [{ type: 'NoticeRead', data: { noticeId, personId, account, on } }];
}

function withdraw({ actor, on, reason }: CommandOf<'WithdrawNotice'>, state: Published): readonly NoticeEvent[] {
  if (state.status === 'withdrawn') return [];
  namesNobody(state.recipients.size, reason);
  const by = publisher(actor, state.employer);
  return [{ type: 'NoticeWithdrawn', data: { noticeId: state.noticeId, reason, by, on } }];
}

/** A notice to one person is about that person and is erased with him. What several read is nobody's, and no erasure reaches it. */
function namesNobody(recipients: number, ...texts: readonly string[]): void {
  if (recipients === 1 || texts.every((text) => citizenNumbersIn(text).length === 0)) return;
  throw new DomainError(
    'notice-names-person',
    'The notice is for several people, and a citizen number stands in it.',
    '个人信息保护法 第6条: personal information is used within the least range that its purpose needs.',
    'Leave the number out, or send the person whom it is about a notice of his own.',
  );
}

function publisher(actor: Actor, employer: string | undefined) {
  return written(actAs(actor, employer === undefined ? AGENCY_ROLES : ['employer-administrator'], { employer }));
}

function published(state: NoticeState): Published {
  if (state.status !== 'none') return state;
  throw new DomainError(
    'notice-unknown',
    'There is no such notice.',
    'Only what was published can be read or taken back.',
    'Check the id of the notice.',
  );
}

function gone(noticeId: string): DomainError {
  return new DomainError(
    'notice-withdrawn',
    'The notice was taken back.',
    'What was taken back is read by nobody any more; earlier receipts stay.',
    'Nothing has to be done.',
    { noticeId },
  );
}
