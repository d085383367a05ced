import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import { AsOfQuery, asOfOf } from '@provident/books';
import { AREA } from '@provident/event-store';
import { CLOCK, type Clock, Money, today } from '@provident/kernel';
import { KnownTimes, ReadPosition } from '@provident/projections';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { LAW_IN_FORCE, type LawInForce } from './law-in-force.js';
import { lateFeeTerms } from './late-fee-terms.js';
import { type LateFeesList, type LateFeesOwed, LateFeesQueries } from './late-fees.js';

/** Employers in one answer; the sum and the number are of all. */
const PAGE = 50;

class LateFeesQuery extends AsOfQuery {
  @IsOptional()
  @IsIn(['true', 'false'])
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'true: those alone with fees that nobody has assessed' })
  toBeAssessed?: 'true' | 'false';

  @IsOptional()
  @Matches(/^\d{1,18}\.[0-9A-Z]{18}$/, { message: 'after must be the next of an earlier answer' })
  @ApiPropertyOptional({ type: String, description: "an earlier answer's next", example: '1234.91350100M000100Y43' })
  after?: string;
}

const Yuan = (description: string): PropertyDecorator =>
  ApiProperty({ type: String, description: `yuan: ${description}`, example: '12.34' });

class LateFeesOwedAnswer {
  @ApiProperty({ type: String, description: 'unified social credit code (统一社会信用代码)' })
  employer: string;
  @Yuan('late fees on what was paid late, which nobody has charged yet')
  toBeAssessed: string;
  @Yuan('contributions that were paid late and bear them')
  paidLate: string;
  @Yuan('late fees on what is unpaid past its due date, as they stand on the day')
  accruing: string;
  @Yuan('contributions unpaid past their due date')
  overdue: string;
  @Yuan('charged late fees that are unpaid')
  charged: string;
  @Yuan('fines that are neither paid nor revoked; they go to the treasury')
  fines: string;
  @Yuan('late fees and fines together')
  total: string;

  static of({ employer, ...amounts }: LateFeesOwed): LateFeesOwedAnswer {
    const texts = Object.entries(amounts).map(([name, amount]: [string, Money]) => [name, amount.toString()]);
    return { employer, ...Object.fromEntries(texts) } as LateFeesOwedAnswer;
  }
}

class LateFeesAnswer {
  @ApiProperty({ type: [LateFeesOwedAnswer], description: `who owes most first, at most ${PAGE}` })
  employers: LateFeesOwedAnswer[];
  @ApiProperty({ type: String, description: 'how many there are in all' })
  count: string;
  @Yuan('late fees and fines of all of them')
  total: string;
  @ApiProperty({ type: String, nullable: true, description: 'where the next page begins; null on the last' })
  next: string | null;

  static of({ employers, count, total }: LateFeesList): LateFeesAnswer {
    const last = employers.length > PAGE ? employers[PAGE - 1] : undefined;
    return {
      employers: employers.slice(0, PAGE).map((each) => LateFeesOwedAnswer.of(each)),
      ...{ count: count.toString(), total: total.toString() },
      next: last === undefined ? null : `${last.total.fen}.${last.employer}`,
    };
  }
}

@ApiTags('statistics')
@Controller('api/statistics/late-fees')
export class LateFeesController {
  constructor(
    private readonly queries: LateFeesQueries,
    private readonly position: ReadPosition,
    private readonly times: KnownTimes,
    @Inject(LAW_IN_FORCE) private readonly law: LawInForce,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('declaration.read')
  @ApiOperation({ summary: 'Late fees (滞纳金) and fines (罚款) by employer, charged or not, as of two times' })
  @ApiOkResponse({ type: LateFeesAnswer })
  async lateFees(@Query() query: LateFeesQuery): Promise<LateFeesAnswer> {
    await this.position.waitForText(query.atLeast);
    const { asOf = today(this.clock), knownAt } = await asOfOf(query, this.times);
    const terms = lateFeeTerms(this.law(), this.area, asOf);
    const question = { asOf, knownAt, terms, after: placeOf(query.after), limit: PAGE + 1 };
    const onlyToBeAssessed = query.toBeAssessed === 'true';
    return LateFeesAnswer.of(await this.queries.owed({ ...question, onlyToBeAssessed }));
  }
}

/** Reads an answer's `next`: what the last employer of the page owes, and its code. */
function placeOf(text: string | undefined): { total: Money; employer: string } | undefined {
  if (text === undefined) return undefined;
  const [fen = '0', employer = ''] = text.split('.');
  return { total: Money.fromFen(BigInt(fen)), employer };
}
