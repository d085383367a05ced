import { Body, Controller, Get, Inject, Param, ParseIntPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { AREA } from '@provident/event-store';
import { CommandAnswer, DateText, KnownAt, Reason, type RequestContext } from '@provident/http';
import { type BusinessDate, CLOCK, type Clock, month, today } from '@provident/kernel';
import { KnownTimes } from '@provident/projections';
import { IsOptional } from 'class-validator';
import { RebuiltReleaseAnswer, ReleaseAnswer, ReleasedAnswer } from './answers.js';
import { StatisticsReleases } from './releases.js';

class ReleaseBody {
  @ApiPropertyOptional({
    type: String,
    description: 'the last day that counts; chosen as by the statistics when absent',
  })
  @IsOptional()
  @DateText()
  asOf?: BusinessDate;

  @KnownAt()
  knownAt?: string;

  @ApiPropertyOptional({ type: String, description: 'why; needed when the month was released before' })
  @IsOptional()
  @Reason()
  reason?: string;
}

/** Released statistics, and the proof that each is what the log said at its position. */
@ApiTags('statistics')
@Controller('api/statistics/months/:month/releases')
export class ReleasesController {
  constructor(
    private readonly releases: StatisticsReleases,
    private readonly times: KnownTimes,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Needs('statistics.publish')
  @ApiOperation({ summary: "Release a month's statistics as known at a log position" })
  @ApiCreatedResponse({ type: ReleasedAnswer })
  async release(
    @Param('month') of: string,
    @Body() { asOf, knownAt, reason }: ReleaseBody,
    @FromUser() request: RequestContext,
  ): Promise<ReleasedAnswer> {
    const known = await this.times.positionOf(knownAt);
    const context = { ...request, area: this.area, effectiveDate: today(this.clock) };
    const result = await this.releases.release({ month: month(of), asOf, knownAt: known, reason }, context);
    return { ...CommandAnswer.of(result), release: result.release };
  }

  @Get()
  @Needs('statistics.read')
  @ApiOperation({ summary: 'The releases of a month, the first one first' })
  @ApiOkResponse({ type: [ReleaseAnswer] })
  async list(@Param('month') of: string): Promise<ReleaseAnswer[]> {
    return [...(await this.releases.of(month(of)))];
  }

  @Get(':number/rebuilt')
  @Needs('statistics.read')
  @ApiOperation({ summary: 'A release computed again from its log position, with every figure that differs' })
  @ApiOkResponse({ type: RebuiltReleaseAnswer })
  async rebuilt(
    @Param('month') of: string,
    @Param('number', ParseIntPipe) number: number,
  ): Promise<RebuiltReleaseAnswer> {
    const { differences, ...rest } = await this.releases.rebuild(month(of), number);
    return { ...rest, differences: [...differences] };
  }
}
