import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { AtLeast } from '@provident/http';
import { IsIn, IsOptional, Matches } from 'class-validator';

const matching = (pattern: RegExp, expected: string, example: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: String, example }),
    IsOptional(),
    Matches(pattern, { message: `$property must be ${expected}, for example ${example}` }),
  );

const Id = (): PropertyDecorator =>
  matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a UUID', '00000000-0000-4000-8000-000000000001');
const Employer = (): PropertyDecorator => matching(/^[0-9A-Z]{18}$/, 'a credit code', '91350100M000100Y43');
const Area = (): PropertyDecorator => matching(/^\d{6}$/, 'a division code (GB/T 2260)', '310000');
const Choice = (...values: readonly string[]): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: String, enum: values }),
    IsOptional(),
    IsIn(values, { message: `$property must be one of ${values.join(', ')}` }),
  );

export class DeskQuery {
  @AtLeast() atLeast?: string;
}

export class AreaQuery extends DeskQuery {
  @Area() area?: string;
}

export class ThreadsQuery extends DeskQuery {
  @Employer() employer?: string;
  @Id() caseId?: string;
}

export class UnansweredQuery extends AreaQuery {
  /** The side that wrote; the employers' when absent. */
  @Choice('employer', 'agency') side?: string;
}

export class AppointmentsQuery extends DeskQuery {
  @Employer() employer?: string;
  @Id() threadId?: string;
  @Choice('counter', 'on-site', 'training') purpose?: string;
}

export class NoticesQuery extends DeskQuery {
  @Employer() employer?: string;
  @Id() personId?: string;
}

export class TasksQuery extends DeskQuery {
  @matching(/^[a-z][a-z-]{0,30}:[A-Za-z0-9._@-]{1,100}$/, 'an account', 'user:00000000-0000-4000-8000-000000000001')
  owner?: string;
  @Choice('true', 'false') open?: string;
}
