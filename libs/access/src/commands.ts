import { Command } from '@nestjs/cqrs';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { CommandResult } from '@provident/event-store';
import { CreditCode, DateText, Reason, Uuid } from '@provident/http';
import { type BusinessDate, type CommandContext, DomainError } from '@provident/kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import {
  type Department,
  DEPARTMENTS,
  type Role,
  ROLES,
  type Scope,
  SCOPE_KINDS,
  type ScopeKind,
} from './rights/roles.js';

export class RegisterUserBody {
  @Uuid() personId: string;
  @ApiPropertyOptional({ description: 'name of a local account; left out for users of an OpenID Connect provider' })
  @IsOptional()
  @IsString()
  @Length(3, 100)
  loginName?: string;
}

export class ScopeBody {
  @ApiProperty({ enum: SCOPE_KINDS })
  @IsIn(SCOPE_KINDS)
  kind: ScopeKind;
  @IsOptional() @Uuid() personId?: string;
  @IsOptional() @CreditCode() employer?: string;
  @ApiPropertyOptional({ example: '310000' })
  @IsOptional()
  @Matches(/^\d{6}$/, { message: 'area must be a division code (GB/T 2260), for example 310000' })
  area?: string;
}

export class GrantRoleBody {
  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  role: Role;
  @ApiProperty({ type: ScopeBody })
  @ValidateNested()
  @Type(() => ScopeBody)
  scope: ScopeBody;
  @ApiProperty({ enum: DEPARTMENTS, isArray: true, description: 'for roles of the agency' })
  @IsArray()
  @ArrayMaxSize(DEPARTMENTS.length)
  @ArrayUnique()
  @IsIn(DEPARTMENTS, { each: true })
  departments: Department[];
  @DateText() from: BusinessDate;
  @IsOptional() @DateText() until?: BusinessDate;
  @Reason() reason: string;
}

export class ReasonBody {
  @Reason() reason: string;
}

export class LendRoleBody {
  /** The grant, of one's own, that is lent. */
  @Uuid() grantId: string;
  @DateText() from: BusinessDate;
  @DateText() until: BusinessDate;
  @Reason() reason: string;
}

export class LinkProviderBody {
  @ApiProperty({ description: 'the subject (sub) by which the provider knows the user' })
  @IsString()
  @Length(1, 255)
  subject: string;
}

/** The reach that a request names. Throws `scope-incomplete` where it does not say whose. */
export function scopeOf({ kind, personId, employer, area }: ScopeBody): Scope {
  if (kind === 'own-person' && personId !== undefined) return { kind, personId };
  if (kind === 'own-employer' && employer !== undefined) return { kind, employer };
  if (kind === 'own-area' && area !== undefined) return { kind, area };
  if (kind === 'all') return { kind };
  throw new DomainError(
    'scope-incomplete',
    `The reach ${kind} does not say whose.`,
    'A reach names its person, its employer or its area.',
    'Give personId, employer or area.',
  );
}

/** Answers the id of the user, which derives from the person's. */
export class RegisterUser extends Command<CommandResult & { readonly userId: string }> {
  constructor(
    readonly body: RegisterUserBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class GrantRole extends Command<CommandResult & { readonly grantId: string }> {
  constructor(
    readonly userId: string,
    readonly body: GrantRoleBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class RevokeRole extends Command<CommandResult> {
  constructor(
    readonly userId: string,
    readonly grantId: string,
    readonly reason: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** The actor of the context lends; `userId` is the one who receives. */
export class LendRole extends Command<CommandResult & { readonly delegationId: string }> {
  constructor(
    readonly userId: string,
    readonly lender: string,
    readonly body: LendRoleBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class EndDelegation extends Command<CommandResult> {
  constructor(
    readonly userId: string,
    readonly delegationId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Ends the user's sessions as well. */
export class DisableUser extends Command<CommandResult> {
  constructor(
    readonly userId: string,
    readonly reason: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class EnableUser extends Command<CommandResult> {
  constructor(
    readonly userId: string,
    readonly reason: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}
