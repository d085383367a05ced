import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Uuid } from '@provident/http';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { Needs } from './guard/needs.js';
import { LIMITS } from './limits.js';
import { type LoggedRead, ReadLog } from './records/read-log.js';
import { type LoggedRefusal, RefusalLog } from './records/refusal-log.js';

class PageQuery {
  @ApiPropertyOptional({ description: 'entries before this number', example: '1200' })
  @IsOptional()
  @Matches(/^\d{1,18}$/, { message: 'before must be the number of an entry' })
  before?: string;
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: LIMITS.pageEntries })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LIMITS.pageEntries)
  limit?: number;
}

class ReadLogQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, format: 'uuid' }) @IsOptional() @Uuid() personId?: string;
  @ApiPropertyOptional({ type: String, format: 'uuid' }) @IsOptional() @Uuid() userId?: string;
}

class ReadAnswer {
  @ApiProperty() number: string;
  @ApiProperty({ format: 'date-time' }) readAt: string;
  @ApiProperty({ format: 'uuid' }) userId: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'whose lent role was used' }) onBehalfOf?: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() permission: string;
  @ApiProperty() route: string;
  @ApiPropertyOptional() reason?: string;

  static of({ number, readAt, onBehalfOf, reason, ...rest }: LoggedRead): ReadAnswer {
    return {
      ...{ number: number.toString(), readAt: readAt.toISOString(), ...rest },
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
      ...(reason === undefined ? {} : { reason }),
    };
  }
}

class RefusalAnswer {
  @ApiProperty() number: string;
  @ApiProperty({ format: 'date-time' }) refusedAt: string;
  @ApiPropertyOptional({ format: 'uuid' }) userId?: string;
  @ApiProperty({ description: 'the caller’s address under a key' }) caller: string;
  @ApiPropertyOptional() permission?: string;
  @ApiProperty() route: string;
  @ApiProperty() reason: string;

  static of({ number, refusedAt, ...rest }: LoggedRefusal): RefusalAnswer {
    return { number: number.toString(), refusedAt: refusedAt.toISOString(), ...rest };
  }
}

/** Who read whose record, and what was refused. */
@ApiTags('access')
@ApiBearerAuth()
@Controller('api/access')
export class RecordsController {
  constructor(
    @Inject(ReadLog) private readonly reads: ReadLog,
    @Inject(RefusalLog) private readonly refusals: RefusalLog,
  ) {}

  @Get('read-log')
  @Needs('read-log.read', { person: 'query:personId' })
  @ApiOperation({ summary: 'Who read the record of a person, or what a user read; the newest first' })
  @ApiOkResponse({ type: [ReadAnswer] })
  async readLog(@Query() { before, limit, personId, userId }: ReadLogQuery): Promise<ReadAnswer[]> {
    const question = { personId, userId, ...pageOf(before, limit) };
    return (await this.reads.entries(question)).map((each) => ReadAnswer.of(each));
  }

  @Get('refusals')
  @Needs('refusal-log.read')
  @ApiOperation({ summary: 'What was refused, to whom and why; the newest first' })
  @ApiOkResponse({ type: [RefusalAnswer] })
  async refusalLog(@Query() { before, limit }: PageQuery): Promise<RefusalAnswer[]> {
    return (await this.refusals.entries(pageOf(before, limit))).map((each) => RefusalAnswer.of(each));
  }
}

function pageOf(before: string | undefined, limit: number | undefined) {
  return { before: before === undefined ? undefined : BigInt(before), limit: limit ?? LIMITS.pageEntries };
}
