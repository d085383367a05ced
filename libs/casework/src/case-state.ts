import type { BusinessDate } from '@provident/kernel';
import type { Authority, Target } from './authority.js';
import type { CaseEvent } from './events.js';
import type { EnteredDocument } from './evidence.js';
import type { Procedure } from './procedure.js';
import { procedureOfCase } from './procedures.js';
import type { Request } from './request-check.js';
import { isStopped, resumeClock, startClock, stopClock, type WorkingClock } from './working-clock.js';

/**
 * opened -> evidenced -> reviewed -> approved -> carried-out. On the way a case can be returned to who made it, refused or
 * withdrawn; an approved one that could not be carried out is tried again or given up.
 */
export type CaseStatus =
  | 'opened'
  | 'returned'
  | 'evidenced'
  | 'reviewed'
  | 'approved'
  | 'carried-out'
  | 'carry-out-failed'
  | 'refused'
  | 'withdrawn'
  | 'given-up';

/** An account that did something in the case, as far as its commands name it. */
export interface CaseAccounts {
  readonly maker: string;
  readonly reviewer?: string;
  readonly approver?: string;
}

export interface CaseFile {
  readonly status: CaseStatus;
  readonly caseId: string;
  readonly procedure: Procedure;
  readonly request: Request;
  readonly documents: readonly EnteredDocument[];
  /** Kinds that the last return asked for and that have not come yet. */
  readonly askedFor: readonly string[];
  readonly evidence: string;
  /** Day of the last step: none happens before it. */
  readonly lastOn: BusinessDate;
  readonly clock: WorkingClock;
  /** The clock of the check that the case waits for. */
  readonly stepClock: WorkingClock | undefined;
  /** Everybody who ever entered something, reviewed or approved, lenders of roles included: they stay what they were. */
  readonly makers: readonly string[];
  readonly reviewers: readonly string[];
  readonly approvers: readonly string[];
  readonly accounts: CaseAccounts;
  /** Returns and stops so far. */
  readonly rounds: number;
  /** The try of carrying out that is under way or was the last; 0 before the approval. */
  readonly attempt: number;
  /** The review that an emergency left owing. */
  readonly debt?: { readonly dueOn: BusinessDate; readonly isCleared: boolean };
}

/** Whom a case is about, as far as its request says. */
export function targetOf({ procedure, request }: Pick<CaseFile, 'procedure' | 'request'>): Target {
  const { subject, employerField } = procedure;
  return {
    employer: employerField === undefined ? undefined : String(request[employerField]),
    personId: subject.kind === 'insured' ? String(request[subject.field]) : undefined,
  };
}

export type CaseState = { readonly status: 'none' } | CaseFile;

/** Everybody who answers for what is done by an authority. */
export function peopleOf({ person, through }: Pick<Authority, 'person' | 'through'>): readonly string[] {
  return [person, ...through];
}

export function evolve(state: CaseState, event: CaseEvent): CaseState {
  if (event.type === 'CaseOpened') return opened(event.data);
  if (state.status === 'none') return state;
  const before = stepped(state, event);
  switch (event.type) {
    case 'CaseDocumentEntered': {
      const { kind, sha256, file, by } = event.data;
      const others = before.documents.filter((each) => each.kind !== kind || each.sha256 !== sha256);
      return {
        ...made(before, by),
        documents: [...others, { kind, sha256, file }],
        askedFor: before.askedFor.filter((each) => each !== kind),
      };
    }
    case 'CaseEvidenced':
      return waiting(before, 'evidenced', before.procedure.review.withinDays, event.data.on);
    case 'CaseReviewed':
      return {
        ...waiting(before, 'reviewed', before.procedure.approval.withinDays, event.data.on),
        reviewers: [...before.reviewers, ...peopleOf(event.data.by)],
        accounts: { ...before.accounts, reviewer: event.data.by.account },
      };
    case 'CaseApproved':
      return approved(before, event.data.by);
    case 'CaseApprovedInEmergency':
      return { ...approved(before, event.data.by), debt: { dueOn: event.data.debtDueOn, isCleared: false } };
    case 'EmergencyDebtCleared':
      return before.debt === undefined ? before : { ...before, debt: { ...before.debt, isCleared: true } };
    case 'CaseReturned': {
      const { on, missing, stopsClock } = event.data;
      const returned = { ...ended(before, 'returned'), askedFor: missing, rounds: before.rounds + 1 };
      return stopsClock ? { ...returned, clock: stopClock(before.clock, on) } : returned;
    }
    case 'CaseResubmitted':
      return resubmitted(before, event.data);
    case 'CaseClockStopped':
      return withClocks({ ...before, rounds: before.rounds + 1 }, (clock) => stopClock(clock, event.data.on));
    case 'CaseClockResumed':
      return withClocks(before, (clock) => resumeClock(clock, event.data.on));
    case 'CaseRefused':
      return ended(before, 'refused');
    case 'CaseWithdrawn':
      return ended(before, 'withdrawn');
    case 'CaseCarriedOut':
      return { ...before, status: 'carried-out' };
    case 'CaseCarryOutFailed':
      return { ...before, status: 'carry-out-failed' };
    case 'CaseCarryOutRetried':
      return { ...before, status: 'approved', attempt: event.data.attempt };
    case 'CaseGivenUp':
      return { ...before, status: 'given-up' };
  }
}

type DataOf<Type extends CaseEvent['type']> = Extract<CaseEvent, { type: Type }>['data'];

function opened(data: DataOf<'CaseOpened'>): CaseFile {
  const procedure = procedureOfCase(data.procedure, data.procedureVersion);
  return {
    ...{ status: 'opened', caseId: data.caseId, procedure, request: data.request, documents: [], askedFor: [] },
    ...{ evidence: data.evidence, lastOn: data.on, clock: startClock(data.on, data.limitDays) },
    stepClock: undefined,
    ...{ makers: peopleOf(data.by), reviewers: [], approvers: [], accounts: { maker: data.by.account } },
    ...{ rounds: 0, attempt: 0 },
  };
}

/** Every step moves the day on and says what the case rests on from then on. */
function stepped(file: CaseFile, { data }: Exclude<CaseEvent, { type: 'CaseOpened' }>): CaseFile {
  return { ...file, lastOn: data.on, ...('evidence' in data ? { evidence: data.evidence } : {}) };
}

function made(file: CaseFile, by: DataOf<'CaseDocumentEntered'>['by']): CaseFile {
  return { ...file, makers: [...new Set([...file.makers, ...peopleOf(by)])] };
}

function waiting(file: CaseFile, status: CaseStatus, withinDays: number, on: BusinessDate): CaseFile {
  const clock = startClock(on, withinDays);
  return { ...file, status, stepClock: isStopped(file.clock) ? stopClock(clock, on) : clock };
}

function approved(file: CaseFile, by: DataOf<'CaseApproved'>['by']): CaseFile {
  return {
    ...ended(file, 'approved'),
    approvers: [...file.approvers, ...peopleOf(by)],
    accounts: { ...file.accounts, approver: by.account },
    attempt: 1,
  };
}

/** Nobody is waited for by a step's clock any more. */
function ended(file: CaseFile, status: CaseStatus): CaseFile {
  return { ...file, status, stepClock: undefined };
}

function resubmitted(file: CaseFile, { by, request, on }: DataOf<'CaseResubmitted'>): CaseFile {
  const again: CaseFile = { ...made(file, by), status: 'opened', request };
  return isStopped(file.clock) ? { ...again, clock: resumeClock(file.clock, on) } : again;
}

function withClocks(file: CaseFile, change: (clock: WorkingClock) => WorkingClock): CaseFile {
  const { clock, stepClock } = file;
  return { ...file, clock: change(clock), ...(stepClock === undefined ? {} : { stepClock: change(stepClock) }) };
}
