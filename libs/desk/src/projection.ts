import { type AccountEvent, accountEventSchemas } from '@provident/accounts/events';
import {
  type CaseEvent,
  caseEventSchemas,
  type NoticeEvent,
  noticeEventSchemas,
  type TaskEvent,
  taskEventSchemas,
  type ThreadEvent,
  threadEventSchemas,
} from '@provident/casework/events';
import type { RecordedEvent } from '@provident/kernel';
import type { Projection, Writer } from '@provident/projections';
import { type InsuredEvent, insuredEventSchemas } from '@provident/registry/events';
import { takeCaseEvent } from './case-rows.js';
import { takeConflictEvent } from './conflict-rows.js';
import { takeNoticeEvent, takeTaskEvent, takeThreadEvent } from './conversation-rows.js';
import {
  appointmentTable,
  caseStepTable,
  caseTable,
  CONFLICT_VIEW,
  conflictFoundTable,
  conflictMovedTable,
  conflictSettledTable,
  messageTable,
  noticeTable,
  recipientTable,
  taskNoteTable,
  taskTable,
  threadTable,
} from './tables.js';

/** Cases, conversations, notices, tasks and conflicts as desks look at them. */
export const deskProjection: Projection = {
  name: 'desk',
  version: 2,
  tables: [
    ...[caseTable, caseStepTable, threadTable, messageTable, appointmentTable],
    ...[noticeTable, recipientTable, taskTable, taskNoteTable],
    ...[conflictFoundTable, conflictSettledTable, conflictMovedTable],
  ],
  views: [CONFLICT_VIEW],
  apply(batch, sql) {
    for (const event of batch) take(event, sql);
  },
};

function take(event: RecordedEvent, sql: Writer): void {
  const { type } = event;
  if (type in caseEventSchemas) takeCaseEvent(event as unknown as CaseEvent, event, sql);
  else if (type in threadEventSchemas) takeThreadEvent(event as unknown as ThreadEvent, event, sql);
  else if (type in noticeEventSchemas) takeNoticeEvent(event as unknown as NoticeEvent, event, sql);
  else if (type in taskEventSchemas) takeTaskEvent(event as unknown as TaskEvent, event, sql);
  else if (type in accountEventSchemas || type in insuredEventSchemas) {
    takeConflictEvent(event as unknown as AccountEvent | InsuredEvent, event, sql);
  }
}
