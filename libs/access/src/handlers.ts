import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Inject } from '@nestjs/common';
import { type CommandResult, EventStore } from '@provident/event-store';
import { deterministicId } from '@provident/kernel';
import {
  DisableUser,
  EnableUser,
  EndDelegation,
  GrantRole,
  LendRole,
  RegisterUser,
  RevokeRole,
  scopeOf,
} from './commands.js';
import { Logins } from './sign-in/logins.js';
import { Sessions } from './sign-in/sessions.js';
import { user, userIdOf } from './user.js';
import { noSuchGrant } from './user-rules.js';
import { Users } from './users.js';

@CommandHandler(RegisterUser)
export class RegisterUserHandler implements ICommandHandler<RegisterUser> {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(Logins) private readonly logins: Logins,
  ) {}

  async execute({ body, context }: RegisterUser): Promise<CommandResult & { readonly userId: string }> {
    const { personId, loginName } = body;
    const userId = userIdOf(personId);
    // The name first: where it is taken nothing has happened, and a name without a user lets nobody in.
    if (loginName !== undefined) await this.logins.name(userId, loginName);
    const result = await this.store.execute(
      user,
      userId,
      { type: 'RegisterUser', personId, by: context.actor },
      context,
    );
    return { ...result, userId };
  }
}

@CommandHandler(GrantRole)
export class GrantRoleHandler implements ICommandHandler<GrantRole> {
  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  async execute({ userId, body, context }: GrantRole): Promise<CommandResult & { readonly grantId: string }> {
    const { role, departments, from, until, reason } = body;
    const grantId = deterministicId('grant', context.commandId);
    const grant = {
      ...{ grantId, role, scope: scopeOf(body.scope), departments, from },
      ...(until === undefined ? {} : { until }),
    };
    const command = { type: 'GrantRole', grant, by: context.actor, reason } as const;
    return { ...(await this.store.execute(user, userId, command, context)), grantId };
  }
}

@CommandHandler(RevokeRole)
export class RevokeRoleHandler implements ICommandHandler<RevokeRole> {
  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  execute({ userId, grantId, reason, context }: RevokeRole): Promise<CommandResult> {
    return this.store.execute(user, userId, { type: 'RevokeRole', grantId, by: context.actor, reason }, context);
  }
}

@CommandHandler(LendRole)
export class LendRoleHandler implements ICommandHandler<LendRole> {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(Users) private readonly users: Users,
  ) {}

  async execute({
    userId,
    lender,
    body,
    context,
  }: LendRole): Promise<CommandResult & { readonly delegationId: string }> {
    const { grantId, from, until, reason } = body;
    // The loan refuses early what would not count: at every use the lender's own grant is looked at again.
    const holder = await this.users.state(lender);
    const lent = holder.disabled ? undefined : holder.grants.find((each) => each.grantId === grantId);
    if (lent === undefined) throw noSuchGrant();
    const delegationId = deterministicId('delegation', context.commandId);
    const delegation = { delegationId, lender, grantId, from, until };
    const command = { type: 'GiveDelegation', delegation, lent, by: context.actor, reason } as const;
    return { ...(await this.store.execute(user, userId, command, context)), delegationId };
  }
}

@CommandHandler(EndDelegation)
export class EndDelegationHandler implements ICommandHandler<EndDelegation> {
  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  execute({ userId, delegationId, context }: EndDelegation): Promise<CommandResult> {
    return this.store.execute(user, userId, { type: 'EndDelegation', delegationId, by: context.actor }, context);
  }
}

@CommandHandler(DisableUser)
export class DisableUserHandler implements ICommandHandler<DisableUser> {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  async execute({ userId, reason, context }: DisableUser): Promise<CommandResult> {
    const command = { type: 'DisableUser', by: context.actor, reason } as const;
    const result = await this.store.execute(user, userId, command, context);
    await this.sessions.endAll(userId, 'disabled');
    return result;
  }
}

@CommandHandler(EnableUser)
export class EnableUserHandler implements ICommandHandler<EnableUser> {
  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  execute({ userId, reason, context }: EnableUser): Promise<CommandResult> {
    return this.store.execute(user, userId, { type: 'EnableUser', by: context.actor, reason }, context);
  }
}

export const accessHandlers = [
  RegisterUserHandler,
  GrantRoleHandler,
  RevokeRoleHandler,
  LendRoleHandler,
  EndDelegationHandler,
  DisableUserHandler,
  EnableUserHandler,
];
