import { Command } from '@nestjs/cqrs';
import type { Dispute } from './account.js';
import type { ConflictOutcome } from './events.js';
import type { CommandResult } from '@provident/event-store';
import { DateText, MonthText, Reason, Uuid, YearNumber } from '@provident/http';
import type { BusinessDate, CommandContext, Month } from '@provident/kernel';

export class CorrectCreditBody {
  /** The person who was wrongly credited. */
  @Uuid() wrongPersonId: string;
  @MonthText() month: Month;
  /** The person to whom the month belongs. */
  @Uuid() rightPersonId: string;
  @DateText() correctedOn: BusinessDate;
  @Reason() reason: string;
}

export interface SettleConflictBody {
  readonly personId: string;
  /** The `creditId` of the conflict. */
  readonly conflictId: string;
  readonly outcome: ConflictOutcome;
  readonly settledOn: BusinessDate;
}

export class CloseYearBody {
  @YearNumber() year: number;
}

/** Takes a wrong credit back in red and gives the month to the person whose it is (红字冲正). */
export class CorrectCredit extends Command<CommandResult> {
  constructor(
    readonly body: CorrectCreditBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Writes into the account that an objection to its record is right (异议成立). Carried out for an approved case; it has no route. */
export class UpholdDispute extends Command<CommandResult> {
  constructor(
    readonly dispute: Dispute,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Says which record of a month that was paid twice stands. Carried out for an approved case; it has no route. */
export class SettleConflict extends Command<CommandResult> {
  constructor(
    readonly body: SettleConflictBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export interface YearClosing {
  readonly accounts: number;
  readonly closed: number;
  readonly position: bigint | undefined;
}

/** Posts the year's interest to every account and closes it. */
export class CloseYear extends Command<YearClosing> {
  constructor(
    readonly body: CloseYearBody,
    readonly context: CommandContext,
    readonly onProgress: (done: number) => void = () => undefined,
  ) {
    super();
  }
}
