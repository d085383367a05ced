import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access';
import { TellsOf } from '@provident/access/records/tells-of';
import { AtLeast, DateText, KnownAt, RequiredKnownAt } from '@provident/http';
import type { BusinessDate } from '@provident/kernel';
import { KnownTimes, ReadPosition } from '@provident/projections';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { LIMITS } from '../limits.js';
import { peopleNamed } from '../people-named.js';
import { RestatementAnswer } from './answers.js';
import { Restatements } from './restatements.js';

class RestatementQuery {
  @RequiredKnownAt('what was known before')
  from: string;

  @KnownAt()
  to?: string;

  @ApiPropertyOptional({ type: String, description: 'the last day that counts, on both sides' })
  @IsOptional()
  @DateText()
  asOf?: BusinessDate;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 1000, default: LIMITS.causesNamed })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  causes?: number;

  @AtLeast()
  atLeast?: string;
}

@ApiTags('supervision')
@Controller('api/supervision/restatement')
export class RestatementController {
  constructor(
    private readonly restatements: Restatements,
    private readonly position: ReadPosition,
    private readonly times: KnownTimes,
  ) {}

  @Get()
  @Needs('supervision.read')
  @TellsOf(peopleNamed)
  @ApiOperation({ summary: 'Figures that are known otherwise now than before, each with the events that caused it' })
  @ApiOkResponse({ type: RestatementAnswer })
  async report(@Query() { from, to, asOf, causes, atLeast }: RestatementQuery): Promise<RestatementAnswer> {
    await this.position.waitForText(atLeast);
    const before = (await this.times.positionOf(from)) ?? -1n;
    const after = await this.times.positionOf(to);
    const mostCauses = causes ?? LIMITS.causesNamed;
    return RestatementAnswer.of(await this.restatements.report({ before, after, asOf, mostCauses }));
  }
}
