import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import { AsOfQuery, asOfOf } from '@provident/books';
import { CLOCK, type Clock, FUND_NAMES, FUNDS, type Fund, today } from '@provident/kernel';
import { KnownTimes, ReadPosition } from '@provident/projections';
import { type ArrearsList, ArrearsQueries } from './arrears.js';

/** Employers and funds in one answer; the sum and the number are of all. */
const MOST_ARREARS = 200;

class FundNameAnswer {
  @ApiProperty({ enum: FUNDS })
  code: Fund;
  @ApiProperty()
  zh: string;
  @ApiProperty()
  en: string;
}

class ArrearsAnswer {
  @ApiProperty({ description: 'unified social credit code (统一社会信用代码)' })
  employer: string;
  @ApiProperty({ type: FundNameAnswer })
  fund: FundNameAnswer;
  @ApiProperty({ description: 'yuan', example: '1234.56' })
  amount: string;
  @ApiProperty({ description: 'months of which something is owed' })
  months: number;
  @ApiProperty({ example: '2025-07' })
  oldestMonth: string;
  @ApiProperty({ format: 'date' })
  oldestDueDate: string;
}

class ArrearsListAnswer {
  @ApiProperty({ type: [ArrearsAnswer], description: `the largest first, at most ${MOST_ARREARS}` })
  arrears: ArrearsAnswer[];
  @ApiProperty({ description: 'how many there are in all' })
  count: string;
  @ApiProperty({ description: 'yuan, of all of them', example: '1234.56' })
  total: string;

  static of({ arrears, count, total }: ArrearsList): ArrearsListAnswer {
    return {
      arrears: arrears.map(({ fund, amount, ...rest }) => ({
        ...{ ...rest, amount: amount.toString(), fund: { code: fund, ...FUND_NAMES[fund] } },
      })),
      ...{ count: count.toString(), total: total.toString() },
    };
  }
}

@ApiTags('statistics')
@Controller('api/statistics/arrears')
export class ArrearsController {
  constructor(
    private readonly queries: ArrearsQueries,
    private readonly position: ReadPosition,
    private readonly times: KnownTimes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('declaration.read')
  @ApiOperation({ summary: 'Contributions past their due date (欠费) by employer and fund, as of two times' })
  @ApiOkResponse({ type: ArrearsListAnswer })
  async arrears(@Query() query: AsOfQuery): Promise<ArrearsListAnswer> {
    await this.position.waitForText(query.atLeast);
    const { asOf = today(this.clock), knownAt } = await asOfOf(query, this.times);
    return ArrearsListAnswer.of(await this.queries.arrears({ asOf, knownAt, limit: MOST_ARREARS }));
  }
}
