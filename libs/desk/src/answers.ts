import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { DeskCase, DeskCaseStep, Page } from './case-queries.js';
import type { DeskConflict } from './conflict-queries.js';
import type { DeskAppointment, DeskMessage, DeskNotice, DeskThread } from './conversation-queries.js';
import type { Deadline } from './deadlines.js';
import type { DeskTask, DeskTaskNote } from './task-queries.js';

export class DeadlineAnswer implements Omit<Deadline, 'dueOn'> {
  @ApiProperty({ example: '2026-02-27' }) dueOn: string;
  @ApiProperty({ description: 'working days; 0 on the last day, below 0 when it is over' }) daysLeft: number;
  @ApiProperty() isOverdue: boolean;
}

export class CaseRowAnswer {
  @ApiProperty({ format: 'uuid' }) caseId: string;
  @ApiProperty() procedure: string;
  @ApiProperty() status: string;
  @ApiProperty({ description: 'the role whose step is next; maker, carry-out, or empty' }) waitsFor: string;
  @ApiProperty() area: string;
  @ApiProperty() subjectKind: string;
  @ApiProperty() subjectId: string;
  @ApiPropertyOptional({ description: 'name of the person or employer that it is about' }) subjectName?: string;
  @ApiPropertyOptional({ type: String }) employer?: string | undefined;
  @ApiProperty() openedOn: string;
  @ApiProperty({ description: 'what reviews and approvals name' }) evidence: string;
  @ApiProperty() isStopped: boolean;
  @ApiPropertyOptional({ type: String }) decidedOn?: string | undefined;
  @ApiPropertyOptional({ type: DeadlineAnswer }) deadline?: DeadlineAnswer | undefined;
  @ApiPropertyOptional({ type: DeadlineAnswer }) stepDeadline?: DeadlineAnswer | undefined;
  @ApiPropertyOptional({ type: DeadlineAnswer, description: 'the review that an emergency left owing' })
  debt?: DeadlineAnswer | undefined;
}

export class CasesAnswer implements Page<DeskCase> {
  @ApiProperty({ type: [CaseRowAnswer] }) rows: readonly DeskCase[];
  @ApiProperty({ description: 'whether there are more than fit in one answer' }) more: boolean;
}

export class ConflictAnswer implements DeskConflict {
  @ApiProperty({ format: 'uuid', description: 'what a case of the procedure credit-conflict names' })
  conflictId: string;
  @ApiProperty({ enum: ['credit', 'enrolment'], description: 'a month paid twice, or a declared enrolment not made' })
  kind: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiPropertyOptional({ example: '王芳' }) personName?: string;
  @ApiProperty({ description: 'credit code of the employer that paid again, or that declared the person' })
  employer: string;
  @ApiProperty({ example: '2025-07', description: 'the month paid twice, or from which the enrolment was declared' })
  month: string;
  @ApiProperty({ example: '2025-07-15' }) foundOn: string;
}

export class ConflictsAnswer implements Page<DeskConflict> {
  @ApiProperty({ type: [ConflictAnswer] }) rows: readonly DeskConflict[];
  @ApiProperty({ description: 'whether there are more than fit in one answer' }) more: boolean;
}

export class CaseStepAnswer implements Omit<DeskCaseStep, 'position'> {
  @ApiProperty({ description: 'log position' }) position: string;
  @ApiProperty({ example: 'CaseReviewed' }) event: string;
  @ApiProperty() on: string;
  @ApiProperty() recordedAt: string;
  @ApiProperty() account: string;
  @ApiPropertyOptional({ type: String }) person: string | undefined;
  @ApiPropertyOptional({ type: String }) role: string | undefined;
  @ApiProperty({ type: [String], description: 'who lent the role' }) through: readonly string[];
  @ApiPropertyOptional({ type: String }) rule: string | undefined;
  @ApiPropertyOptional({ type: String }) evidence: string | undefined;
  @ApiPropertyOptional({ type: String }) note: string | undefined;
}

export class PersonNamedAnswer {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty({ example: '王芳' }) name: string;
}

export class CaseDetailAnswer extends CaseRowAnswer {
  @ApiProperty({ type: Object }) request: unknown;
  @ApiProperty({
    type: [PersonNamedAnswer],
    description: 'the people whom the request names, by name; for the agency alone, who looks into a case of its area',
  })
  people: readonly PersonNamedAnswer[];
  @ApiProperty({ type: [CaseStepAnswer] }) steps: readonly CaseStepAnswer[];
}

export class ThreadAnswer implements DeskThread {
  @ApiProperty({ format: 'uuid' }) threadId: string;
  @ApiProperty() area: string;
  @ApiProperty() employer: string;
  @ApiPropertyOptional({ format: 'uuid' }) caseId: string | undefined;
  @ApiProperty() title: string;
  @ApiProperty() openedOn: string;
}

export class ThreadsAnswer implements Page<DeskThread> {
  @ApiProperty({ type: [ThreadAnswer] }) rows: readonly DeskThread[];
  @ApiProperty() more: boolean;
}

export class MessageAnswer {
  @ApiProperty({ format: 'uuid' }) threadId: string;
  @ApiProperty({ format: 'uuid' }) messageId: string;
  @ApiProperty({ enum: ['employer', 'agency'] }) side: string;
  @ApiPropertyOptional({ format: 'uuid' }) answers?: string | undefined;
  @ApiProperty() text: string;
  @ApiProperty({ type: [String] }) documents: readonly string[];
  @ApiProperty() account: string;
  @ApiProperty() on: string;
  @ApiProperty() isAnswered: boolean;
  @ApiPropertyOptional({ type: DeadlineAnswer }) answerDeadline?: DeadlineAnswer | undefined;
}

export class MessagesAnswer implements Page<DeskMessage> {
  @ApiProperty({ type: [MessageAnswer] }) rows: readonly DeskMessage[];
  @ApiProperty() more: boolean;
}

export class AppointmentAnswer implements DeskAppointment {
  @ApiProperty({ format: 'uuid' }) appointmentId: string;
  @ApiProperty({ format: 'uuid' }) threadId: string;
  @ApiProperty({ enum: ['counter', 'on-site', 'training'] }) purpose: string;
  @ApiProperty() heldOn: string;
  @ApiProperty() time: string;
  @ApiProperty() place: string;
  @ApiProperty({ description: 'the side that proposed it' }) side: string;
  @ApiProperty({ enum: ['proposed', 'confirmed', 'cancelled', 'attended', 'missed'] }) status: string;
}

export class AppointmentsAnswer implements Page<DeskAppointment> {
  @ApiProperty({ type: [AppointmentAnswer] }) rows: readonly DeskAppointment[];
  @ApiProperty() more: boolean;
}

export class NoticeAnswer implements DeskNotice {
  @ApiProperty({ format: 'uuid' }) noticeId: string;
  @ApiPropertyOptional({ type: String }) employer: string | undefined;
  @ApiProperty() title: string;
  @ApiProperty() text: string;
  @ApiProperty() publishedOn: string;
  @ApiPropertyOptional({ type: String }) withdrawnOn: string | undefined;
  @ApiProperty() recipients: number;
  @ApiProperty({ description: 'how many of them have read it' }) readers: number;
}

export class NoticesAnswer implements Page<DeskNotice> {
  @ApiProperty({ type: [NoticeAnswer] }) rows: readonly DeskNotice[];
  @ApiProperty() more: boolean;
}

export class UnreadAnswer implements Page<string> {
  @ApiProperty({ type: [String], format: 'uuid', description: 'people' }) rows: readonly string[];
  @ApiProperty() more: boolean;
}

export class TaskRowAnswer {
  @ApiProperty({ format: 'uuid' }) taskId: string;
  @ApiProperty() title: string;
  @ApiProperty({ description: 'who gave it' }) authority: string;
  @ApiProperty() document: string;
  @ApiPropertyOptional({ type: String }) number?: string | undefined;
  @ApiProperty() sourceSha256: string;
  @ApiProperty() assignedBy: string;
  @ApiProperty() assignedOn: string;
  @ApiProperty() owner: string;
  @ApiProperty() percent: number;
  @ApiPropertyOptional({ type: String }) result?: string | undefined;
  @ApiPropertyOptional({ type: String }) completedOn?: string | undefined;
  @ApiProperty({ type: DeadlineAnswer }) deadline: DeadlineAnswer;
}

export class TasksAnswer implements Page<DeskTask> {
  @ApiProperty({ type: [TaskRowAnswer] }) rows: readonly DeskTask[];
  @ApiProperty() more: boolean;
}

export class TaskNoteAnswer implements DeskTaskNote {
  @ApiProperty() event: string;
  @ApiProperty() on: string;
  @ApiProperty() account: string;
  @ApiPropertyOptional() percent: number | undefined;
  @ApiPropertyOptional({ type: String }) note: string | undefined;
  @ApiProperty({ type: [String] }) evidence: readonly string[];
}

export class TaskDetailAnswer extends TaskRowAnswer {
  @ApiProperty({ type: [TaskNoteAnswer] }) notes: readonly DeskTaskNote[];
}
