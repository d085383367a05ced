import { type Clock, DomainError, today, type WorkingCalendar } from '@provident/kernel';
import type { Kysely } from 'kysely';
import { type Page, words } from './case-queries.js';
import { type Deadline, deadlineOn } from './deadlines.js';
import type { DeskDatabase } from './tables.js';

/** Most rows in one answer. */
const MOST_ROWS = 500;

export interface DeskMessage {
  readonly threadId: string;
  readonly messageId: string;
  readonly side: string;
  readonly answers: string | undefined;
  readonly text: string;
  readonly documents: readonly string[];
  readonly account: string;
  readonly on: string;
  readonly isAnswered: boolean;
  /** Until it is answered. */
  readonly answerDeadline: Deadline | undefined;
}

export interface DeskThread {
  readonly threadId: string;
  readonly area: string;
  readonly employer: string;
  readonly caseId: string | undefined;
  readonly title: string;
  readonly openedOn: string;
}

export interface DeskAppointment {
  readonly appointmentId: string;
  readonly threadId: string;
  readonly purpose: string;
  readonly heldOn: string;
  readonly time: string;
  readonly place: string;
  readonly side: string;
  readonly status: string;
}

export interface DeskNotice {
  readonly noticeId: string;
  readonly employer: string | undefined;
  readonly title: string;
  readonly text: string;
  readonly publishedOn: string;
  readonly withdrawnOn: string | undefined;
  readonly recipients: number;
  readonly readers: number;
}

/** Conversations, meetings and notices, as either side looks at them. */
export class ConversationQueries {
  constructor(
    private readonly db: Kysely<DeskDatabase>,
    private readonly clock: Clock,
    private readonly calendarInForce: () => WorkingCalendar,
  ) {}

  async threads(of: { employer?: string | undefined; caseId?: string | undefined }): Promise<Page<DeskThread>> {
    let query = this.db.selectFrom('desk_thread').selectAll().orderBy('opened_on', 'desc').orderBy('thread_id');
    if (of.employer !== undefined) query = query.where('employer', '=', of.employer);
    if (of.caseId !== undefined) query = query.where('case_id', '=', of.caseId);
    const rows = await query.limit(MOST_ROWS + 1).execute();
    return page(rows, (row) => ({
      ...{ threadId: row.thread_id, area: row.area, employer: row.employer, caseId: row.case_id ?? undefined },
      ...{ title: row.title, openedOn: row.opened_on },
    }));
  }

  /** A conversation from its beginning, as far as one answer takes it. */
  async messages(threadId: string): Promise<Page<DeskMessage>> {
    const rows = await this.withAnswers()
      .where('thread_id', '=', threadId)
      .orderBy('position')
      .limit(MOST_ROWS + 1)
      .execute();
    return page(rows, (row) => this.message(row));
  }

  /** Messages of one side that the other has not answered, the most urgent first. */
  async unanswered(side: string, area: string | undefined): Promise<Page<DeskMessage>> {
    let query = this.withAnswers()
      .innerJoin('desk_thread as t', 't.thread_id', 'm.thread_id')
      .where('side', '=', side)
      .where('m.answers', 'is', null)
      .where((is) =>
        is.not(
          is.exists(is.selectFrom('desk_message as b').select('b.position').whereRef('b.answers', '=', 'm.message_id')),
        ),
      );
    if (area !== undefined) query = query.where('t.area', '=', area);
    const rows = await query
      .orderBy('answer_due_on')
      .orderBy('position')
      .limit(MOST_ROWS + 1)
      .execute();
    return page(rows, (row) => this.message(row));
  }

  async appointments(of: {
    employer?: string | undefined;
    threadId?: string | undefined;
    purpose?: string | undefined;
  }): Promise<Page<DeskAppointment>> {
    let query = this.db
      .selectFrom('desk_appointment as a')
      .innerJoin('desk_thread as t', 't.thread_id', 'a.thread_id')
      .selectAll('a');
    if (of.employer !== undefined) query = query.where('t.employer', '=', of.employer);
    if (of.threadId !== undefined) query = query.where('a.thread_id', '=', of.threadId);
    if (of.purpose !== undefined) query = query.where('a.purpose', '=', of.purpose);
    const rows = await query
      .orderBy('held_on')
      .orderBy('appointment_id')
      .limit(MOST_ROWS + 1)
      .execute();
    return page(rows, (row) => ({
      ...{ appointmentId: row.appointment_id, threadId: row.thread_id ?? '', purpose: row.purpose ?? '' },
      ...{ heldOn: row.held_on ?? '', time: row.time ?? '', place: row.place ?? '', side: row.side ?? '' },
      status: row.status ?? '',
    }));
  }

  /** Notices with how many they are for and how many have read them. */
  async notices(of: {
    employer?: string | undefined;
    personId?: string | undefined;
    noticeId?: string | undefined;
  }): Promise<Page<DeskNotice>> {
    let query = this.db.selectFrom('desk_notice as n').selectAll('n');
    if (of.employer !== undefined) query = query.where('n.employer', '=', of.employer);
    if (of.noticeId !== undefined) query = query.where('n.notice_id', '=', of.noticeId);
    const { personId } = of;
    if (personId !== undefined) {
      query = query.where((is) =>
        is.exists(
          is
            .selectFrom('desk_notice_recipient as r')
            .select('r.notice_id')
            .whereRef('r.notice_id', '=', 'n.notice_id')
            .where('r.person_id', '=', personId),
        ),
      );
    }
    const counted = query.select((of) => [
      of
        .selectFrom('desk_notice_recipient as r')
        .whereRef('r.notice_id', '=', 'n.notice_id')
        .select(of.fn.countAll<bigint>().as('count'))
        .as('recipients'),
      of
        .selectFrom('desk_notice_recipient as r')
        .whereRef('r.notice_id', '=', 'n.notice_id')
        .where('r.read_on', 'is not', null)
        .select(of.fn.countAll<bigint>().as('count'))
        .as('readers'),
    ]);
    const rows = await counted
      .orderBy('published_on', 'desc')
      .orderBy('notice_id')
      .limit(MOST_ROWS + 1)
      .execute();
    return page(rows, (row) => ({
      ...{ noticeId: row.notice_id, employer: row.employer ?? undefined, title: row.title ?? '' },
      ...{ text: row.text ?? '', publishedOn: row.published_on ?? '', withdrawnOn: row.withdrawn_on ?? undefined },
      ...{ recipients: Number(row.recipients ?? 0n), readers: Number(row.readers ?? 0n) },
    }));
  }

  /** Who has not read a notice yet. Throws `notice-unknown`. */
  async unread(noticeId: string): Promise<Page<string>> {
    const known = await this.notices({ noticeId });
    if (known.rows.length === 0) {
      throw new DomainError(
        'notice-unknown',
        'There is no such notice.',
        'A notice is known to the desk once it was published.',
        'Check the id.',
      );
    }
    const rows = await this.db
      .selectFrom('desk_notice_recipient')
      .select('person_id')
      .where('notice_id', '=', noticeId)
      .where('read_on', 'is', null)
      .orderBy('person_id')
      .limit(MOST_ROWS + 1)
      .execute();
    return page(rows, (row) => row.person_id);
  }

  private withAnswers() {
    return this.db
      .selectFrom('desk_message as m')
      .selectAll('m')
      .select((is) =>
        is
          .exists(is.selectFrom('desk_message as a').select('a.position').whereRef('a.answers', '=', 'm.message_id'))
          .as('is_answered'),
      );
  }

  private message(row: {
    readonly thread_id: string;
    readonly message_id: string;
    readonly side: string;
    readonly answers: string | null;
    readonly text: string;
    readonly documents: string;
    readonly account: string;
    readonly on_date: string;
    readonly answer_due_on: string | null;
    readonly is_answered: unknown;
  }): DeskMessage {
    const isAnswered = row.is_answered === true;
    const measured = { today: today(this.clock), stoppedOn: undefined, calendar: this.calendarInForce() };
    return {
      ...{ threadId: row.thread_id, messageId: row.message_id, side: row.side, answers: row.answers ?? undefined },
      ...{ text: row.text, documents: words(row.documents), account: row.account, on: row.on_date, isAnswered },
      answerDeadline: isAnswered || row.answer_due_on === null ? undefined : deadlineOn(row.answer_due_on, measured),
    };
  }
}

export function page<Row, Shown>(rows: readonly Row[], show: (row: Row) => Shown): Page<Shown> {
  return { rows: rows.slice(0, MOST_ROWS).map(show), more: rows.length > MOST_ROWS };
}
