import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandResult, EventStore, LogReader } from '@provident/event-store';
import { causedBy, deterministicId, lastDayOf, monthFrom } from '@provident/kernel';
import { PolicyBook, recordRate } from '@provident/policy';
import { account } from './account.js';
import { CloseYear, CorrectCredit, type YearClosing } from './commands.js';
import { creditOnRecord } from './credit-on-record.js';
import { closeAccounts } from './year-end.js';

@CommandHandler(CorrectCredit)
export class CorrectCreditHandler implements ICommandHandler<CorrectCredit> {
  constructor(private readonly store: EventStore) {}

  /** Two appends to two people's streams. Should the second not come about, the same command again makes it good. */
  async execute({ body, context }: CorrectCredit): Promise<CommandResult> {
    const { wrongPersonId, rightPersonId, month, correctedOn, reason } = body;
    const reversalId = deterministicId(context.commandId, 'reversal');
    const wrong = await creditOnRecord(this.store, wrongPersonId, month, reversalId);
    await this.store.execute(
      account,
      wrongPersonId,
      { type: 'ReverseCredit', reversalId, credit: wrong, reversedOn: correctedOn, reason },
      causedBy(context, reversalId, { effectiveDate: correctedOn }),
    );
    const creditId = deterministicId('credit', wrong.declarationId, rightPersonId, 'corrects', wrong.creditId);
    return this.store.execute(
      account,
      rightPersonId,
      { type: 'CreditContribution', ...wrong, personId: rightPersonId, creditId, corrects: wrong.creditId },
      causedBy(context, deterministicId(context.commandId, 'credit'), { effectiveDate: correctedOn }),
    );
  }
}

@CommandHandler(CloseYear)
export class CloseYearHandler implements ICommandHandler<CloseYear> {
  constructor(
    private readonly store: EventStore,
    private readonly log: LogReader,
    private readonly policy: PolicyBook,
  ) {}

  execute({ body, context, onProgress }: CloseYear): Promise<YearClosing> {
    const { rate, reference } = recordRate(this.policy, context.area, body.year);
    const effectiveDate = lastDayOf(monthFrom(body.year, 12));
    const terms = { year: body.year, rate, parameter: reference };
    return closeAccounts(this.store, this.log, terms, { ...context, effectiveDate }, onProgress);
  }
}

export const accountHandlers = [CorrectCreditHandler, CloseYearHandler];
