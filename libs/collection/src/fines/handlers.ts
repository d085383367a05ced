import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandResult, EventStore } from '@provident/event-store';
import { Money, Rate } from '@provident/kernel';
import { type PolicyBook, PolicyInForce, referenceTo } from '@provident/policy';
import { field } from '@provident/policy/book/read-value';
import { dues } from '../dues.js';
import { checkRegistered } from '../known-employer.js';
import { lateFeeRule } from '../late-fees/late-fee-rule.js';
import { EnterFinePayment, type FineDecision, ImposeFine, RevokeFine } from './commands.js';
import type { FineRange } from './fine.js';

const MULTIPLES = { registration: 'fine.registration_multiple', 'non-payment': 'fine.non_payment_multiple' } as const;

/** The multiples that the law allows on the day of the decision. */
function rangeOf(book: PolicyBook, area: string, { ground, imposedOn }: FineDecision): FineRange {
  const value = book.parameter(MULTIPLES[ground], area, imposedOn);
  const multiple = (name: string) => Rate.of(field(value, name));
  return { least: multiple('least'), most: multiple('most'), parameter: referenceTo(value) };
}

@CommandHandler(ImposeFine)
export class ImposeFineHandler implements ICommandHandler<ImposeFine> {
  constructor(
    private readonly store: EventStore,
    private readonly policy: PolicyInForce,
  ) {}

  async execute({ decision, context }: ImposeFine): Promise<CommandResult> {
    const { book } = this.policy;
    const { employer } = decision;
    await checkRegistered(this.store, employer);
    const amounts = { base: Money.of(decision.base), amount: Money.of(decision.amount) };
    const law = { range: rangeOf(book, context.area, decision), lateFees: lateFeeRule(book, context.area) };
    return this.store.execute(dues, employer, { type: 'ImposeFine', ...decision, ...amounts, ...law }, context);
  }
}

@CommandHandler(RevokeFine)
export class RevokeFineHandler implements ICommandHandler<RevokeFine> {
  constructor(private readonly store: EventStore) {}

  execute({ revocation, context }: RevokeFine): Promise<CommandResult> {
    return this.store.execute(dues, revocation.employer, { type: 'RevokeFine', ...revocation }, context);
  }
}

@CommandHandler(EnterFinePayment)
export class EnterFinePaymentHandler implements ICommandHandler<EnterFinePayment> {
  constructor(private readonly store: EventStore) {}

  execute({ employer, fineId, body, context }: EnterFinePayment): Promise<CommandResult> {
    const payment = { employer, fineId, ...body, amount: Money.of(body.amount) };
    return this.store.execute(dues, employer, { type: 'PayFine', ...payment }, context);
  }
}

export const fineHandlers = [ImposeFineHandler, RevokeFineHandler, EnterFinePaymentHandler];
