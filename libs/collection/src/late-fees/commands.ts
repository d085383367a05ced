import { Command } from '@nestjs/cqrs';
import type { CommandResult } from '@provident/event-store';
import { DateText } from '@provident/http';
import type { BusinessDate, CommandContext } from '@provident/kernel';

export class AssessmentBody {
  /** Everything that was paid late until this day is charged. */
  @DateText() assessedOn: BusinessDate;
}

/** The collecting agency charges an employer the late fees on what it paid late. */
export class ChargeLateFees extends Command<CommandResult> {
  constructor(
    readonly employer: string,
    readonly body: AssessmentBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}
