import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CommandAnswer } from '@provident/http';
import { DomainError } from '@provident/kernel';
import { DEPARTMENTS, type Department, type Role, ROLES, type Scope } from './rights/roles.js';
import type { UserState } from './user.js';

export class RegisteredAnswer extends CommandAnswer {
  @ApiProperty({ format: 'uuid' }) userId: string;
}

export class GrantedAnswer extends CommandAnswer {
  @ApiProperty({ format: 'uuid' }) grantId: string;
}

export class DelegatedAnswer extends CommandAnswer {
  @ApiProperty({ format: 'uuid' }) delegationId: string;
}

export class TemporaryPasswordAnswer {
  @ApiProperty({ description: 'told once; the vault keeps only its hash' }) password: string;
}

export class GrantAnswer {
  @ApiProperty({ format: 'uuid' }) grantId: string;
  @ApiProperty({ enum: ROLES }) role: Role;
  @ApiProperty({ type: Object }) scope: Scope;
  @ApiProperty({ enum: DEPARTMENTS, isArray: true }) departments: readonly Department[];
  @ApiProperty({ type: String, format: 'date' }) from: string;
  @ApiPropertyOptional({ type: String, format: 'date' }) until?: string;
}

export class DelegationAnswer {
  @ApiProperty({ format: 'uuid' }) delegationId: string;
  @ApiProperty({ format: 'uuid' }) lender: string;
  @ApiProperty({ format: 'uuid' }) grantId: string;
  @ApiProperty({ enum: ROLES }) role: Role;
  @ApiProperty({ type: String, format: 'date' }) from: string;
  @ApiProperty({ type: String, format: 'date' }) until: string;
}

export class UserAnswer {
  @ApiProperty({ format: 'uuid' }) userId: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() disabled: boolean;
  @ApiProperty({ type: [GrantAnswer] }) grants: GrantAnswer[];
  @ApiProperty({ type: [DelegationAnswer] }) delegations: DelegationAnswer[];

  static of({ userId, personId, disabled, grants, delegations }: UserState): UserAnswer {
    if (userId !== undefined && personId !== undefined) {
      return { userId, personId, disabled, grants: [...grants], delegations: [...delegations] };
    }
    throw new DomainError(
      'user-unknown',
      'There is no such user.',
      'A user is registered before anything is known of him.',
      'Check the id.',
    );
  }
}
