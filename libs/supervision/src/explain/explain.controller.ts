import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access';
import { TellsOf } from '@provident/access/records/tells-of';
import { AtLeast } from '@provident/http';
import { ReadPosition } from '@provident/projections';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { LIMITS } from '../limits.js';
import { peopleNamed } from '../people-named.js';
import { ADDRESS_FORMS, type Address, addressOf } from './address.js';
import { ExplanationAnswer } from './answers.js';
import { ExplainDesk } from './explain-desk.js';
import type { ExplanationKind } from './explanation.js';
import { notExplainedHere } from './refusals.js';

class ExplainQuery {
  @ApiProperty({ type: String, description: ADDRESS_FORMS.join(', '), example: 'balance:employee-pension/4001' })
  @IsString()
  @Length(1, 300)
  figure: string;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 500, default: LIMITS.explained })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;

  @ApiPropertyOptional({ type: String, description: "an earlier answer's next" })
  @IsOptional()
  @Matches(/^\d{1,18}$/, { message: 'after must be the next of an earlier answer' })
  after?: string;

  @AtLeast()
  atLeast?: string;
}

const OF_BOOKS: readonly ExplanationKind[] = ['balance', 'postings', 'voucher', 'event', 'parameter'];
const OF_STATISTICS: readonly ExplanationKind[] = ['indicator', 'facts', 'event', 'parameter'];

/** "Why this figure": down to vouchers, events, articles and people. Who may see a figure may have it explained. */
@ApiTags('explanations')
@Controller('api')
export class ExplainController {
  constructor(
    private readonly desk: ExplainDesk,
    private readonly position: ReadPosition,
  ) {}

  @Get('supervision/explanations')
  @Needs('supervision.read')
  @TellsOf(peopleNamed)
  @ApiOperation({ summary: 'What any figure rests on, a page at a time' })
  @ApiOkResponse({ type: ExplanationAnswer })
  any(@Query() query: ExplainQuery): Promise<ExplanationAnswer> {
    return this.explain(addressOf(query.figure), query);
  }

  @Get('books/explanations')
  @Needs('books.read')
  @TellsOf(peopleNamed)
  @ApiOperation({ summary: 'What a balance or a voucher rests on, a page at a time' })
  @ApiOkResponse({ type: ExplanationAnswer })
  ofBooks(@Query() query: ExplainQuery): Promise<ExplanationAnswer> {
    return this.explain(ofKind(query.figure, OF_BOOKS), query);
  }

  @Get('statistics/explanations')
  @Needs('statistics.read')
  @TellsOf(peopleNamed)
  @ApiOperation({ summary: 'What an indicator rests on, a page at a time' })
  @ApiOkResponse({ type: ExplanationAnswer })
  ofStatistics(@Query() query: ExplainQuery): Promise<ExplanationAnswer> {
    return this.explain(ofKind(query.figure, OF_STATISTICS), query);
  }

  private async explain(address: Address, { limit, after, atLeast }: ExplainQuery): Promise<ExplanationAnswer> {
    await this.position.waitForText(atLeast);
    const page = { limit: limit ?? LIMITS.explained, after };
    return ExplanationAnswer.of(await this.desk.explainAddress(address, page));
  }
}

function ofKind(figure: string, kinds: readonly ExplanationKind[]): Address {
  const address = addressOf(figure);
  if (kinds.includes(address.kind)) return address;
  throw notExplainedHere(kinds);
}
