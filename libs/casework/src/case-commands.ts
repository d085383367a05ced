import type { BusinessDate, WorkingCalendar } from '@provident/kernel';
import type { DocumentFile } from './document-file.js';
import type { StopCause } from './procedure.js';
import type { Actor } from './separation.js';

/** What every command of a person carries: who, on which day, and the calendar by which days are counted. */
interface Given {
  readonly actor: Actor;
  readonly on: BusinessDate;
  readonly calendar: WorkingCalendar;
}

/** Steps that are decided on a look at the case name what was looked at. */
interface Seen {
  readonly evidence: string;
}

export type PersonCommand =
  | ({ type: 'OpenCase'; caseId: string; procedure: string; request: unknown } & Given)
  | ({ type: 'EnterDocument'; kind: string; sha256: string; file?: DocumentFile } & Given)
  | ({ type: 'ResubmitCase'; request?: unknown } & Given)
  | ({ type: 'WithdrawCase'; reason: string } & Given)
  | ({ type: 'ReviewCase'; remark?: string } & Seen & Given)
  | ({ type: 'ApproveCase'; remark?: string } & Seen & Given)
  | ({ type: 'ApproveInEmergency'; reason: string } & Seen & Given)
  | ({ type: 'ClearEmergencyDebt'; finding: 'right' | 'wrong'; remark: string; correctedBy?: string } & Seen & Given)
  | ({ type: 'RefuseCase'; reason: string } & Given)
  | ({ type: 'ReturnCase'; reason: string; missing: readonly string[] } & Given)
  | ({ type: 'StopClock'; cause: StopCause; reason: string } & Given)
  | ({ type: 'ResumeClock' } & Given)
  | ({ type: 'RetryCarryOut'; reason: string } & Given)
  | ({ type: 'GiveUpCase'; reason: string } & Given);

/** What the program itself reports of carrying out. */
export type CarryOutCommand =
  | { type: 'RecordCarriedOut'; on: BusinessDate; attempt: number; commandId: string }
  | {
      type: 'RecordFailure';
      on: BusinessDate;
      attempt: number;
      refusal: {
        readonly code: string;
        readonly message: string;
        readonly rule: string;
        readonly remedy: string;
      };
    };

export type CaseCommand = PersonCommand | CarryOutCommand;
export type CommandOf<Type extends CaseCommand['type']> = Extract<CaseCommand, { type: Type }>;
