import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandResult, EventStore, LogReader } from '@provident/event-store';
import { lastDayOf, monthFrom } from '@provident/kernel';
import { PolicyInForce, recordRate } from '@provident/policy';
import { CloseYear, CorrectCredit, SettleConflict, UpholdDispute, type YearClosing } from './commands.js';
import { correctCredit } from './correct-credit.js';
import { settleConflict } from './settle-conflict.js';
import { upholdDispute } from './uphold-dispute.js';
import { checkYearOver, closeAccounts } from './year-end.js';

@CommandHandler(CorrectCredit)
export class CorrectCreditHandler implements ICommandHandler<CorrectCredit> {
  constructor(private readonly store: EventStore) {}

  execute({ body, context }: CorrectCredit): Promise<CommandResult> {
    return correctCredit(this.store, body, context);
  }
}

@CommandHandler(UpholdDispute)
export class UpholdDisputeHandler implements ICommandHandler<UpholdDispute> {
  constructor(private readonly store: EventStore) {}

  execute({ dispute, context }: UpholdDispute): Promise<CommandResult> {
    return upholdDispute(this.store, dispute, context);
  }
}

@CommandHandler(SettleConflict)
export class SettleConflictHandler implements ICommandHandler<SettleConflict> {
  constructor(private readonly store: EventStore) {}

  execute({ body, context }: SettleConflict): Promise<CommandResult> {
    return settleConflict(this.store, body, context);
  }
}

@CommandHandler(CloseYear)
export class CloseYearHandler implements ICommandHandler<CloseYear> {
  constructor(
    private readonly store: EventStore,
    private readonly log: LogReader,
    private readonly policy: PolicyInForce,
  ) {}

  async execute({ body, context, onProgress }: CloseYear): Promise<YearClosing> {
    checkYearOver(body.year, context.effectiveDate);
    const { rate, reference } = recordRate(this.policy.book, context.area, body.year);
    const effectiveDate = lastDayOf(monthFrom(body.year, 12));
    const terms = { year: body.year, rate, parameter: reference };
    return closeAccounts(this.store, this.log, terms, { ...context, effectiveDate }, onProgress);
  }
}

export const accountHandlers = [CorrectCreditHandler, UpholdDisputeHandler, SettleConflictHandler, CloseYearHandler];
