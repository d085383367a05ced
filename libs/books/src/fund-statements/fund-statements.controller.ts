import { Controller, Get, Inject, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import {
  type BusinessDate,
  businessDate,
  CLOCK,
  type Clock,
  FUND_NAMES,
  FUNDS,
  type Fund,
  today,
} from '@provident/kernel';
import { KnownTimes, ReadPosition } from '@provident/projections';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { BookQueries } from '../queries.js';
import { AsOfQuery, asOfOf, FUND, LinesQuery } from '../questions.js';
import { FundMonthAnswer, FundStatementAnswer } from './answers.js';
import { FundStatements, type StatementQuestion } from './fund-statements.js';
import { type FileLanguage, InLanguage, workbookAnswer, XLSX } from '../workbook-answer.js';
import { linesSheet, statementSheet, trialBalanceSheet } from './sheets.js';

const PERIODS = ['month', 'year'] as const;

class PeriodQuery extends AsOfQuery {
  @IsOptional()
  @IsIn(PERIODS)
  @ApiPropertyOptional({ enum: PERIODS, default: 'month', description: 'a month beside the year so far, or a year' })
  period?: (typeof PERIODS)[number];
}

class MonthsQuery extends AsOfQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(120)
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 120, default: 12 })
  count?: number;
}

class FileQuery extends PeriodQuery {
  @InLanguage()
  language?: FileLanguage;
}

class LinesFileQuery extends LinesQuery {
  @InLanguage()
  language?: FileLanguage;
}

/** The statutory statements of a fund. Without `asOf` they are of today. */
@ApiTags('books')
@Controller('api/books/funds/:fund')
@ApiParam({ name: 'fund', enum: FUNDS })
export class FundStatementsController {
  constructor(
    private readonly statements: FundStatements,
    private readonly books: BookQueries,
    private readonly position: ReadPosition,
    private readonly times: KnownTimes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('balance-sheet')
  @Needs('books.read')
  @ApiOperation({ summary: 'Balance sheet (资产负债表, 会社保01), as of two times' })
  @ApiOkResponse({ type: FundStatementAnswer })
  async balanceSheet(@Param('fund', FUND) fund: Fund, @Query() query: AsOfQuery): Promise<FundStatementAnswer> {
    return FundStatementAnswer.of(await this.statements.balanceSheet(await this.question(fund, query)));
  }

  @Get('income-expenditure')
  @Needs('books.read')
  @ApiOperation({
    summary: 'Income and expenditure statement (收支表, 会社保02) of a month or a year, as of two times',
  })
  @ApiOkResponse({ type: FundStatementAnswer })
  async incomeExpenditure(@Param('fund', FUND) fund: Fund, @Query() query: PeriodQuery): Promise<FundStatementAnswer> {
    const period = query.period ?? 'month';
    return FundStatementAnswer.of(
      await this.statements.incomeExpenditure({ ...(await this.question(fund, query)), period }),
    );
  }

  @Get('months')
  @Needs('books.read')
  @ApiOperation({ summary: 'Income, expenditure and balance month by month, as of two times' })
  @ApiOkResponse({ type: [FundMonthAnswer] })
  async months(@Param('fund', FUND) fund: Fund, @Query() query: MonthsQuery): Promise<FundMonthAnswer[]> {
    const question = { ...(await this.question(fund, query)), count: query.count ?? 12 };
    return (await this.statements.months(question)).map((month) => FundMonthAnswer.of(month));
  }

  @Get('statements.xlsx')
  @Needs('books.read')
  @ApiProduces(XLSX)
  @ApiOperation({ summary: 'Both statements and the trial balance as a workbook' })
  async statementsFile(@Param('fund', FUND) fund: Fund, @Query() query: FileQuery): Promise<StreamableFile> {
    const { language = 'zh', period = 'month' } = query;
    const question = await this.question(fund, query);
    const sheets = [
      statementSheet(await this.statements.balanceSheet(question), language),
      statementSheet(await this.statements.incomeExpenditure({ ...question, period }), language),
      trialBalanceSheet(await this.books.trialBalance(question), question, language),
    ];
    return workbookAnswer(sheets, `${FUND_NAMES[fund][language]} ${question.asOf}`);
  }

  @Get('accounts/:account/lines.xlsx')
  @Needs('books.read')
  @ApiProduces(XLSX)
  @ApiOperation({ summary: 'Voucher lines of an account as a workbook' })
  async linesFile(
    @Param('fund', FUND) fund: Fund,
    @Param('account') account: string,
    @Query() query: LinesFileQuery,
  ): Promise<StreamableFile> {
    const { language = 'zh', from, detail } = query;
    const question = { ...(await this.question(fund, query)), account, from: optionalDay(from), detail };
    // Asked before the file begins, so that a wrong account is answered as a problem.
    await this.books.lineTotals(question);
    return workbookAnswer([linesSheet(this.books, question, language)], `${FUND_NAMES[fund][language]} ${account}`);
  }

  private async question(fund: Fund, query: AsOfQuery): Promise<StatementQuestion> {
    await this.position.waitForText(query.atLeast);
    const { asOf, knownAt } = await asOfOf(query, this.times);
    return { fund, asOf: asOf ?? today(this.clock), knownAt };
  }
}

function optionalDay(text: string | undefined): BusinessDate | undefined {
  return text === undefined ? undefined : businessDate(text);
}
