import { DomainError } from '@provident/kernel';
import type { CommandOf } from './case-commands.js';
import { type CaseState, targetOf } from './case-state.js';
import { fileOn, standsAt, stepOf, withinLimit } from './case-steps.js';
import type { CaseEvent } from './events.js';
import { LIMITS } from './limits.js';
import { actAs, notMakers } from './separation.js';

/** What becomes of an approved case: carried out, or refused by the rules and tried again or given up. */

/** A report of a try that is over already says nothing new: reports may come twice, and late. */
export function recordCarriedOut(command: CommandOf<'RecordCarriedOut'>, state: CaseState): readonly CaseEvent[] {
  const { attempt, commandId } = command;
  if (!isUnderWay(state, attempt)) return [];
  const on = command.on > state.lastOn ? command.on : state.lastOn;
  return [{ type: 'CaseCarriedOut', data: { caseId: state.caseId, on, attempt, commandId } }];
}

export function recordFailure(command: CommandOf<'RecordFailure'>, state: CaseState): readonly CaseEvent[] {
  const { attempt, refusal } = command;
  if (!isUnderWay(state, attempt)) return [];
  const on = command.on > state.lastOn ? command.on : state.lastOn;
  const { code, message, rule, remedy } = refusal;
  return [
    {
      type: 'CaseCarryOutFailed',
      data: { caseId: state.caseId, on, attempt, code, message: cut(message), rule: cut(rule), remedy: cut(remedy) },
    },
  ];
}

export function retry({ actor, on, reason }: CommandOf<'RetryCarryOut'>, state: CaseState): readonly CaseEvent[] {
  const file = fileOn(state, on);
  standsAt(file, 'trying again', 'carry-out-failed');
  withinLimit(file.attempt, LIMITS.rounds, 'tries');
  const { approval } = file.procedure;
  const by = actAs(actor, ['clerk', approval.role], targetOf(file));
  const attempt = file.attempt + 1;
  return [{ type: 'CaseCarryOutRetried', data: { ...stepOf(file, by, on, approval.rule), reason, attempt } }];
}

export function giveUp({ actor, on, reason }: CommandOf<'GiveUpCase'>, state: CaseState): readonly CaseEvent[] {
  const file = fileOn(state, on);
  standsAt(file, 'giving it up', 'carry-out-failed');
  const { approval } = file.procedure;
  const by = actAs(actor, [approval.role], targetOf(file), [notMakers(file)]);
  return [{ type: 'CaseGivenUp', data: { ...stepOf(file, by, on, approval.rule), reason } }];
}

function isUnderWay(state: CaseState, attempt: number): state is Exclude<CaseState, { status: 'none' }> {
  if (state.status === 'none') {
    throw new DomainError(
      'case-unknown',
      'There is no such case.',
      'Only an approved case is carried out.',
      'Check the id of the case.',
    );
  }
  return state.status === 'approved' && state.attempt === attempt;
}

/** A refusal's words are kept as far as an event takes them, and an empty one has a sign in its place. */
function cut(text: string): string {
  return text === '' ? '–' : text.slice(0, 2000);
}
