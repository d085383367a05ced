import { DomainError } from '@provident/kernel';
import type { CommandOf } from './case-commands.js';
import { type CaseFile, type CaseState, targetOf } from './case-state.js';
import { clockRuns, fileOn, nextCheck, sawThis, standsAt, stepOf, withinLimit } from './case-steps.js';
import type { CaseEvent } from './events.js';
import { LIMITS } from './limits.js';
import { actAs, type Bar, notApprovers, notMakers, notReviewers } from './separation.js';
import { dueOn, startClock } from './working-clock.js';

/** The steps of who checks a case: review, approval, refusal, return, and what an emergency leaves to be done. */

export function review(command: CommandOf<'ReviewCase'>, state: CaseState): readonly CaseEvent[] {
  const { actor, on, calendar, evidence, remark } = command;
  const file = fileOn(state, on);
  standsAt(file, 'review', 'evidenced');
  clockRuns(file);
  const { review: check, approval } = file.procedure;
  const by = actAs(actor, [check.role], targetOf(file), [notMakers(file)]);
  sawThis(file, evidence);
  const stepDueOn = dueOn(startClock(on, approval.withinDays), calendar) ?? on;
  return [
    {
      type: 'CaseReviewed',
      data: { ...stepOf(file, by, on, check.rule), ...remarked(remark), waitsFor: approval.role, stepDueOn },
    },
  ];
}

export function approve(command: CommandOf<'ApproveCase'>, state: CaseState): readonly CaseEvent[] {
  const { actor, on, evidence, remark } = command;
  const file = fileOn(state, on);
  standsAt(file, 'approval', 'reviewed');
  clockRuns(file);
  const { approval } = file.procedure;
  const by = actAs(actor, [approval.role], targetOf(file), [notMakers(file), notReviewers(file)]);
  sawThis(file, evidence);
  return [{ type: 'CaseApproved', data: { ...stepOf(file, by, on, approval.rule), ...remarked(remark) } }];
}

export function approveInEmergency(command: CommandOf<'ApproveInEmergency'>, state: CaseState): readonly CaseEvent[] {
  const { actor, on, calendar, evidence, reason } = command;
  const file = fileOn(state, on);
  const { emergency, name } = file.procedure;
  if (emergency === undefined) {
    throw new DomainError(
      'emergency-not-provided',
      `${name} has no emergency path.`,
      'Doing first and reviewing afterwards is for the procedures that provide for it.',
      'Have the case reviewed and approved.',
      { procedure: name },
    );
  }
  standsAt(file, 'approval in an emergency', 'evidenced');
  clockRuns(file);
  const by = actAs(actor, [emergency.role], targetOf(file), [notMakers(file), notReviewers(file)]);
  sawThis(file, evidence);
  const debtDueOn = calendar.addWorkingDays(on, emergency.reviewWithinDays);
  return [{ type: 'CaseApprovedInEmergency', data: { ...stepOf(file, by, on, emergency.rule), reason, debtDueOn } }];
}

export function clearDebt(command: CommandOf<'ClearEmergencyDebt'>, state: CaseState): readonly CaseEvent[] {
  const { actor, on, evidence, finding, remark, correctedBy } = command;
  const file = fileOn(state, on);
  const { review: check } = file.procedure;
  if (file.debt === undefined || file.debt.isCleared) {
    throw new DomainError(
      'emergency-debt-unknown',
      'No review of this case is owed.',
      'Only an approval in an emergency leaves a review owing, and it is made once.',
      'Nothing has to be done.',
    );
  }
  const by = actAs(actor, [check.role], targetOf(file), [notMakers(file), notApprovers(file)]);
  sawThis(file, evidence);
  if ((finding === 'wrong') !== (correctedBy !== undefined) || correctedBy === file.caseId) {
    throw new DomainError(
      'correcting-case-missing',
      'A finding that it was wrong names the case that corrects it, and no other finding does.',
      'What an emergency did wrongly is put right by a further case before its debt is cleared.',
      'Open the correcting case and give its id, or find the case right.',
    );
  }
  return [
    {
      type: 'EmergencyDebtCleared',
      data: {
        ...stepOf(file, by, on, check.rule),
        ...{ finding, remark },
        ...(correctedBy === undefined ? {} : { correctedBy }),
      },
    },
  ];
}

export function refuse({ actor, on, reason }: CommandOf<'RefuseCase'>, state: CaseState): readonly CaseEvent[] {
  const file = fileOn(state, on);
  standsAt(file, 'refusal', 'opened', 'returned', 'evidenced', 'reviewed');
  // Who was asked for more and never answered can be refused: a return stops the clock, not the case.
  if (file.status !== 'returned') clockRuns(file);
  const { role, rule } = nextCheck(file);
  const by = actAs(actor, [role], targetOf(file), barsOfStage(file));
  return [{ type: 'CaseRefused', data: { ...stepOf(file, by, on, rule), reason } }];
}

export function returnCase(command: CommandOf<'ReturnCase'>, state: CaseState): readonly CaseEvent[] {
  const { actor, on, reason, missing } = command;
  const file = fileOn(state, on);
  standsAt(file, 'return', 'opened', 'evidenced', 'reviewed');
  clockRuns(file);
  withinLimit(file.rounds, LIMITS.rounds, 'returns and stops');
  const { procedure } = file;
  const unknown = missing.filter((kind) => !procedure.documents.some((each) => each.kind === kind));
  if (unknown.length > 0) {
    throw new DomainError(
      'document-kind-unknown',
      `${procedure.name} takes no documents of the kind ${unknown.join(', ')}.`,
      'The procedure lists the documents that a case rests on.',
      `Ask for ${procedure.documents.map(({ kind }) => kind).join(', ')}.`,
      { kind: unknown.join(' ') },
    );
  }
  const { role, rule } = nextCheck(file);
  const by = actAs(actor, [role], targetOf(file), barsOfStage(file));
  const stopsClock = procedure.stopsClock.includes('supplement');
  return [{ type: 'CaseReturned', data: { ...stepOf(file, by, on, rule), reason, missing: [...missing], stopsClock } }];
}

/** Who takes the place of the next check is barred as it would be. */
function barsOfStage(file: CaseFile): readonly Bar[] {
  return file.status === 'reviewed' ? [notMakers(file), notReviewers(file)] : [notMakers(file)];
}

function remarked(remark: string | undefined): { remark?: string } {
  return remark === undefined ? {} : { remark };
}
