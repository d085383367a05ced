import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandResult, EventStore } from '@provident/event-store';
import { PolicyInForce } from '@provident/policy';
import { dues } from '../dues.js';
import { checkRegistered } from '../known-employer.js';
import { ChargeLateFees } from './commands.js';
import { lateFeeRule } from './late-fee-rule.js';

@CommandHandler(ChargeLateFees)
export class ChargeLateFeesHandler implements ICommandHandler<ChargeLateFees> {
  constructor(
    private readonly store: EventStore,
    private readonly policy: PolicyInForce,
  ) {}

  async execute({ employer, body, context }: ChargeLateFees): Promise<CommandResult> {
    await checkRegistered(this.store, employer);
    const lateFees = lateFeeRule(this.policy.book, context.area);
    return this.store.execute(dues, employer, { type: 'AssessLateFees', employer, ...body, lateFees }, context);
  }
}

export const lateFeeHandlers = [ChargeLateFeesHandler];
