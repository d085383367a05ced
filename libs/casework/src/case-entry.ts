import { DomainError } from '@provident/kernel';
import type { Authority } from './authority.js';
import type { CommandOf, PersonCommand } from './case-commands.js';
import { type CaseFile, type CaseState, evolve, targetOf } from './case-state.js';
import { fileOn, missingKinds, standsAt, stepOf, withinLimit } from './case-steps.js';
import type { CaseEvent } from './events.js';
import type { EnteredDocument } from './evidence.js';
import { checkNamedDocuments } from './named-documents.js';
import { LIMITS } from './limits.js';
import type { Procedure } from './procedure.js';
import { procedureOf } from './procedures.js';
import { checkRequest, type Request } from './request-check.js';
import { actAs, notYetReviewers } from './separation.js';
import { dueOn, isStopped, resumeClock, startClock } from './working-clock.js';

/** The steps of who makes a case: opening, documents, handing in again, withdrawing. */

export function open(command: CommandOf<'OpenCase'>, state: CaseState): readonly CaseEvent[] {
  if (state.status !== 'none') return [];
  const { caseId, request, actor, on, calendar } = command;
  const procedure = procedureOf(command.procedure);
  checkRequest(procedure, request);
  const by = actAs(actor, procedure.opening.roles, targetOf({ procedure, request }));
  const { subject, employerField, withinDays } = procedure;
  const opened: CaseEvent = {
    type: 'CaseOpened',
    data: {
      ...stepOf({ caseId, procedure, request, documents: [] }, by, on, procedure.opening.rule),
      ...{ procedure: procedure.name, procedureVersion: procedure.version },
      ...{ subjectKind: subject.kind, subjectId: textIn(request, subject.field) },
      ...(employerField === undefined ? {} : { employer: textIn(request, employerField) }),
      request: { ...request },
      ...{ limitDays: withinDays, dueOn: calendar.addWorkingDays(on, withinDays) },
    },
  };
  return [opened, ...evidenced(evolve(state, opened), by, command)];
}

export function enterDocument(command: CommandOf<'EnterDocument'>, state: CaseState): readonly CaseEvent[] {
  const file = fileOn(state, command.on);
  const { kind, sha256, file: sent, actor, on } = command;
  standsAt(file, 'entering a document', 'opened', 'returned', 'evidenced', 'reviewed');
  const { rule } = documentKind(file.procedure, kind);
  const by = actAs(actor, file.procedure.opening.roles, targetOf(file), [notYetReviewers(file)]);
  const standing = file.documents.find((each) => each.kind === kind && each.sha256 === sha256);
  // What was entered by its hash alone may be followed by its file; it rests on the same content.
  if (standing !== undefined && (sent === undefined || standing.file !== undefined)) return [];
  const others = file.documents.filter((each) => each !== standing);
  withinLimit(others.length, LIMITS.documents, 'documents');
  const documents: readonly EnteredDocument[] = [...others, { kind, sha256 }];
  // A returned case may name another document when it is handed in again; then it is looked at.
  if (file.status !== 'returned') checkNamedDocuments({ ...file, documents });
  const entered: CaseEvent = {
    type: 'CaseDocumentEntered',
    data: {
      ...stepOf({ ...file, documents }, by, on, rule),
      ...{ kind, sha256, ...(sent === undefined ? {} : { file: sent }) },
    },
  };
  // What was reviewed is not what is on file any more: it is reviewed anew. A returned case waits to be handed in again.
  if (file.status === 'evidenced' || file.status === 'returned') return [entered];
  return [entered, ...evidenced(evolve(file, entered), by, command)];
}

export function resubmit(command: CommandOf<'ResubmitCase'>, state: CaseState): readonly CaseEvent[] {
  const { actor, on, calendar } = command;
  const file = fileOn(state, on);
  standsAt(file, 'handing it in again', 'returned');
  const { procedure, clock } = file;
  const request: unknown = command.request ?? file.request;
  checkRequest(procedure, request);
  sameSubject(file, request);
  const by = actAs(actor, procedure.opening.roles, targetOf(file), [notYetReviewers(file)]);
  const missing = [...new Set([...file.askedFor, ...missingKinds(file)])];
  if (missing.length > 0) throw documentsMissing(missing);
  checkNamedDocuments({ ...file, request });
  const running = isStopped(clock) ? resumeClock(clock, on) : clock;
  const resubmitted: CaseEvent = {
    type: 'CaseResubmitted',
    data: {
      ...stepOf({ ...file, request }, by, on, procedure.opening.rule),
      request: { ...request },
      dueOn: dueOn(running, calendar) ?? on,
    },
  };
  return [resubmitted, ...evidenced(evolve(file, resubmitted), by, command)];
}

export function withdraw(command: CommandOf<'WithdrawCase'>, state: CaseState): readonly CaseEvent[] {
  const { actor, on, reason } = command;
  const file = fileOn(state, on);
  standsAt(file, 'withdrawing', 'opened', 'returned', 'evidenced', 'reviewed');
  const by = actAs(actor, file.procedure.opening.roles, targetOf(file));
  if (!file.makers.includes(by.person)) {
    throw new DomainError(
      'withdrawer-not-maker',
      `${by.person} had no part in making this case.`,
      'Whoever made a case may withdraw it.',
      'Have it withdrawn by somebody who made it, or refuse it.',
      { person: by.person },
    );
  }
  return [{ type: 'CaseWithdrawn', data: { ...stepOf(file, by, on, file.procedure.opening.rule), reason } }];
}

/** The step that follows by itself once every required document is on file. */
function evidenced(state: CaseState, by: Authority, { on, calendar }: PersonCommand): readonly CaseEvent[] {
  const file = fileOn(state, on);
  if (missingKinds(file).length > 0) return [];
  const { role, withinDays, rule } = file.procedure.review;
  const stepDueOn = isStopped(file.clock) ? undefined : dueOn(startClock(on, withinDays), calendar);
  return [
    {
      type: 'CaseEvidenced',
      data: {
        ...stepOf(file, by, on, rule),
        waitsFor: role,
        ...(stepDueOn === undefined ? {} : { stepDueOn }),
      },
    },
  ];
}

function textIn(request: Request, field: string): string {
  return String(request[field]);
}

/** An amended request is about the same subject, or it would be another case. */
function sameSubject({ procedure, request: before }: CaseFile, request: Request): void {
  const { field } = procedure.subject;
  if (textIn(request, field) === textIn(before, field)) return;
  throw new DomainError(
    'case-subject-changed',
    `The amended request names another ${field}.`,
    'A case stays with whom or what it was opened for.',
    'Withdraw it and open a case for the other.',
    { field },
  );
}

function documentKind({ name, documents }: Procedure, kind: string) {
  const found = documents.find((each) => each.kind === kind);
  if (found !== undefined) return found;
  const kinds = documents.map((each) => each.kind).join(', ');
  throw new DomainError(
    'document-kind-unknown',
    `A case of ${name} takes no document of the kind "${kind}".`,
    'The procedure lists the documents that a case rests on.',
    `Enter it as one of ${kinds}.`,
    { kind },
  );
}

function documentsMissing(missing: readonly string[]): DomainError {
  return new DomainError(
    'documents-missing',
    `What the case was returned for has not come: ${missing.join(', ')}.`,
    'A returned case is handed in again with everything that was asked for (补正).',
    'Enter the missing documents first.',
    { missing: missing.join(' ') },
  );
}
