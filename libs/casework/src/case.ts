import type { Decider } from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { approve, approveInEmergency, clearDebt, refuse, returnCase, review } from './case-checks.js';
import { resume, stop } from './case-clock.js';
import type { CaseCommand } from './case-commands.js';
import { enterDocument, open, resubmit, withdraw } from './case-entry.js';
import { giveUp, recordCarriedOut, recordFailure, retry } from './case-outcome.js';
import { type CaseState, evolve } from './case-state.js';
import { type CaseEvent, caseEventSchemas } from './events.js';

const decider: Decider<CaseState, CaseCommand, CaseEvent> = {
  initial: { status: 'none' },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'OpenCase':
        return open(command, state);
      case 'EnterDocument':
        return enterDocument(command, state);
      case 'ResubmitCase':
        return resubmit(command, state);
      case 'WithdrawCase':
        return withdraw(command, state);
      case 'ReviewCase':
        return review(command, state);
      case 'ApproveCase':
        return approve(command, state);
      case 'ApproveInEmergency':
        return approveInEmergency(command, state);
      case 'ClearEmergencyDebt':
        return clearDebt(command, state);
      case 'RefuseCase':
        return refuse(command, state);
      case 'ReturnCase':
        return returnCase(command, state);
      case 'StopClock':
        return stop(command, state);
      case 'ResumeClock':
        return resume(command, state);
      case 'RetryCarryOut':
        return retry(command, state);
      case 'GiveUpCase':
        return giveUp(command, state);
      case 'RecordCarriedOut':
        return recordCarriedOut(command, state);
      case 'RecordFailure':
        return recordFailure(command, state);
    }
  },
};

/** A case of any procedure. Stream `case-<case id>`. */
export const caseAggregate: Aggregate<CaseState, CaseCommand, CaseEvent> = {
  ...decider,
  category: 'case',
  schemas: caseEventSchemas,
};
