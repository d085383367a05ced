import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import { DomainError, FUNDS, type Fund } from '@provident/kernel';
import { KnownTimes, READ_QUERIES, ReadPosition } from '@provident/projections';
import type { Kysely } from 'kysely';
import { BalanceAnswer, FundPositionAnswer, TrialBalanceRowAnswer } from './balance-answers.js';
import { controlTotals } from './control-totals.js';
import { BookQueries } from './queries.js';
import {
  AsOfQuery,
  AtLeastQuery,
  FUND,
  LinesQuery,
  PAGE,
  TrialBalanceQuery,
  asOfOf,
  dateOf,
  placeOf,
} from './questions.js';
import type { BooksDatabase } from './tables.js';
import { ControlTotalsAnswer, VerificationAnswer } from './verification-answers.js';
import { verifyBooks } from './verify.js';
import { LineTotalsAnswer, LinesAnswer, VoucherAnswer } from './voucher-answers.js';

@ApiTags('books')
@Controller('api/books')
export class BooksController {
  constructor(
    private readonly books: BookQueries,
    private readonly position: ReadPosition,
    private readonly times: KnownTimes,
    @Inject(READ_QUERIES) private readonly db: Kysely<BooksDatabase>,
  ) {}

  @Get('trial-balance')
  @Needs('books.read')
  @ApiOperation({ summary: 'Trial balance (科目余额表) of one fund or all, as of two times' })
  @ApiOkResponse({ type: [TrialBalanceRowAnswer] })
  async trialBalance(@Query() query: TrialBalanceQuery): Promise<TrialBalanceRowAnswer[]> {
    await this.position.waitForText(query.atLeast);
    const question = { ...(await asOfOf(query, this.times)), fund: query.fund, from: dateOf(query.from) };
    return (await this.books.trialBalance(question)).map((row) => TrialBalanceRowAnswer.of(row));
  }

  @Get('funds')
  @Needs('books.read')
  @ApiOperation({ summary: 'Position of every fund: assets = liabilities + net assets' })
  @ApiOkResponse({ type: [FundPositionAnswer] })
  async funds(@Query() query: AsOfQuery): Promise<FundPositionAnswer[]> {
    await this.position.waitForText(query.atLeast);
    return (await this.books.fundPositions(await asOfOf(query, this.times))).map((fund) => FundPositionAnswer.of(fund));
  }

  @Get('funds/:fund/accounts/:account/balance')
  @Needs('books.read')
  @ApiOperation({ summary: 'Balance of an account, effective on a day, as known at a log position' })
  @ApiParam({ name: 'fund', enum: FUNDS })
  @ApiOkResponse({ type: BalanceAnswer })
  async balance(
    @Param('fund', FUND) fund: Fund,
    @Param('account') account: string,
    @Query() query: AsOfQuery,
  ): Promise<BalanceAnswer> {
    await this.position.waitForText(query.atLeast);
    const balance = await this.books.balance({ ...(await asOfOf(query, this.times)), fund, account });
    return { fund, account, balance: balance.toString() };
  }

  @Get('funds/:fund/accounts/:account/lines')
  @Needs('books.read')
  @ApiOperation({ summary: 'Voucher lines of an account, each with the event that it comes from' })
  @ApiParam({ name: 'fund', enum: FUNDS })
  @ApiOkResponse({ type: LinesAnswer })
  async lines(
    @Param('fund', FUND) fund: Fund,
    @Param('account') account: string,
    @Query() query: LinesQuery,
  ): Promise<LinesAnswer> {
    await this.position.waitForText(query.atLeast);
    const limit = query.limit ?? PAGE;
    const { detail, skip, order } = query;
    const place = { after: placeOf(query.after), skip, newestFirst: order === 'newest', limit };
    const chosen = { ...(await asOfOf(query, this.times)), fund, account, from: dateOf(query.from), detail };
    return LinesAnswer.of(await this.books.lines({ ...chosen, ...place }), limit);
  }

  @Get('funds/:fund/accounts/:account/totals')
  @Needs('books.read')
  @ApiOperation({ summary: 'How many voucher lines an account has, and what they come to' })
  @ApiParam({ name: 'fund', enum: FUNDS })
  @ApiOkResponse({ type: LineTotalsAnswer })
  async lineTotals(
    @Param('fund', FUND) fund: Fund,
    @Param('account') account: string,
    @Query() query: LinesQuery,
  ): Promise<LineTotalsAnswer> {
    await this.position.waitForText(query.atLeast);
    const times = await asOfOf(query, this.times);
    const knownAt = times.knownAt ?? (await this.position.applied());
    const chosen = { ...times, knownAt, fund, account, from: dateOf(query.from), detail: query.detail };
    return LineTotalsAnswer.of(await this.books.lineTotals(chosen), knownAt);
  }

  @Get('vouchers/:number')
  @Needs('books.read')
  @ApiOperation({ summary: 'A voucher (凭证) with its lines and its event' })
  @ApiOkResponse({ type: VoucherAnswer })
  async voucher(@Param('number') number: string): Promise<VoucherAnswer> {
    if (/^\d{1,18}$/.test(number)) return VoucherAnswer.of(await this.books.voucher(BigInt(number)));
    throw new DomainError(
      'voucher-unknown',
      `"${number}" is no voucher number.`,
      'A voucher bears the log position of the event that it books.',
      'Take the number from the lines of an account.',
    );
  }

  @Get('control-totals')
  @Needs('books.read')
  @ApiOperation({
    summary: 'Personal accounts against their control account as of two times; settled months that differ now',
  })
  @ApiOkResponse({ type: ControlTotalsAnswer })
  async controlTotals(@Query() query: AsOfQuery): Promise<ControlTotalsAnswer> {
    await this.position.waitForText(query.atLeast);
    return ControlTotalsAnswer.of(await controlTotals(this.db, await asOfOf(query, this.times)));
  }

  @Get('verification')
  @Needs('books.verify')
  @ApiOperation({ summary: 'Examines the whole books: vouchers, funds, turnovers, personal accounts' })
  @ApiOkResponse({ type: VerificationAnswer })
  async verification(@Query() query: AtLeastQuery): Promise<VerificationAnswer> {
    await this.position.waitForText(query.atLeast);
    return VerificationAnswer.of(await verifyBooks(this.db));
  }
}
