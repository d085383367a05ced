import { DomainError } from '@provident/kernel';
import type { CommandOf } from './case-commands.js';
import { type CaseState, targetOf } from './case-state.js';
import { clockRuns, fileOn, nextCheck, standsAt, stepOf, withinLimit } from './case-steps.js';
import type { CaseEvent } from './events.js';
import { LIMITS } from './limits.js';
import { actAs } from './separation.js';
import { dueOn, isStopped, resumeClock, usedDays } from './working-clock.js';

/** What a case waits for that is not in the agency's hands: its clock stands still. */
export function stop(command: CommandOf<'StopClock'>, state: CaseState): readonly CaseEvent[] {
  const { actor, on, calendar, cause, reason } = command;
  const file = fileOn(state, on);
  const { procedure, clock } = file;
  standsAt(file, 'stopping the clock', 'opened', 'evidenced', 'reviewed');
  clockRuns(file);
  withinLimit(file.rounds, LIMITS.rounds, 'returns and stops');
  const causes = procedure.stopsClock.filter((each) => each !== 'supplement');
  if (cause === 'supplement' || !causes.includes(cause)) {
    throw new DomainError(
      'stop-cause-not-provided',
      `The clock of ${procedure.name} is not stopped for the cause "${cause}".`,
      'A procedure lists what stops its clock; waiting for supplements does so by a return.',
      causes.length === 0 ? 'Return the case if something is missing.' : `Causes are ${causes.join(', ')}.`,
      { cause },
    );
  }
  const by = actAs(actor, ['clerk', nextCheck(file).role], targetOf(file));
  return [
    {
      type: 'CaseClockStopped',
      data: { ...stepOf(file, by, on, procedure.limitRule), cause, reason, usedDays: usedDays(clock, on, calendar) },
    },
  ];
}

export function resume({ actor, on, calendar }: CommandOf<'ResumeClock'>, state: CaseState): readonly CaseEvent[] {
  const file = fileOn(state, on);
  const { procedure, clock, stepClock } = file;
  standsAt(file, 'letting the clock go on', 'opened', 'evidenced', 'reviewed');
  if (!isStopped(clock)) return [];
  const by = actAs(actor, ['clerk', nextCheck(file).role], targetOf(file));
  const due = dueOn(resumeClock(clock, on), calendar) ?? on;
  const stepDue = stepClock === undefined ? undefined : dueOn(resumeClock(stepClock, on), calendar);
  return [
    {
      type: 'CaseClockResumed',
      data: {
        ...stepOf(file, by, on, procedure.limitRule),
        dueOn: due,
        ...(stepDue === undefined ? {} : { stepDueOn: stepDue }),
      },
    },
  ];
}
