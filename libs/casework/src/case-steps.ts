import { type BusinessDate, DomainError } from '@provident/kernel';
import type { Authority } from './authority.js';
import type { CaseFile, CaseState, CaseStatus } from './case-state.js';
import { evidenceOf } from './evidence.js';
import { written } from './sides.js';
import { isStopped } from './working-clock.js';

/** The case that a step is for. Throws `case-unknown`, or `case-step-out-of-order` for a day before its last step. */
export function fileOn(state: CaseState, on: BusinessDate): CaseFile {
  if (state.status === 'none') {
    throw new DomainError(
      'case-unknown',
      'There is no such case.',
      'A step belongs to a case that was opened.',
      'Check the id of the case.',
    );
  }
  if (on >= state.lastOn) return state;
  throw new DomainError(
    'case-step-out-of-order',
    `The last step of this case was on ${state.lastOn}; ${on} is before it.`,
    '社会保险经办条例 第38条: the handling is recorded completely, each step on its day.',
    `Give a day from ${state.lastOn} on.`,
    { lastOn: state.lastOn },
  );
}

/** What every event of a step says. */
export function stepOf(
  file: Pick<CaseFile, 'caseId' | 'procedure' | 'request' | 'documents'>,
  by: Authority,
  on: BusinessDate,
  rule: string,
) {
  return {
    caseId: file.caseId,
    by: written(by),
    on,
    rule,
    evidence: evidenceOf(file.procedure.name, file.request, file.documents),
  };
}

/** Throws `case-status-wrong` unless the case stands at one of these. */
export function standsAt(file: CaseFile, step: string, ...statuses: readonly CaseStatus[]): void {
  if (statuses.includes(file.status)) return;
  throw new DomainError(
    'case-status-wrong',
    `The case is ${file.status}: ${step} is not its next step.`,
    'opened → evidenced → reviewed → approved → carried out: a case takes its steps in this order.',
    `That is done with a case that is ${statuses.join(' or ')}.`,
    { status: file.status },
  );
}

/** Throws `case-clock-stopped` while the case waits for others. */
export function clockRuns({ clock }: CaseFile): void {
  if (!isStopped(clock)) return;
  throw new DomainError(
    'case-clock-stopped',
    'The clock of this case is stopped.',
    'What a case waits for comes before it is decided.',
    'Let the clock go on first.',
  );
}

/** Throws `case-changed-since` when the actor looked at something else than what stands in the case now. */
export function sawThis({ evidence }: CaseFile, seen: string): void {
  if (seen === evidence) return;
  throw new DomainError(
    'case-changed-since',
    'The case has changed since it was looked at.',
    'Whoever reviews or approves answers for exactly what is on file; its evidence hash says what that is.',
    'Look at the case again and give its present evidence hash.',
    { seen, present: evidence },
  );
}

/** The required kinds that no document has been entered for. */
export function missingKinds({ procedure, documents }: Pick<CaseFile, 'procedure' | 'documents'>): readonly string[] {
  return procedure.documents
    .filter(({ kind, required }) => required && !documents.some((each) => each.kind === kind))
    .map(({ kind }) => kind);
}

/** The check that comes next: approval of what was reviewed, review of everything before. */
export function nextCheck({ status, procedure }: CaseFile) {
  return status === 'reviewed' ? procedure.approval : procedure.review;
}

/** Throws `case-rounds-exhausted` when the case has gone round too often. */
export function withinLimit(count: number, limit: number, what: string): void {
  if (count < limit) return;
  throw new DomainError(
    'case-rounds-exhausted',
    `This case has had ${count} ${what}.`,
    `A case has at most ${limit} ${what}.`,
    'End it and open a new one.',
    { limit },
  );
}
