import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PersonIndex } from '@provident/access';
import { type CommandResult, EventStore } from '@provident/event-store';
import { citizenNumbersIn } from '@provident/kernel';
import { Acting } from './acting.js';
import { caseAggregate } from './case.js';
import { type CaseResult, TakeCaseStep, TakeNoticeStep, TakeTaskStep, TakeThreadStep } from './commands.js';
import { notice } from './notice.js';
import { task } from './task.js';
import { thread } from './thread.js';

@CommandHandler(TakeCaseStep)
export class TakeCaseStepHandler implements ICommandHandler<TakeCaseStep> {
  constructor(
    private readonly store: EventStore,
    private readonly acting: Acting,
  ) {}

  async execute({ caseId, step, context }: TakeCaseStep): Promise<CaseResult> {
    const { calendar } = this.acting;
    const given = { actor: await this.acting.actor(context), on: context.effectiveDate, calendar };
    const result = await this.store.execute(caseAggregate, caseId, { ...step, ...given }, context);
    const { state } = await this.store.load(caseAggregate, caseId);
    return { ...result, status: state.status, evidence: state.status === 'none' ? '' : state.evidence };
  }
}

@CommandHandler(TakeThreadStep)
export class TakeThreadStepHandler implements ICommandHandler<TakeThreadStep> {
  constructor(
    private readonly store: EventStore,
    private readonly acting: Acting,
    private readonly index: PersonIndex,
  ) {}

  async execute({ threadId, step, context }: TakeThreadStep): Promise<CommandResult> {
    const { calendar } = this.acting;
    const given = { actor: await this.acting.actor(context), on: context.effectiveDate, calendar };
    const command = { ...step, ...given, ...this.concerned(step) };
    if (command.type !== 'OpenThread' || command.caseId === undefined) {
      return this.store.execute(thread, threadId, command, context);
    }
    const { state: about } = await this.store.load(caseAggregate, command.caseId);
    return this.store.execute(thread, threadId, { ...command, about }, context);
  }

  /** Those whom the writer names, and those whose citizen number stands in what he writes. */
  private concerned(step: TakeThreadStep['step']): { concerns?: readonly string[] } {
    if (!('concerns' in step || 'text' in step || 'title' in step)) return {};
    const numbers = citizenNumbersIn('title' in step ? step.title : step.text);
    return { concerns: [...(step.concerns ?? []), ...numbers.map((number) => this.index.personIdOf(number))] };
  }
}

@CommandHandler(TakeNoticeStep)
export class TakeNoticeStepHandler implements ICommandHandler<TakeNoticeStep> {
  constructor(
    private readonly store: EventStore,
    private readonly acting: Acting,
  ) {}

  async execute({ noticeId, step, context }: TakeNoticeStep): Promise<CommandResult> {
    const given = { actor: await this.acting.actor(context), on: context.effectiveDate };
    return this.store.execute(notice, noticeId, { ...step, ...given }, context);
  }
}

@CommandHandler(TakeTaskStep)
export class TakeTaskStepHandler implements ICommandHandler<TakeTaskStep> {
  constructor(
    private readonly store: EventStore,
    private readonly acting: Acting,
  ) {}

  async execute({ taskId, step, context }: TakeTaskStep): Promise<CommandResult> {
    const given = { actor: await this.acting.actor(context), on: context.effectiveDate };
    return this.store.execute(task, taskId, { ...step, ...given }, context);
  }
}

export const caseworkHandlers = [
  TakeCaseStepHandler,
  TakeThreadStepHandler,
  TakeNoticeStepHandler,
  TakeTaskStepHandler,
];
