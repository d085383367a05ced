import { actorOf, userIdOf } from '@provident/access/user';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandResult, EventStore } from '@provident/event-store';
import { PersonIndex } from '@provident/access/personal/person-index';
import { registeredEmployer } from '../standing.js';
import { administrators, filingIdOf, handoverIdOf } from './administrators.js';
import {
  ChangeAdministrator,
  ConfirmItem,
  ExceptItem,
  FileAdministrator,
  SignHandover,
  StartHandover,
  VerifyAdministrator,
  WithdrawHandover,
} from './commands.js';

@CommandHandler(FileAdministrator)
export class FileAdministratorHandler implements ICommandHandler<FileAdministrator> {
  constructor(
    private readonly store: EventStore,
    private readonly index: PersonIndex,
  ) {}

  async execute({ creditCode: employer, body, context }: FileAdministrator): Promise<CommandResult> {
    await registeredEmployer(this.store, employer);
    const administratorId = this.index.personIdOf(body.citizenNumber);
    // One natural person is one user: the account that acts follows from who it is.
    const account = actorOf(userIdOf(administratorId));
    const ids = { filingId: filingIdOf(context.commandId), administratorId, account };
    const command = { type: 'FileAdministrator' as const, employer, ...ids, ...body, actor: context.actor };
    return this.store.execute(administrators, employer, command, context);
  }
}

@CommandHandler(StartHandover)
export class StartHandoverHandler implements ICommandHandler<StartHandover> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode: employer, body, context }: StartHandover): Promise<CommandResult> {
    const handoverId = handoverIdOf(context.commandId);
    const command = { type: 'StartHandover' as const, employer, handoverId, ...body };
    return this.store.execute(administrators, employer, command, context);
  }
}

@CommandHandler(VerifyAdministrator)
export class VerifyAdministratorHandler implements ICommandHandler<VerifyAdministrator> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode: employer, body, context }: VerifyAdministrator): Promise<CommandResult> {
    const command = { type: 'VerifyAdministrator' as const, employer, ...body, actor: context.actor };
    return this.store.execute(administrators, employer, command, context);
  }
}

@CommandHandler(ChangeAdministrator)
export class ChangeAdministratorHandler implements ICommandHandler<ChangeAdministrator> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode: employer, body, context }: ChangeAdministrator): Promise<CommandResult> {
    const command = { type: 'ChangeAdministrator' as const, employer, ...body };
    return this.store.execute(administrators, employer, command, context);
  }
}

@CommandHandler(ConfirmItem)
export class ConfirmItemHandler implements ICommandHandler<ConfirmItem> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode: employer, body, context }: ConfirmItem): Promise<CommandResult> {
    const command = { type: 'ConfirmItem' as const, employer, ...body, actor: context.actor };
    return this.store.execute(administrators, employer, command, context);
  }
}

@CommandHandler(ExceptItem)
export class ExceptItemHandler implements ICommandHandler<ExceptItem> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode: employer, body, context }: ExceptItem): Promise<CommandResult> {
    const command = { type: 'ExceptItem' as const, employer, ...body, actor: context.actor };
    return this.store.execute(administrators, employer, command, context);
  }
}

@CommandHandler(SignHandover)
export class SignHandoverHandler implements ICommandHandler<SignHandover> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode: employer, body, context }: SignHandover): Promise<CommandResult> {
    const command = { type: 'SignHandover' as const, employer, ...body, actor: context.actor };
    return this.store.execute(administrators, employer, command, context);
  }
}

@CommandHandler(WithdrawHandover)
export class WithdrawHandoverHandler implements ICommandHandler<WithdrawHandover> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode: employer, body, context }: WithdrawHandover): Promise<CommandResult> {
    const command = { type: 'WithdrawHandover' as const, employer, ...body };
    return this.store.execute(administrators, employer, command, context);
  }
}

export const administratorsHandlers = [
  FileAdministratorHandler,
  VerifyAdministratorHandler,
  ChangeAdministratorHandler,
  StartHandoverHandler,
  ConfirmItemHandler,
  ExceptItemHandler,
  SignHandoverHandler,
  WithdrawHandoverHandler,
];
