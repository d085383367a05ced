import { Controller, Get, Param, ParseIntPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { type NamedStatement, StatementReader } from './statement-reader.js';

class StatementQuery {
  @ApiPropertyOptional({ description: 'log position: the statement as it was known then', example: '12345' })
  @IsOptional()
  @Matches(/^\d{1,20}$/, { message: 'knownAt must be a log position' })
  knownAt?: string;
}

@ApiTags('statements')
@Controller('api/people')
export class StatementsController {
  constructor(private readonly statements: StatementReader) {}

  @Get(':personId/statements/:year')
  @ApiOperation({
    summary: "A person's rights record of a year (个人权益记录单), rebuilt from the person's own events",
  })
  @ApiOkResponse({
    description: 'months, bases, amounts by payer, the account with its interest, and where each stands in the log',
  })
  statement(
    @Param('personId') personId: string,
    @Param('year', ParseIntPipe) year: number,
    @Query() { knownAt }: StatementQuery,
  ): Promise<NamedStatement> {
    return this.statements.statement(personId, year, knownAt === undefined ? undefined : BigInt(knownAt));
  }
}
