import { Command } from '@nestjs/cqrs';
import type { CommandResult } from '@provident/event-store';
import type { CommandContext } from '@provident/kernel';
import type { PersonCommand } from './case-commands.js';
import type { CaseStatus } from './case-state.js';
import type { NoticeCommand } from './notice.js';
import type { TaskCommand } from './task.js';
import type { ThreadCommand } from './thread.js';

/** A command without what its handler adds: who acts, the day, the calendar. */
type StepOf<Of> = Of extends unknown ? Omit<Of, 'actor' | 'on' | 'calendar' | 'about'> : never;

/** What a step of a case did, and what the case rests on now: the next check names it. */
export interface CaseResult extends CommandResult {
  readonly status: CaseStatus | 'none';
  readonly evidence: string;
}

/** One step of a case, by the actor of the context, on the context's effective date. */
export class TakeCaseStep extends Command<CaseResult> {
  constructor(
    readonly caseId: string,
    readonly step: StepOf<PersonCommand>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** One step of a conversation. */
export class TakeThreadStep extends Command<CommandResult> {
  constructor(
    readonly threadId: string,
    readonly step: StepOf<ThreadCommand>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Publishing, reading or taking back a notice. */
export class TakeNoticeStep extends Command<CommandResult> {
  constructor(
    readonly noticeId: string,
    readonly step: StepOf<NoticeCommand>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** One step of a task. */
export class TakeTaskStep extends Command<CommandResult> {
  constructor(
    readonly taskId: string,
    readonly step: StepOf<TaskCommand>,
    readonly context: CommandContext,
  ) {
    super();
  }
}
