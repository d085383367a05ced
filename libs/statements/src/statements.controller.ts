import { Controller, Get, Param, ParseIntPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import { AtLeast, DateText, KnownAt } from '@provident/http';
import type { BusinessDate } from '@provident/kernel';
import { KnownTimes, ReadPosition } from '@provident/projections';
import { IsOptional } from 'class-validator';
import { type NamedStatement, StatementReader } from './statement-reader.js';

class StatementQuery {
  @ApiPropertyOptional({ type: String, description: 'the last day that counts; every day when absent' })
  @IsOptional()
  @DateText()
  asOf?: BusinessDate;

  @KnownAt()
  knownAt?: string;

  @AtLeast()
  atLeast?: string;
}

@ApiTags('statements')
@Controller('api/people')
export class StatementsController {
  constructor(
    private readonly statements: StatementReader,
    private readonly position: ReadPosition,
    private readonly times: KnownTimes,
  ) {}

  @Get(':personId/statements/:year')
  @Needs('statement.read', { person: 'param:personId' })
  @ApiOperation({
    summary:
      "A person's rights record of a year (个人权益记录单) as of two times, rebuilt from the person's own events",
  })
  @ApiOkResponse({
    description: 'months, bases, amounts by payer, the account with its interest, and where each stands in the log',
  })
  async statement(
    @Param('personId') personId: string,
    @Param('year', ParseIntPipe) year: number,
    @Query() { asOf, knownAt, atLeast }: StatementQuery,
  ): Promise<NamedStatement> {
    await this.position.waitForText(atLeast);
    return this.statements.statement(personId, year, { asOf, knownAt: await this.times.positionOf(knownAt) });
  }
}
