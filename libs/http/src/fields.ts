import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  citizenNumberFault,
  creditCodeFault,
  FUNDS,
  isBusinessDate,
  isKnownAtText,
  isMonth,
  KNOWN_AT_FORM,
  SCHEMES,
} from '@provident/kernel';
import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
} from 'class-validator';

/*
 * The fields that requests are made of: one decorator gives the check (class-validator) and the description (OpenAPI).
 * Every message says what was expected, with an example.
 */

function text(name: string, holds: (value: string) => boolean, expected: string, example: string): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, description: expected, example }),
    ValidateBy({
      name,
      validator: {
        validate: (value: unknown) => typeof value === 'string' && holds(value),
        defaultMessage: () => `must be ${expected}, for example ${example}`,
      },
    }),
  );
}

export const MonthText = (): PropertyDecorator => text('month', isMonth, 'a month YYYY-MM', '2025-07');
export const DateText = (): PropertyDecorator => text('date', isBusinessDate, 'a date YYYY-MM-DD', '2025-07-31');
/** A date that may be left out. */
export const OptionalDate = (description: string): PropertyDecorator =>
  applyDecorators(DateText(), IsOptional(), ApiPropertyOptional({ description, example: '2025-07-31' }));
export const CreditCode = (): PropertyDecorator =>
  text(
    'creditCode',
    (value) => creditCodeFault(value) === undefined,
    'a unified social credit code (GB 32100) with a right check character',
    '91350100M000100Y43',
  );
export const CitizenNumber = (): PropertyDecorator =>
  text(
    'citizenNumber',
    (value) => citizenNumberFault(value) === undefined,
    'a citizen number (GB 11643) with a right check character',
    '11010519491231002X',
  );

export const Name = (): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: String, minLength: 1, maxLength: 200 }), IsString(), Length(1, 200));

export const Reason = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength: 500, description: 'why, for the record' }),
    IsString(),
    Length(1, 500),
  );

/** An amount of money that is not negative. */
export const YuanText = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, description: 'yuan, two decimals', example: '120.00' }),
    Matches(/^(0|[1-9]\d{0,15})\.\d{2}$/, { message: '$property must be yuan with two decimals, for example 120.00' }),
  );

export const Uuid = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'uuid' }),
    Matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { message: '$property must be a UUID in lower case' }),
  );

export const RiskClass = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: Number, minimum: 1, maximum: 8, description: 'work-injury risk class' }),
    IsInt(),
    Min(1),
    Max(8),
  );

export const YearNumber = (): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: Number, minimum: 1998, maximum: 2199 }), IsInt(), Min(1998), Max(2199));

export const FundName = (): PropertyDecorator => applyDecorators(ApiProperty({ enum: FUNDS }), IsIn(FUNDS));

export const SchemeList = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ enum: SCHEMES, isArray: true }),
    IsArray(),
    ArrayNotEmpty(),
    IsIn(SCHEMES, { each: true }),
  );

/** Where a query's answer must have got to: the position that a command answered with. */
export const AtLeast = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: String, description: 'log position the answer must include', example: '12345' }),
    IsOptional(),
    Matches(/^\d{1,20}$/, { message: 'atLeast must be a log position, as a command answered it' }),
  );

/** "As known at": the state of knowledge that a query's answer rests on; everything known when absent. */
export const KnownAt = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: String, description: `as known at ${KNOWN_AT_FORM}`, example: '2026-07-31' }),
    IsOptional(),
    knownAtChecked(),
  );

/** The same where a query must name it. */
export const RequiredKnownAt = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, description: `${description}: ${KNOWN_AT_FORM}`, example: '2026-07-31' }),
    knownAtChecked(),
  );

function knownAtChecked(): PropertyDecorator {
  return ValidateBy({
    name: 'knownAt',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isKnownAtText(value),
      defaultMessage: () => `$property must be ${KNOWN_AT_FORM}`,
    },
  });
}
