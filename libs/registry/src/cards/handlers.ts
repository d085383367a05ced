import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandResult, EventStore } from '@provident/event-store';
import { knownPerson } from '../standing.js';
import { card, cardIdOf } from './card.js';
import { DeliverCard, IssueCard, ReplaceCard, ReportCardLost, RequestCard } from './commands.js';

@CommandHandler(RequestCard)
export class RequestCardHandler implements ICommandHandler<RequestCard> {
  constructor(private readonly store: EventStore) {}

  async execute({ personId, body, context }: RequestCard): Promise<CommandResult> {
    await knownPerson(this.store, personId);
    const cardId = cardIdOf(context.commandId);
    return this.store.execute(card, personId, { type: 'RequestCard', personId, cardId, ...body }, context);
  }
}

@CommandHandler(ReplaceCard)
export class ReplaceCardHandler implements ICommandHandler<ReplaceCard> {
  constructor(private readonly store: EventStore) {}

  async execute({ personId, body, context }: ReplaceCard): Promise<CommandResult> {
    await knownPerson(this.store, personId);
    const newCardId = cardIdOf(context.commandId);
    return this.store.execute(card, personId, { type: 'ReplaceCard', personId, newCardId, ...body }, context);
  }
}

@CommandHandler(IssueCard)
export class IssueCardHandler implements ICommandHandler<IssueCard> {
  constructor(private readonly store: EventStore) {}

  execute({ personId, body, context }: IssueCard): Promise<CommandResult> {
    return this.store.execute(card, personId, { type: 'IssueCard', personId, ...body }, context);
  }
}

@CommandHandler(DeliverCard)
export class DeliverCardHandler implements ICommandHandler<DeliverCard> {
  constructor(private readonly store: EventStore) {}

  execute({ personId, body, context }: DeliverCard): Promise<CommandResult> {
    return this.store.execute(card, personId, { type: 'DeliverCard', personId, ...body }, context);
  }
}

@CommandHandler(ReportCardLost)
export class ReportCardLostHandler implements ICommandHandler<ReportCardLost> {
  constructor(private readonly store: EventStore) {}

  execute({ personId, body, context }: ReportCardLost): Promise<CommandResult> {
    return this.store.execute(card, personId, { type: 'ReportCardLost', personId, ...body }, context);
  }
}

export const cardHandlers = [
  RequestCardHandler,
  IssueCardHandler,
  DeliverCardHandler,
  ReportCardLostHandler,
  ReplaceCardHandler,
];
