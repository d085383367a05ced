import { CreditCodeField, DateField, type DomainEvent, IdField, Personal } from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { documentFields } from './document-file.js';

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const HashField = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256' });
/*
 * What people write may tell of people: it is sealed under a key of the case, thread, notice or task, which is
 * erased with the person that it is about.
 */
const CaseText = (maxLength: number) => Personal(Text(maxLength), 'caseId');
const ThreadText = (maxLength: number) => Personal(Text(maxLength), 'threadId');
/** Of a key of its own, so that a message about a person is erased and those about others stay. */
const MessageText = Personal(Text(10_000), 'messageId');
const TaskText = (maxLength: number) => Personal(Text(maxLength), 'taskId');
const NoticeText = (maxLength: number) => Personal(Text(maxLength), 'noticeId');

/**
 * Who acted: the account, the person behind it, the role in which it acted, and everybody whose role was lent to it for
 * that, the nearest lender first.
 */
export const ActingField = Type.Object({
  account: Text(200),
  person: Text(200),
  role: Text(50),
  through: Type.Array(Text(200)),
});

/** What every step of a case says: who, on which day, by which rule, on which evidence. When it was known, the log says. */
const step = {
  caseId: IdField,
  by: ActingField,
  on: DateField,
  rule: Text(500),
  /** One hash over procedure, request and documents as this step leaves them. */
  evidence: HashField,
};

/** What a case asks for: the content of the command that it carries out. Its free text is called `reason`. */
const RequestField = Type.Unsafe<Readonly<Record<string, unknown>>>(
  Type.Object({ reason: Type.Optional(CaseText(500)) }, { additionalProperties: true }),
);

/** A case of a procedure was opened. Stream `case-<case id>`. */
export const CaseOpened = Type.Object({
  ...step,
  procedure: Text(100),
  procedureVersion: Type.Integer({ minimum: 1 }),
  subjectKind: Text(50),
  subjectId: Text(100),
  employer: Type.Optional(CreditCodeField),
  request: RequestField,
  /** Limit for the whole in working days, and its last day unless the clock is stopped. */
  limitDays: Type.Integer({ minimum: 1 }),
  dueOn: DateField,
});

/** A document was entered in the case; a file that was sent with it is kept sealed under the case's key. */
export const CaseDocumentEntered = Type.Object({ ...step, ...documentFields });

/** Every required document is there: the case waits for review, by the day named unless the clock stands still. */
export const CaseEvidenced = Type.Object({ ...step, waitsFor: Text(50), stepDueOn: Type.Optional(DateField) });

/** Somebody who did not make the case found it right (复核): it waits for approval. */
export const CaseReviewed = Type.Object({
  ...step,
  remark: Type.Optional(CaseText(500)),
  waitsFor: Text(50),
  stepDueOn: DateField,
});

/** Somebody who neither made nor reviewed the case approved it (审批): it is to be carried out. */
export const CaseApproved = Type.Object({ ...step, remark: Type.Optional(CaseText(500)) });

/** A case was approved without review, because waiting would do harm. Its review is owed until the day named. */
export const CaseApprovedInEmergency = Type.Object({ ...step, reason: CaseText(500), debtDueOn: DateField });

/** The review that an emergency left owing was made by somebody who neither made nor approved the case. */
export const EmergencyDebtCleared = Type.Object({
  ...step,
  finding: Type.Union([Type.Literal('right'), Type.Literal('wrong')]),
  remark: CaseText(500),
  /** The case that corrects what was done wrongly. */
  correctedBy: Type.Optional(IdField),
});

/** The case was refused; it is at an end. */
export const CaseRefused = Type.Object({ ...step, reason: CaseText(500) });

/** The case was returned to who made it, for supplement or amendment (补正). */
export const CaseReturned = Type.Object({
  ...step,
  reason: CaseText(500),
  /** Kinds of documents that are asked for. */
  missing: Type.Array(Text(100)),
  /** Whether the clock stands still until the case is handed in again. */
  stopsClock: Type.Boolean(),
});

/** A returned case was handed in again, with an amended request if need be. */
export const CaseResubmitted = Type.Object({ ...step, request: RequestField, dueOn: DateField });

/** The case was withdrawn by who made it; it is at an end. */
export const CaseWithdrawn = Type.Object({ ...step, reason: CaseText(500) });

/** The clock stands still from the next day on, for a cause that the procedure knows. */
export const CaseClockStopped = Type.Object({
  ...step,
  cause: Text(50),
  reason: CaseText(500),
  /** Working days used so far of the limit for the whole. */
  usedDays: Type.Integer({ minimum: 0 }),
});

/** The clock goes on from the next day on. */
export const CaseClockResumed = Type.Object({ ...step, dueOn: DateField, stepDueOn: Type.Optional(DateField) });

/** What the case asks for was done; `commandId` finds the events that it made. */
export const CaseCarriedOut = Type.Object({
  caseId: IdField,
  on: DateField,
  attempt: Type.Integer({ minimum: 1 }),
  commandId: IdField,
});

/** The rules refused what the case asks for; somebody tries again or closes the case. */
export const CaseCarryOutFailed = Type.Object({
  caseId: IdField,
  on: DateField,
  attempt: Type.Integer({ minimum: 1 }),
  code: Text(200),
  message: Text(2000),
  rule: Text(2000),
  remedy: Text(2000),
});

/** Carrying out is to be tried again, because its hindrance is gone. */
export const CaseCarryOutRetried = Type.Object({
  ...step,
  reason: CaseText(500),
  attempt: Type.Integer({ minimum: 2 }),
});

/** An approved case that could not be carried out was given up; it is at an end. */
export const CaseGivenUp = Type.Object({ ...step, reason: CaseText(500) });

export const caseEventSchemas = {
  CaseOpened,
  CaseDocumentEntered,
  CaseEvidenced,
  CaseReviewed,
  CaseApproved,
  CaseApprovedInEmergency,
  EmergencyDebtCleared,
  CaseRefused,
  CaseReturned,
  CaseResubmitted,
  CaseWithdrawn,
  CaseClockStopped,
  CaseClockResumed,
  CaseCarriedOut,
  CaseCarryOutFailed,
  CaseCarryOutRetried,
  CaseGivenUp,
} satisfies Record<string, TSchema>;

export type CaseEvent = {
  [Type in keyof typeof caseEventSchemas]: DomainEvent<Type, Static<(typeof caseEventSchemas)[Type]>>;
}[keyof typeof caseEventSchemas];

/** Ids of the people whom a text is about: it is erased with any of them. */
const ConcernsField = Type.Array(IdField, { minItems: 1 });

/** The two sides of a conversation between an employer and the agency. */
const SideField = Type.Union([Type.Literal('employer'), Type.Literal('agency')]);

/** A conversation between an employer and the agency began, about a case or by itself. Stream `thread-<thread id>`. */
export const ThreadOpened = Type.Object({
  threadId: IdField,
  employer: CreditCodeField,
  caseId: Type.Optional(IdField),
  concerns: Type.Optional(ConcernsField),
  title: ThreadText(200),
  by: ActingField,
  on: DateField,
});

/** One side wrote to the other, which is to answer by the day named. */
export const MessageSent = Type.Object({
  threadId: IdField,
  messageId: IdField,
  side: SideField,
  text: MessageText,
  concerns: Type.Optional(ConcernsField),
  /** Hashes of attached documents. */
  documents: Type.Array(HashField),
  by: ActingField,
  on: DateField,
  answerDueOn: DateField,
});

/** The other side answered a message. */
export const MessageAnswered = Type.Object({
  threadId: IdField,
  messageId: IdField,
  answers: IdField,
  side: SideField,
  text: MessageText,
  concerns: Type.Optional(ConcernsField),
  documents: Type.Array(HashField),
  by: ActingField,
  on: DateField,
});

const meeting = { threadId: IdField, appointmentId: IdField };

/** A meeting was proposed: at the counter, on site, or a training (培训). */
export const AppointmentProposed = Type.Object({
  ...meeting,
  side: SideField,
  purpose: Type.Union([Type.Literal('counter'), Type.Literal('on-site'), Type.Literal('training')]),
  heldOn: DateField,
  /** Time of day in China, "09:30". */
  time: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }),
  place: Text(200),
  by: ActingField,
  on: DateField,
});

/** The side that was asked agreed to a meeting. */
export const AppointmentConfirmed = Type.Object({ ...meeting, by: ActingField, on: DateField });

/** A meeting was called off before its day. */
export const AppointmentCancelled = Type.Object({
  ...meeting,
  reason: ThreadText(500),
  by: ActingField,
  on: DateField,
});

/** After the day: whether the employer came, to a meeting or a training. */
export const AttendanceRecorded = Type.Object({ ...meeting, attended: Type.Boolean(), by: ActingField, on: DateField });

export const threadEventSchemas = {
  ThreadOpened,
  MessageSent,
  MessageAnswered,
  AppointmentProposed,
  AppointmentConfirmed,
  AppointmentCancelled,
  AttendanceRecorded,
} satisfies Record<string, TSchema>;

export type ThreadEvent = {
  [Type in keyof typeof threadEventSchemas]: DomainEvent<Type, Static<(typeof threadEventSchemas)[Type]>>;
}[keyof typeof threadEventSchemas];

/** A notice was published to named people. Stream `notice-<notice id>`. */
export const NoticePublished = Type.Object({
  noticeId: IdField,
  /** The employer that informs its staff; absent when the agency does. */
  employer: Type.Optional(CreditCodeField),
  title: NoticeText(200),
  text: NoticeText(20_000),
  /** Ids of the insured people whom it is for. */
  recipients: Type.Array(IdField, { minItems: 1 }),
  by: ActingField,
  on: DateField,
});

/** One of the recipients read it: the receipt. */
export const NoticeRead = Type.Object({ noticeId: IdField, personId: IdField, account: Text(200), on: DateField });

/** A notice was taken back; receipts stay. */
export const NoticeWithdrawn = Type.Object({
  noticeId: IdField,
  reason: NoticeText(500),
  by: ActingField,
  on: DateField,
});

export const noticeEventSchemas = { NoticePublished, NoticeRead, NoticeWithdrawn } satisfies Record<string, TSchema>;

export type NoticeEvent = {
  [Type in keyof typeof noticeEventSchemas]: DomainEvent<Type, Static<(typeof noticeEventSchemas)[Type]>>;
}[keyof typeof noticeEventSchemas];

/** A task given from above was assigned to somebody (上级交办事项). Stream `task-<task id>`. */
export const TaskAssigned = Type.Object({
  taskId: IdField,
  title: TaskText(200),
  /** Who gave it, by which document. */
  source: Type.Object({
    authority: Text(200),
    document: Text(500),
    number: Type.Optional(Text(200)),
    sha256: HashField,
  }),
  /** The account that it is assigned to. */
  owner: Text(200),
  dueOn: DateField,
  by: ActingField,
  on: DateField,
});

/** The task went to another owner (改派). */
export const TaskReassigned = Type.Object({
  taskId: IdField,
  owner: Text(200),
  reason: TaskText(500),
  by: ActingField,
  on: DateField,
});

/** How far the task is, in percent, with what shows it. */
export const TaskProgressRecorded = Type.Object({
  taskId: IdField,
  percent: Type.Integer({ minimum: 0, maximum: 100 }),
  note: TaskText(500),
  evidence: Type.Array(HashField),
  by: ActingField,
  on: DateField,
});

/** The task is done: its result and the documents that show it. */
export const TaskCompleted = Type.Object({
  taskId: IdField,
  result: TaskText(2000),
  evidence: Type.Array(HashField, { minItems: 1 }),
  by: ActingField,
  on: DateField,
});

export const taskEventSchemas = {
  TaskAssigned,
  TaskReassigned,
  TaskProgressRecorded,
  TaskCompleted,
} satisfies Record<string, TSchema>;

export type TaskEvent = {
  [Type in keyof typeof taskEventSchemas]: DomainEvent<Type, Static<(typeof taskEventSchemas)[Type]>>;
}[keyof typeof taskEventSchemas];
