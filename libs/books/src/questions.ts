import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { AtLeast, DateText, FundName, KnownAt } from '@provident/http';
import { ParseEnumPipe } from '@nestjs/common';
import { type BusinessDate, type Fund, FUNDS, businessDate } from '@provident/kernel';
import type { KnownTimes } from '@provident/projections';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { AsOf } from './turnovers.js';

/** Lines in one answer, unless another number is asked for. */
export const PAGE = 200;

const ORDERS = ['oldest', 'newest'] as const;
const MOST_SKIPPED = 1_000_000;

/** A fund in an address. */
export const FUND = new ParseEnumPipe(Object.fromEntries(FUNDS.map((fund) => [fund, fund])) as Record<Fund, Fund>);

function OptionalDate(description: string): PropertyDecorator {
  return applyDecorators(DateText(), IsOptional(), ApiPropertyOptional({ type: String, description, required: false }));
}

export class AtLeastQuery {
  @AtLeast()
  atLeast?: string;
}

/** "Effective on a day, as known at a position": what every question about the books can carry. */
export class AsOfQuery extends AtLeastQuery {
  @OptionalDate('the last day that counts; every day when absent')
  asOf?: string;

  @KnownAt()
  knownAt?: string;
}

export class TrialBalanceQuery extends AsOfQuery {
  @FundName()
  @IsOptional()
  @ApiPropertyOptional({ required: false })
  fund?: Fund;

  @OptionalDate('first day of the period; what counted before is the opening')
  from?: string;
}

export class LinesQuery extends AsOfQuery {
  @OptionalDate('first day')
  from?: string;

  @IsOptional()
  @Matches(/^[a-z-]{1,40}(\.[a-z-]{1,40}){0,5}$/, {
    message: 'detail must be the beginning of a detail, pooled.employer',
  })
  @ApiPropertyOptional({ type: String, description: 'details that begin with this', example: 'pooled.employer' })
  detail?: string;

  @IsOptional()
  @Matches(/^\d{1,18}\.\d{1,4}$/, { message: 'after must be the next of an earlier answer' })
  @ApiPropertyOptional({ type: String, description: "an earlier answer's next", example: '1234.0' })
  after?: string;

  @IsOptional()
  @IsIn(ORDERS)
  @ApiPropertyOptional({ enum: ORDERS, default: 'oldest', description: 'which day comes first' })
  order?: (typeof ORDERS)[number];

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MOST_SKIPPED)
  @ApiPropertyOptional({
    ...{ type: Number, minimum: 0, maximum: MOST_SKIPPED, default: 0 },
    description: 'lines to pass over; from the nearer end, or after a line at hand, there are fewest',
  })
  skip?: number;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 1000, default: PAGE })
  limit?: number;
}

/** The question's two times, the second as the log position that says the same. */
export async function asOfOf({ asOf, knownAt }: AsOfQuery, times: KnownTimes): Promise<AsOf> {
  return { asOf: dateOf(asOf), knownAt: await times.positionOf(knownAt) };
}

export function dateOf(text: string | undefined): BusinessDate | undefined {
  return text === undefined ? undefined : businessDate(text);
}

/** Reads an answer's `next`: position and line of the last line given. */
export function placeOf(text: string | undefined): { position: bigint; line: number } | undefined {
  if (text === undefined) return undefined;
  const [position = '0', line = '0'] = text.split('.');
  return { position: BigInt(position), line: Number(line) };
}
