import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsIn, IsInt, IsString, Length, Matches, Max, Min, ValidateIf } from 'class-validator';

/*
 * Fields of the register's requests, beside those of `@provident/http`.
 */

/** A field that may be left out; `null` is no way of leaving it out. */
export const Optional = (...decorators: readonly PropertyDecorator[]): PropertyDecorator =>
  applyDecorators(
    ...decorators,
    ValidateIf((_, value: unknown) => value !== undefined),
    ApiPropertyOptional(),
  );

export const PlainText = (maxLength: number): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: String, minLength: 1, maxLength }), IsString(), Length(1, maxLength));

export const OneOf = (choices: readonly string[]): PropertyDecorator =>
  applyDecorators(ApiProperty({ enum: choices }), IsIn(choices));

export const SomeOf = (choices: readonly string[]): PropertyDecorator =>
  applyDecorators(ApiProperty({ enum: choices, isArray: true }), IsArray(), IsIn(choices, { each: true }));

export const Count = (): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: Number, minimum: 0 }), IsInt(), Min(0), Max(100_000_000));

export const Sha256 = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, description: 'SHA-256 of the signed document, in hex' }),
    Matches(/^[0-9a-f]{64}$/, { message: '$property must be a SHA-256 in 64 lower-case hex digits' }),
  );
