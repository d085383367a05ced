import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags, ApiProperty } from '@nestjs/swagger';
import { AREA } from '@provident/event-store';
import { CommandAnswer, type RequestContext } from '@provident/http';
import { CLOCK, type Clock, type CommandContext, DomainError, today } from '@provident/kernel';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsUUID } from 'class-validator';
import {
  DisableUser,
  EnableUser,
  EndDelegation,
  GrantRole,
  GrantRoleBody,
  LendRole,
  LendRoleBody,
  LinkProviderBody,
  ReasonBody,
  RegisterUser,
  RegisterUserBody,
  RevokeRole,
} from './commands.js';
import { FromUser, type Identity, SignedIn } from './guard/identity.js';
import { Needs } from './guard/needs.js';
import { Logins } from './sign-in/logins.js';
import { Provider } from './sign-in/provider.js';
import { Sessions } from './sign-in/sessions.js';
import {
  DelegatedAnswer,
  GrantedAnswer,
  RegisteredAnswer,
  TemporaryPasswordAnswer,
  UserAnswer,
} from './user-answers.js';
import { Users } from './users.js';

/** Names that one request may ask for. */
const MOST_NAMES = 200;

class UserNamesQuery {
  @ApiProperty({ type: String, description: `ids of users with commas between, at most ${MOST_NAMES}` })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @ArrayMaxSize(MOST_NAMES)
  @IsUUID(undefined, { each: true })
  users: readonly string[];
}

class UserNameAnswer {
  @ApiProperty({ format: 'uuid' }) userId: string;
  @ApiProperty({ description: 'name of the local account' }) name: string;
}

/** Users, their roles, and what they lend one another. */
@ApiTags('users')
@ApiBearerAuth()
@Controller('api/users')
export class UsersController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Users) private readonly users: Users,
    @Inject(Logins) private readonly logins: Logins,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Provider) private readonly provider: Provider | null,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Needs('user.manage')
  @ApiOperation({ summary: 'Register a natural person as a user; one person is one user' })
  @ApiCreatedResponse({ type: RegisteredAnswer })
  async register(@Body() body: RegisterUserBody, @FromUser() request: RequestContext): Promise<RegisteredAnswer> {
    const result = await this.commands.execute(new RegisterUser(body, this.context(request)));
    return { ...CommandAnswer.of(result), userId: result.userId };
  }

  @Get('names')
  @Needs('staff.name')
  @ApiOperation({ summary: 'Names of accounts by user, so that people read names; unknown ones are left out' })
  @ApiOkResponse({ type: [UserNameAnswer] })
  async names(@Query() { users }: UserNamesQuery): Promise<readonly UserNameAnswer[]> {
    return this.logins.namesOf(users);
  }

  @Get(':userId')
  @Needs('user.read')
  @ApiOperation({ summary: 'A user with the roles granted and lent to him' })
  @ApiOkResponse({ type: UserAnswer })
  async read(@Param('userId') userId: string): Promise<UserAnswer> {
    return UserAnswer.of(await this.users.state(userId));
  }

  @Post(':userId/roles')
  @Needs('role.grant')
  @ApiOperation({ summary: 'Grant a role, within a reach and for departments' })
  @ApiCreatedResponse({ type: GrantedAnswer })
  async grant(
    @Param('userId') userId: string,
    @Body() body: GrantRoleBody,
    @FromUser() request: RequestContext,
  ): Promise<GrantedAnswer> {
    const context = { ...this.context(request), effectiveDate: body.from };
    const result = await this.commands.execute(new GrantRole(userId, body, context));
    return { ...CommandAnswer.of(result), grantId: result.grantId };
  }

  @Post(':userId/roles/:grantId/revocation')
  @Needs('role.grant')
  @ApiOperation({ summary: 'Revoke a role; it counts no more from the next request on' })
  @ApiCreatedResponse({ type: CommandAnswer })
  async revoke(
    @Param('userId') userId: string,
    @Param('grantId') grantId: string,
    @Body() { reason }: ReasonBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const command = new RevokeRole(userId, grantId, reason, this.context(request));
    return CommandAnswer.of(await this.commands.execute(command));
  }

  @Post(':userId/delegations')
  @Needs('role.lend')
  @ApiOperation({ summary: 'Lend a role of one’s own to this user for some days' })
  @ApiCreatedResponse({ type: DelegatedAnswer })
  async lend(
    @Param('userId') userId: string,
    @Body() body: LendRoleBody,
    @SignedIn() identity: Identity,
    @FromUser() request: RequestContext,
  ): Promise<DelegatedAnswer> {
    const context = { ...this.context(request), effectiveDate: body.from };
    const result = await this.commands.execute(new LendRole(userId, identity.userId, body, context));
    return { ...CommandAnswer.of(result), delegationId: result.delegationId };
  }

  @Post(':userId/delegations/:delegationId/end')
  @Needs('role.lend')
  @ApiOperation({ summary: 'Take back what was lent, or give it back' })
  @ApiCreatedResponse({ type: CommandAnswer })
  async endDelegation(
    @Param('userId') userId: string,
    @Param('delegationId') delegationId: string,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const command = new EndDelegation(userId, delegationId, this.context(request));
    return CommandAnswer.of(await this.commands.execute(command));
  }

  @Post(':userId/disabling')
  @Needs('user.manage')
  @ApiOperation({ summary: 'Disable a user: no request and no loan of his counts any more' })
  @ApiCreatedResponse({ type: CommandAnswer })
  async disable(
    @Param('userId') userId: string,
    @Body() { reason }: ReasonBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return CommandAnswer.of(await this.commands.execute(new DisableUser(userId, reason, this.context(request))));
  }

  @Post(':userId/enabling')
  @Needs('user.manage')
  @ApiOperation({ summary: 'Enable a user again' })
  @ApiCreatedResponse({ type: CommandAnswer })
  async enable(
    @Param('userId') userId: string,
    @Body() { reason }: ReasonBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return CommandAnswer.of(await this.commands.execute(new EnableUser(userId, reason, this.context(request))));
  }

  @Post(':userId/temporary-password')
  @Needs('user.manage')
  @ApiOperation({ summary: 'A password for the next sign-in, which must then be changed; told only now' })
  @ApiCreatedResponse({ type: TemporaryPasswordAnswer })
  async temporaryPassword(@Param('userId') userId: string): Promise<TemporaryPasswordAnswer> {
    const password = await this.logins.temporaryPassword(userId);
    await this.sessions.endAll(userId, 'password-changed');
    return { password };
  }

  @Post(':userId/sessions/end')
  @Needs('user.manage')
  @ApiOperation({ summary: 'End every session of a user' })
  async endSessions(@Param('userId') userId: string): Promise<void> {
    await this.sessions.endAll(userId, 'revoked');
  }

  @Post(':userId/provider-login')
  @Needs('user.manage')
  @ApiOperation({ summary: 'Let a subject of the OpenID Connect provider in as this user' })
  async linkProvider(@Param('userId') userId: string, @Body() { subject }: LinkProviderBody): Promise<void> {
    await configured(this.provider).link(subject, userId);
  }

  private context(request: RequestContext): CommandContext {
    return { ...request, area: this.area, effectiveDate: today(this.clock) };
  }
}

/** Throws `provider-unknown` where no provider is configured. */
export function configured(provider: Provider | null): Provider {
  if (provider !== null) return provider;
  throw new DomainError(
    'provider-unknown',
    'No OpenID Connect provider is configured.',
    'Users sign in with local accounts here.',
    'Configure the provider, or sign in with name and password.',
  );
}
