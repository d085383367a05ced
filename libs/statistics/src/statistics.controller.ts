import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import { AsOfQuery, asOfOf } from '@provident/books';
import { month } from '@provident/kernel';
import { KnownTimes, ReadPosition } from '@provident/projections';
import { DefinitionAnswer, MonthlyStatisticsAnswer } from './answers.js';
import { INDICATORS } from './definitions.js';
import { StatisticsQueries } from './queries.js';

@ApiTags('statistics')
@Controller('api/statistics')
export class StatisticsController {
  constructor(
    private readonly statistics: StatisticsQueries,
    private readonly position: ReadPosition,
    private readonly times: KnownTimes,
  ) {}

  @Get('definitions')
  @Needs('statistics.read')
  @ApiOperation({ summary: 'What every indicator means: definition, unit, formula, source' })
  @ApiOkResponse({ type: [DefinitionAnswer] })
  definitions(): readonly DefinitionAnswer[] {
    return INDICATORS;
  }

  @Get('months/:month')
  @Needs('statistics.read')
  @ApiOperation({ summary: "A month's statistics by scheme and fund, with their definitions, as of two times" })
  @ApiOkResponse({ type: MonthlyStatisticsAnswer })
  async monthlyStatistics(
    @Param('month') askedMonth: string,
    @Query() query: AsOfQuery,
  ): Promise<MonthlyStatisticsAnswer> {
    await this.position.waitForText(query.atLeast);
    const found = await this.statistics.monthlyStatistics(month(askedMonth), await asOfOf(query, this.times));
    return MonthlyStatisticsAnswer.of(found);
  }
}
