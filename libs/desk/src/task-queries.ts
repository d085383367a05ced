import { type Clock, DomainError, today, type WorkingCalendar } from '@provident/kernel';
import type { Kysely, Selectable } from 'kysely';
import { type Page, words } from './case-queries.js';
import { page } from './conversation-queries.js';
import { type Deadline, deadlineOn } from './deadlines.js';
import type { DeskDatabase } from './tables.js';

const MOST_TASKS = 500;

export interface DeskTask {
  readonly taskId: string;
  readonly title: string;
  readonly authority: string;
  readonly document: string;
  readonly number: string | undefined;
  readonly sourceSha256: string;
  readonly assignedBy: string;
  readonly assignedOn: string;
  readonly owner: string;
  readonly percent: number;
  readonly result: string | undefined;
  readonly completedOn: string | undefined;
  /** Of an open task by today, of a completed one by its last day. */
  readonly deadline: Deadline;
}

export interface DeskTaskNote {
  readonly event: string;
  readonly on: string;
  readonly account: string;
  readonly percent: number | undefined;
  readonly note: string | undefined;
  readonly evidence: readonly string[];
}

/** Tasks given from above, with whose they are, how far, by when, and what shows it. */
export class TaskQueries {
  constructor(
    private readonly db: Kysely<DeskDatabase>,
    private readonly clock: Clock,
    private readonly calendarInForce: () => WorkingCalendar,
  ) {}

  async tasks(of: { owner?: string | undefined; isOpen?: boolean | undefined }): Promise<Page<DeskTask>> {
    let query = this.db.selectFrom('desk_task').selectAll().orderBy('due_on').orderBy('task_id');
    if (of.owner !== undefined) query = query.where('owner', '=', of.owner);
    if (of.isOpen !== undefined) query = query.where('completed_on', of.isOpen ? 'is' : 'is not', null);
    const rows = await query.limit(MOST_TASKS + 1).execute();
    return page(rows, (row) => this.task(row));
  }

  /** Throws `task-unknown`. */
  async taskWithNotes(taskId: string): Promise<DeskTask & { notes: readonly DeskTaskNote[] }> {
    const row = await this.db.selectFrom('desk_task').selectAll().where('task_id', '=', taskId).executeTakeFirst();
    if (row === undefined) {
      throw new DomainError(
        'task-unknown',
        'There is no such task.',
        'A task is known to the desk once it was assigned.',
        'Check the id.',
      );
    }
    const notes = await this.db
      .selectFrom('desk_task_note')
      .selectAll()
      .where('task_id', '=', taskId)
      .orderBy('position')
      .execute();
    return {
      ...this.task(row),
      notes: notes.map((note) => ({
        ...{ event: note.event, on: note.on_date, account: note.account, percent: note.percent ?? undefined },
        ...{ note: note.note ?? undefined, evidence: words(note.evidence) },
      })),
    };
  }

  private task(row: Selectable<DeskDatabase['desk_task']>): DeskTask {
    const completedOn = row.completed_on ?? undefined;
    const measured = { today: today(this.clock), stoppedOn: completedOn, calendar: this.calendarInForce() };
    return {
      ...{ taskId: row.task_id, title: row.title ?? '', authority: row.authority ?? '', document: row.document ?? '' },
      ...{ number: row.number ?? undefined, sourceSha256: row.source_sha256 ?? '', owner: row.owner ?? '' },
      ...{ assignedBy: row.assigned_by ?? '', assignedOn: row.assigned_on ?? '', percent: row.percent ?? 0 },
      ...{ result: row.result ?? undefined, completedOn },
      deadline: deadlineOn(row.due_on ?? '', measured),
    };
  }
}
