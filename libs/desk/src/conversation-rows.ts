import type { NoticeEvent, TaskEvent, ThreadEvent } from '@provident/casework/events';
import type { RecordedEvent } from '@provident/kernel';
import type { Cell, Writer } from '@provident/projections';
import { rowOf } from './rows.js';
import {
  appointmentTable,
  messageTable,
  noticeTable,
  recipientTable,
  taskNoteTable,
  taskTable,
  threadTable,
} from './tables.js';

export function takeThreadEvent({ type, data }: ThreadEvent, { position, metadata }: RecordedEvent, sql: Writer): void {
  switch (type) {
    case 'ThreadOpened': {
      const { threadId, employer, caseId, title, on } = data;
      const row = { thread_id: threadId, area: metadata.area, employer, case_id: caseId, title, opened_on: on };
      sql.append(threadTable, rowOf(threadTable, row));
      return;
    }
    case 'MessageSent':
    case 'MessageAnswered': {
      const { threadId, messageId, side, text, documents, by, on } = data;
      const answer = type === 'MessageAnswered' ? { answers: data.answers } : { answer_due_on: data.answerDueOn };
      const row = {
        position,
        thread_id: threadId,
        message_id: messageId,
        side,
        text,
        account: by.account,
        on_date: on,
      };
      sql.append(messageTable, rowOf(messageTable, { ...row, documents: documents.join(' '), ...answer }));
      return;
    }
    case 'AppointmentProposed': {
      const { threadId, appointmentId, side, purpose, heldOn, time, place } = data;
      const row = { thread_id: threadId, side, purpose, held_on: heldOn, time, place, status: 'proposed' };
      sql.merge(appointmentTable, rowOf(appointmentTable, { appointment_id: appointmentId, ...row }));
      return;
    }
    case 'AppointmentConfirmed':
      setAppointment(data.appointmentId, 'confirmed', sql);
      return;
    case 'AppointmentCancelled':
      setAppointment(data.appointmentId, 'cancelled', sql);
      return;
    case 'AttendanceRecorded':
      setAppointment(data.appointmentId, data.attended ? 'attended' : 'missed', sql);
  }
}

function setAppointment(appointmentId: string, status: string, sql: Writer): void {
  sql.merge(appointmentTable, rowOf(appointmentTable, { appointment_id: appointmentId, status }));
}

export function takeNoticeEvent({ type, data }: NoticeEvent, { metadata }: RecordedEvent, sql: Writer): void {
  const { noticeId, on } = data;
  switch (type) {
    case 'NoticePublished': {
      const { employer, title, text, recipients } = data;
      const row = { notice_id: noticeId, area: metadata.area, employer, title, text, published_on: on };
      sql.merge(noticeTable, rowOf(noticeTable, row));
      for (const person of recipients) {
        sql.merge(recipientTable, rowOf(recipientTable, { notice_id: noticeId, person_id: person }));
      }
      return;
    }
    case 'NoticeRead': {
      const row = { notice_id: noticeId, person_id: data.personId, read_on: on };
      sql.merge(recipientTable, rowOf(recipientTable, row));
      return;
    }
    case 'NoticeWithdrawn':
      sql.merge(noticeTable, rowOf(noticeTable, { notice_id: noticeId, withdrawn_on: on }));
  }
}

export function takeTaskEvent({ type, data }: TaskEvent, { position, metadata }: RecordedEvent, sql: Writer): void {
  const { taskId, by, on } = data;
  const change = (cells: Parameters<typeof rowOf<typeof taskTable>>[1]) =>
    sql.merge(taskTable, rowOf(taskTable, { task_id: taskId, ...cells }));
  const note = (cells: { percent?: number; note?: string }, evidence: readonly string[] = []) => {
    const row: Record<string, Cell> = { position, task_id: taskId, event: type, on_date: on, account: by.account };
    sql.append(taskNoteTable, rowOf(taskNoteTable, { ...row, ...cells, evidence: evidence.join(' ') }));
  };
  switch (type) {
    case 'TaskAssigned': {
      const { title, owner, dueOn, source } = data;
      const { authority, document, number, sha256 } = source;
      change({ title, owner, due_on: dueOn, authority, document, number, source_sha256: sha256, percent: 0 });
      change({ area: metadata.area, assigned_by: by.account, assigned_on: on });
      note({ note: owner });
      return;
    }
    case 'TaskReassigned':
      change({ owner: data.owner });
      note({ note: `${data.owner} · ${data.reason}` });
      return;
    case 'TaskProgressRecorded':
      change({ percent: data.percent });
      note({ percent: data.percent, note: data.note }, data.evidence);
      return;
    case 'TaskCompleted':
      change({ percent: 100, result: data.result, completed_on: on });
      note({ percent: 100, note: data.result }, data.evidence);
  }
}
