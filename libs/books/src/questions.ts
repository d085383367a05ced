import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { AtLeast, DateText, FundName } from '@provident/http';
import { type BusinessDate, type Fund, businessDate } from '@provident/kernel';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { AsOf } from './turnovers.js';

/** Lines in one answer, unless another number is asked for. */
export const PAGE = 200;

function OptionalDate(description: string): PropertyDecorator {
  return applyDecorators(DateText(), IsOptional(), ApiPropertyOptional({ type: String, description, required: false }));
}

/** "Effective on a day, as known at a position": what every question about the books can carry. */
export class AsOfQuery {
  @OptionalDate('the last day that counts; every day when absent')
  asOf?: string;

  @IsOptional()
  @Matches(/^\d{1,18}$/, { message: 'knownAt must be a log position' })
  @ApiPropertyOptional({ type: String, description: 'log position at which it was known; everything when absent' })
  knownAt?: string;

  @AtLeast()
  atLeast?: string;
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
  @Matches(/^\d{1,18}\.\d{1,4}$/, { message: 'after must be the next of an earlier answer' })
  @ApiPropertyOptional({ type: String, description: "an earlier answer's next", example: '1234.0' })
  after?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 1000, default: PAGE })
  limit?: number;
}

export function asOfOf({ asOf, knownAt }: AsOfQuery): AsOf {
  return { asOf: dateOf(asOf), knownAt: knownAt === undefined ? undefined : BigInt(knownAt) };
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
