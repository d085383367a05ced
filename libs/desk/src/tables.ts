import type { RowOf, TableDefinition } from '@provident/projections';

/*
 * What a desk looks at. A case, a task and a meeting have one row each, which later events change; steps, messages, notes
 * and receipts are added and stay. Columns that an event may leave as they are can be null for the database's sake.
 */

export const caseTable = {
  name: 'desk_case',
  kind: 'merge',
  columns: {
    case_id: { type: 'uuid' },
    area: { type: 'text', nullable: true, merge: 'latest' },
    procedure: { type: 'text', nullable: true, merge: 'latest' },
    subject_kind: { type: 'text', nullable: true, merge: 'latest' },
    subject_id: { type: 'text', nullable: true, merge: 'latest' },
    employer: { type: 'text', nullable: true, merge: 'latest' },
    /** Canonical JSON: an archive keeps the order of fields no more than the tree does. */
    request: { type: 'text', nullable: true, merge: 'latest' },
    opened_on: { type: 'date', nullable: true, merge: 'latest' },
    status: { type: 'text', nullable: true, merge: 'latest' },
    /** The role whose step is next; `maker`, `carry-out`, or empty when nobody is waited for. */
    waits_for: { type: 'text', nullable: true, merge: 'latest' },
    due_on: { type: 'date', nullable: true, merge: 'latest' },
    step_due_on: { type: 'date', nullable: true, merge: 'latest' },
    is_stopped: { type: 'boolean', nullable: true, merge: 'latest' },
    stopped_on: { type: 'date', nullable: true, merge: 'latest' },
    decided_on: { type: 'date', nullable: true, merge: 'latest' },
    evidence: { type: 'text', nullable: true, merge: 'latest' },
    debt_due_on: { type: 'date', nullable: true, merge: 'latest' },
    debt_cleared_on: { type: 'date', nullable: true, merge: 'latest' },
  },
  key: ['case_id'],
  indexes: [
    { name: 'desk_case_by_waiting', columns: ['waits_for', 'due_on'] },
    { name: 'desk_case_by_employer', columns: ['employer'] },
    { name: 'desk_case_by_subject', columns: ['subject_kind', 'subject_id'] },
  ],
} as const satisfies TableDefinition;

export const caseStepTable = {
  name: 'desk_case_step',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    case_id: { type: 'uuid' },
    event: { type: 'text' },
    on_date: { type: 'date' },
    recorded_at: { type: 'timestamptz' },
    account: { type: 'text' },
    person: { type: 'text', nullable: true },
    role: { type: 'text', nullable: true },
    /** Who lent the role, the nearest first, separated by spaces. */
    through: { type: 'text', nullable: true },
    rule: { type: 'text', nullable: true },
    evidence: { type: 'text', nullable: true },
    note: { type: 'text', nullable: true },
  },
  key: ['position'],
  indexes: [{ name: 'desk_case_step_by_case', columns: ['case_id', 'position'] }],
} as const satisfies TableDefinition;

export const threadTable = {
  name: 'desk_thread',
  kind: 'append',
  columns: {
    thread_id: { type: 'uuid' },
    area: { type: 'text' },
    employer: { type: 'text' },
    case_id: { type: 'uuid', nullable: true },
    title: { type: 'text' },
    opened_on: { type: 'date' },
  },
  key: ['thread_id'],
  indexes: [
    { name: 'desk_thread_by_employer', columns: ['employer'] },
    { name: 'desk_thread_by_case', columns: ['case_id'] },
  ],
} as const satisfies TableDefinition;

export const messageTable = {
  name: 'desk_message',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    thread_id: { type: 'uuid' },
    message_id: { type: 'uuid' },
    side: { type: 'text' },
    answers: { type: 'uuid', nullable: true },
    text: { type: 'text' },
    /** Hashes, separated by spaces. */
    documents: { type: 'text' },
    account: { type: 'text' },
    on_date: { type: 'date' },
    answer_due_on: { type: 'date', nullable: true },
  },
  key: ['position'],
  indexes: [
    { name: 'desk_message_by_thread', columns: ['thread_id', 'position'] },
    { name: 'desk_message_by_answered', columns: ['answers'] },
  ],
} as const satisfies TableDefinition;

export const appointmentTable = {
  name: 'desk_appointment',
  kind: 'merge',
  columns: {
    appointment_id: { type: 'uuid' },
    thread_id: { type: 'uuid', nullable: true, merge: 'latest' },
    side: { type: 'text', nullable: true, merge: 'latest' },
    purpose: { type: 'text', nullable: true, merge: 'latest' },
    held_on: { type: 'date', nullable: true, merge: 'latest' },
    time: { type: 'text', nullable: true, merge: 'latest' },
    place: { type: 'text', nullable: true, merge: 'latest' },
    status: { type: 'text', nullable: true, merge: 'latest' },
  },
  key: ['appointment_id'],
  indexes: [{ name: 'desk_appointment_by_thread', columns: ['thread_id'] }],
} as const satisfies TableDefinition;

export const noticeTable = {
  name: 'desk_notice',
  kind: 'merge',
  columns: {
    notice_id: { type: 'uuid' },
    area: { type: 'text', nullable: true, merge: 'latest' },
    employer: { type: 'text', nullable: true, merge: 'latest' },
    title: { type: 'text', nullable: true, merge: 'latest' },
    text: { type: 'text', nullable: true, merge: 'latest' },
    published_on: { type: 'date', nullable: true, merge: 'latest' },
    withdrawn_on: { type: 'date', nullable: true, merge: 'latest' },
  },
  key: ['notice_id'],
  indexes: [{ name: 'desk_notice_by_employer', columns: ['employer'] }],
} as const satisfies TableDefinition;

/** Who a notice is for, and when that person read it. */
export const recipientTable = {
  name: 'desk_notice_recipient',
  kind: 'merge',
  columns: {
    notice_id: { type: 'uuid' },
    person_id: { type: 'uuid' },
    read_on: { type: 'date', nullable: true, merge: 'latest' },
  },
  key: ['notice_id', 'person_id'],
  indexes: [{ name: 'desk_notice_by_person', columns: ['person_id'] }],
} as const satisfies TableDefinition;

export const taskTable = {
  name: 'desk_task',
  kind: 'merge',
  columns: {
    task_id: { type: 'uuid' },
    area: { type: 'text', nullable: true, merge: 'latest' },
    title: { type: 'text', nullable: true, merge: 'latest' },
    authority: { type: 'text', nullable: true, merge: 'latest' },
    document: { type: 'text', nullable: true, merge: 'latest' },
    number: { type: 'text', nullable: true, merge: 'latest' },
    source_sha256: { type: 'text', nullable: true, merge: 'latest' },
    assigned_by: { type: 'text', nullable: true, merge: 'latest' },
    assigned_on: { type: 'date', nullable: true, merge: 'latest' },
    owner: { type: 'text', nullable: true, merge: 'latest' },
    due_on: { type: 'date', nullable: true, merge: 'latest' },
    percent: { type: 'integer', nullable: true, merge: 'latest' },
    result: { type: 'text', nullable: true, merge: 'latest' },
    completed_on: { type: 'date', nullable: true, merge: 'latest' },
  },
  key: ['task_id'],
  indexes: [{ name: 'desk_task_by_owner', columns: ['owner'] }],
} as const satisfies TableDefinition;

export const taskNoteTable = {
  name: 'desk_task_note',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    task_id: { type: 'uuid' },
    event: { type: 'text' },
    on_date: { type: 'date' },
    account: { type: 'text' },
    percent: { type: 'integer', nullable: true },
    note: { type: 'text', nullable: true },
    /** Hashes, separated by spaces. */
    evidence: { type: 'text' },
  },
  key: ['position'],
  indexes: [{ name: 'desk_task_note_by_task', columns: ['task_id', 'position'] }],
} as const satisfies TableDefinition;

/**
 * A conflict that was found, each time. One of a merged identity is found in one stream and settled, or handed on, in
 * another: what each says is kept beside the others, so that they may come in any order, and the view puts it together.
 */
export const conflictFoundTable = {
  name: 'desk_conflict_found',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    conflict_id: { type: 'uuid' },
    area: { type: 'text' },
    /** credit or enrolment. */
    kind: { type: 'text' },
    person_id: { type: 'uuid' },
    employer: { type: 'text' },
    /** The contribution month, or the month from which the enrolment was declared. */
    month: { type: 'text' },
    found_on: { type: 'date' },
    found_by: { type: 'uuid' },
  },
  key: ['position', 'conflict_id'],
  indexes: [{ name: 'desk_conflict_found_by_conflict', columns: ['conflict_id', 'position'] }],
} as const satisfies TableDefinition;

/** How a conflict was settled, each time; `merged` where it goes on under the surviving identity. */
export const conflictSettledTable = {
  name: 'desk_conflict_settled',
  kind: 'append',
  columns: { position: { type: 'bigint' }, conflict_id: { type: 'uuid' }, outcome: { type: 'text' } },
  key: ['position', 'conflict_id'],
  indexes: [{ name: 'desk_conflict_settled_by_conflict', columns: ['conflict_id', 'position'] }],
} as const satisfies TableDefinition;

/** Whose conflict it is after a merge: whoever settles it does so under the survivor. */
export const conflictMovedTable = {
  name: 'desk_conflict_moved',
  kind: 'append',
  columns: { position: { type: 'bigint' }, conflict_id: { type: 'uuid' }, person_id: { type: 'uuid' } },
  key: ['position', 'conflict_id'],
  indexes: [{ name: 'desk_conflict_moved_by_conflict', columns: ['conflict_id', 'position'] }],
} as const satisfies TableDefinition;

const latest = (table: string): string =>
  `(select distinct on (conflict_id) * from ${table} order by conflict_id, position desc)`;

/** Every conflict as it was last found, whose it is now, and how it was last settled. */
export const CONFLICT_VIEW = `
  create view desk_conflict as
  select found.conflict_id, found.area, found.kind, coalesce(moved.person_id, found.person_id) as person_id,
         found.employer, found.month, found.found_on, found.found_by, found.position as found_position,
         settled.position as settled_position, settled.outcome
  from ${latest('desk_conflict_found')} found
  left join ${latest('desk_conflict_settled')} settled using (conflict_id)
  left join ${latest('desk_conflict_moved')} moved using (conflict_id)`;

type ConflictRow = Omit<RowOf<typeof conflictFoundTable>, 'position'> & {
  readonly found_position: bigint;
  readonly settled_position: bigint | null;
  readonly outcome: string | null;
};

export interface DeskDatabase {
  readonly desk_conflict: ConflictRow;
  readonly desk_case: RowOf<typeof caseTable>;
  readonly desk_case_step: RowOf<typeof caseStepTable>;
  readonly desk_thread: RowOf<typeof threadTable>;
  readonly desk_message: RowOf<typeof messageTable>;
  readonly desk_appointment: RowOf<typeof appointmentTable>;
  readonly desk_notice: RowOf<typeof noticeTable>;
  readonly desk_notice_recipient: RowOf<typeof recipientTable>;
  readonly desk_task: RowOf<typeof taskTable>;
  readonly desk_task_note: RowOf<typeof taskNoteTable>;
}
