import {
  Controller,
  Get,
  Inject,
  type OnModuleInit,
  Optional,
  Param,
  ParseIntPipe,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { UnknownElementException } from '@nestjs/core/errors/exceptions/unknown-element.exception.js';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import { AtLeast, DateText, KnownAt } from '@provident/http';
import type { BusinessDate } from '@provident/kernel';
import { PolicyBook, PolicyInForce } from '@provident/policy';
import { KnownTimes, ReadPosition } from '@provident/projections';
import { IsIn, IsOptional } from 'class-validator';
import { ContributionIndexAnswer, ExplainedFigureAnswer, StatementAnswer, StatementYearsAnswer } from './answers.js';
import { statementPdf } from './pdf/statement-pdf.js';
import { StatementAttachments } from './statement-attachments.js';
import { type NamedStatement, StatementReader } from './statement-reader.js';
import { type Language, LANGUAGES } from './words.js';

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

class PrintQuery extends StatementQuery {
  @ApiPropertyOptional({ enum: LANGUAGES, description: 'Chinese when absent' })
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;
}

/** Injects where the public finds the portal; undefined where it does not. */
export const PORTAL_URL = Symbol('PORTAL_URL');

@ApiTags('statements')
@Controller('api/people')
export class StatementsController implements OnModuleInit {
  private attachments: StatementAttachments | undefined;

  constructor(
    private readonly statements: StatementReader,
    private readonly position: ReadPosition,
    private readonly times: KnownTimes,
    private readonly modules: ModuleRef,
    private readonly shipped: PolicyBook,
    @Inject(PORTAL_URL) private readonly portalUrl: string | undefined,
    @Optional() private readonly inForce?: PolicyInForce,
  ) {}

  /** Proofs are given where the application has them, wherever in it. */
  onModuleInit(): void {
    try {
      this.attachments = this.modules.get(StatementAttachments, { strict: false });
    } catch (missing) {
      if (!(missing instanceof UnknownElementException)) throw missing;
    }
  }

  @Get(':personId/statements')
  @Needs('statement.read', { person: 'param:personId' })
  @ApiOperation({ summary: 'The years of which a person has a rights record, the newest first' })
  @ApiOkResponse({ type: StatementYearsAnswer })
  async years(@Param('personId') personId: string): Promise<StatementYearsAnswer> {
    return { years: await this.statements.years(personId) };
  }

  @Get(':personId/contribution-index')
  @Needs('statement.read', { person: 'param:personId' })
  @ApiOperation({
    summary: "Average contribution index (平均缴费指数) of the months on record, by the area's average wages",
  })
  @ApiOkResponse({ type: ContributionIndexAnswer })
  contributionIndex(@Param('personId') personId: string): Promise<ContributionIndexAnswer> {
    return this.statements.contributionIndex(personId, this.inForce?.book ?? this.shipped);
  }

  @Get(':personId/statements/:year')
  @Needs('statement.read', { person: 'param:personId' })
  @ApiOperation({
    summary:
      "A person's rights record of a year (个人权益记录单) as of two times, rebuilt from the person's own events",
  })
  @ApiOkResponse({
    type: StatementAnswer,
    description: 'months, bases, amounts by payer, the account with its interest, and where each stands in the log',
  })
  statement(
    @Param('personId') personId: string,
    @Param('year', ParseIntPipe) year: number,
    @Query() query: StatementQuery,
  ): Promise<StatementAnswer> {
    return this.stated(personId, year, query);
  }

  @Get(':personId/statements/:year/pdf')
  @Needs('statement.read', { person: 'param:personId' })
  @ApiOperation({
    summary:
      'The statement of a year printed on a page, its data attached inside; the same statement gives the same bytes',
  })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async pdf(
    @Param('personId') personId: string,
    @Param('year', ParseIntPipe) year: number,
    @Query() query: PrintQuery,
  ): Promise<StreamableFile> {
    const statement = await this.stated(personId, year, query);
    const times = { asOf: query.asOf, knownAt: await this.times.positionOf(query.knownAt) };
    const proofs = await this.attachments?.of(statement, times);
    const pdf = await statementPdf(statement, query.language ?? 'zh', { proofs, portalUrl: this.portalUrl });
    return new StreamableFile(pdf, {
      type: 'application/pdf',
      disposition: `attachment; filename="statement-${year}.pdf"`,
      length: pdf.length,
    });
  }

  @Get(':personId/statements/:year/explanations/:figure')
  @Needs('statement.read', { person: 'param:personId' })
  @ApiOperation({
    summary: 'Why a figure of the statement is what it is: arithmetic, parameters with their articles, events',
  })
  @ApiParam({
    name: 'figure',
    example: 'month.2025-07.base',
    description: 'for example account.interest, year.employee',
  })
  @ApiOkResponse({ type: ExplainedFigureAnswer })
  async explanation(
    @Param('personId') personId: string,
    @Param('year', ParseIntPipe) year: number,
    @Param('figure') figure: string,
    @Query() { asOf, knownAt, atLeast }: StatementQuery,
  ): Promise<ExplainedFigureAnswer> {
    await this.position.waitForText(atLeast);
    return this.statements.explain(personId, year, figure, { asOf, knownAt: await this.times.positionOf(knownAt) });
  }

  private async stated(
    personId: string,
    year: number,
    { asOf, knownAt, atLeast }: StatementQuery,
  ): Promise<NamedStatement> {
    await this.position.waitForText(atLeast);
    return this.statements.statement(personId, year, { asOf, knownAt: await this.times.positionOf(knownAt) });
  }
}
