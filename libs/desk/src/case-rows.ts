import type { CaseEvent } from '@provident/casework/events';
import { canonicalJson, type RecordedEvent } from '@provident/kernel';
import type { Cell, Writer } from '@provident/projections';
import { rowOf } from './rows.js';
import { caseStepTable, caseTable } from './tables.js';

type Changes = Partial<Record<keyof typeof caseTable.columns, Cell | undefined>>;

/** What a step changes in the row of its case. */
function changesOf({ type, data }: CaseEvent): Changes {
  switch (type) {
    case 'CaseOpened': {
      const { procedure, subjectKind, subjectId, employer, request, on, dueOn } = data;
      return {
        ...{ procedure, subject_kind: subjectKind, subject_id: subjectId, employer, request: canonicalJson(request) },
        ...{ opened_on: on, due_on: dueOn, status: 'opened', waits_for: 'maker', is_stopped: false },
      };
    }
    case 'CaseDocumentEntered':
      return {};
    case 'CaseEvidenced':
      return { status: 'evidenced', waits_for: data.waitsFor, step_due_on: data.stepDueOn };
    case 'CaseReviewed':
      return { status: 'reviewed', waits_for: data.waitsFor, step_due_on: data.stepDueOn };
    case 'CaseApproved':
      return { status: 'approved', waits_for: 'carry-out', decided_on: data.on };
    case 'CaseApprovedInEmergency':
      return { status: 'approved', waits_for: 'carry-out', decided_on: data.on, debt_due_on: data.debtDueOn };
    case 'EmergencyDebtCleared':
      return { debt_cleared_on: data.on };
    case 'CaseRefused':
      return { status: 'refused', waits_for: '', decided_on: data.on };
    case 'CaseReturned':
      return { status: 'returned', waits_for: 'maker', ...(data.stopsClock ? stopped(data.on) : {}) };
    case 'CaseResubmitted':
      return { status: 'opened', request: canonicalJson(data.request), is_stopped: false, due_on: data.dueOn };
    case 'CaseWithdrawn':
      return { status: 'withdrawn', waits_for: '' };
    case 'CaseClockStopped':
      return stopped(data.on);
    case 'CaseClockResumed':
      return { is_stopped: false, due_on: data.dueOn, step_due_on: data.stepDueOn };
    case 'CaseCarriedOut':
      return { status: 'carried-out', waits_for: '' };
    case 'CaseCarryOutFailed':
      return { status: 'carry-out-failed', waits_for: 'clerk' };
    case 'CaseCarryOutRetried':
      return { status: 'approved', waits_for: 'carry-out' };
    case 'CaseGivenUp':
      return { status: 'given-up', waits_for: '' };
  }
}

function stopped(on: string): Changes {
  return { is_stopped: true, stopped_on: on };
}

/** What a reader of the history is told besides who, when and by which rule. */
function noteOf({ type, data }: CaseEvent): string | undefined {
  switch (type) {
    case 'CaseDocumentEntered':
      return `${data.kind} ${data.sha256}`;
    case 'CaseReturned':
      return [data.reason, ...data.missing].join(' · ');
    case 'CaseClockStopped':
      return `${data.cause} · ${data.reason}`;
    case 'EmergencyDebtCleared':
      return [data.finding, data.remark, data.correctedBy ?? ''].filter((part) => part !== '').join(' · ');
    case 'CaseCarriedOut':
      return data.commandId;
    case 'CaseCarryOutFailed':
      return `${data.code} · ${data.message} · ${data.remedy}`;
    default:
      if ('reason' in data) return data.reason;
      return 'remark' in data ? data.remark : undefined;
  }
}

/** Writes a step of a case, and what it changes. */
export function takeCaseEvent(event: CaseEvent, recorded: RecordedEvent, sql: Writer): void {
  const { data } = event;
  const { position, recordedAt, metadata } = recorded;
  const by = 'by' in data ? data.by : undefined;
  const evidence = 'evidence' in data ? data.evidence : undefined;
  const area = event.type === 'CaseOpened' ? metadata.area : undefined;
  sql.merge(caseTable, rowOf(caseTable, { case_id: data.caseId, area, evidence, ...changesOf(event) }));
  sql.append(
    caseStepTable,
    rowOf(caseStepTable, {
      ...{ position, case_id: data.caseId, event: event.type, on_date: data.on },
      ...{ recorded_at: recordedAt.toISOString(), account: by?.account ?? metadata.actor },
      ...{ person: by?.person, role: by?.role, through: by?.through.join(' ') },
      ...{ rule: 'rule' in data ? data.rule : undefined, evidence, note: noteOf(event) },
    }),
  );
}
