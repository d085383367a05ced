import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandResult, EventStore } from '@provident/event-store';
import { addMonths, DomainError } from '@provident/kernel';
import { PolicyInForce } from '@provident/policy';
import { insured } from '../insured.js';
import { knownPerson, registeredEmployer } from '../standing.js';
import { RULE } from './change-rows.js';
import { AcceptForm, AddPerson, OpenStaffing, ReducePerson, RemoveRow, ReturnForm, SubmitForm } from './commands.js';
import { changeReasons, cutOffDate } from './form-rules.js';
import { openStaffing } from './open-staffing.js';
import { staffing } from './staffing.js';

@CommandHandler(OpenStaffing)
export class OpenStaffingHandler implements ICommandHandler<OpenStaffing> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode, body, context }: OpenStaffing): Promise<CommandResult> {
    return openStaffing(this.store, creditCode, body, context);
  }
}

@CommandHandler(AddPerson)
export class AddPersonHandler implements ICommandHandler<AddPerson> {
  constructor(
    private readonly store: EventStore,
    private readonly policy: PolicyInForce,
  ) {}

  async execute({ creditCode: employer, body, context }: AddPerson): Promise<CommandResult> {
    const { month, schemes, personId } = body;
    await registeredEmployer(this.store, employer);
    const person = await knownPerson(this.store, personId);
    const enrolment = insured.decide({ type: 'Enrol', employer, schemes, from: month }, person);
    if (enrolment.length === 0) throw alreadySo('takes part already');
    const reasons = changeReasons(this.policy.book, context.area, month, 'add');
    return this.store.execute(staffing, employer, { type: 'AddPerson', employer, reasons, ...body }, context);
  }
}

@CommandHandler(ReducePerson)
export class ReducePersonHandler implements ICommandHandler<ReducePerson> {
  constructor(
    private readonly store: EventStore,
    private readonly policy: PolicyInForce,
  ) {}

  async execute({ creditCode: employer, body, context }: ReducePerson): Promise<CommandResult> {
    const { month, personId } = body;
    await registeredEmployer(this.store, employer);
    const person = await knownPerson(this.store, personId);
    const lastMonth = addMonths(month, -1);
    if (insured.decide({ type: 'EndEnrolment', employer, lastMonth }, person).length === 0) {
      throw alreadySo('has left already');
    }
    const reasons = changeReasons(this.policy.book, context.area, month, 'reduce');
    return this.store.execute(staffing, employer, { type: 'ReducePerson', employer, reasons, ...body }, context);
  }
}

@CommandHandler(SubmitForm)
export class SubmitFormHandler implements ICommandHandler<SubmitForm> {
  constructor(
    private readonly store: EventStore,
    private readonly policy: PolicyInForce,
  ) {}

  execute({ creditCode: employer, body, context }: SubmitForm): Promise<CommandResult> {
    const cutOff = cutOffDate(this.policy.book, context.area, body.month);
    return this.store.execute(
      staffing,
      employer,
      { type: 'SubmitForm', employer, cutOff, actor: context.actor, ...body },
      context,
    );
  }
}

@CommandHandler(RemoveRow)
export class RemoveRowHandler implements ICommandHandler<RemoveRow> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode: employer, body, context }: RemoveRow): Promise<CommandResult> {
    return this.store.execute(staffing, employer, { type: 'RemoveRow', employer, ...body }, context);
  }
}

@CommandHandler(ReturnForm)
export class ReturnFormHandler implements ICommandHandler<ReturnForm> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode: employer, body, context }: ReturnForm): Promise<CommandResult> {
    return this.store.execute(staffing, employer, { type: 'ReturnForm', employer, ...body }, context);
  }
}

@CommandHandler(AcceptForm)
export class AcceptFormHandler implements ICommandHandler<AcceptForm> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode: employer, body, context }: AcceptForm): Promise<CommandResult> {
    return this.store.execute(
      staffing,
      employer,
      { type: 'AcceptForm', employer, actor: context.actor, ...body },
      context,
    );
  }
}

function alreadySo(what: string): DomainError {
  return new DomainError('person-already-so', `The person ${what}.`, RULE, 'The form needs no row for this person.');
}

export const staffingHandlers = [
  OpenStaffingHandler,
  AddPersonHandler,
  ReducePersonHandler,
  RemoveRowHandler,
  SubmitFormHandler,
  ReturnFormHandler,
  AcceptFormHandler,
];
