import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';

const HASH = /^[0-9a-f]{64}$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** SHA-256 of a file's content, in hexadecimal, or of what a case rests on. */
export const Hash = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, pattern: HASH.source, description }),
    Matches(HASH, { message: '$property must be a SHA-256 in 64 hexadecimal digits' }),
  );

export const Hashes = (most: number, least = 0): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: [String], minItems: least, maxItems: most, description: 'SHA-256 of each document' }),
    IsArray(),
    ArrayMinSize(least),
    ArrayMaxSize(most),
    Matches(HASH, { each: true, message: '$property must be SHA-256 values in 64 hexadecimal digits each' }),
  );

export const Ids = (most: number): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: [String], format: 'uuid', minItems: 1, maxItems: most }),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(most),
    Matches(ID, { each: true, message: '$property must be UUIDs in lower case' }),
  );

export const Words = (maxLength: number, example: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength, example }),
    IsString(),
    Length(1, maxLength, { message: `$property must have 1 to ${maxLength} characters, for example ${example}` }),
  );

export const OneOf = (values: readonly string[]): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, enum: values }),
    IsIn(values, { message: `$property must be one of ${values.join(', ')}` }),
  );

/** A field that may be left out. */
export const Maybe = (field: PropertyDecorator): PropertyDecorator =>
  applyDecorators(field, IsOptional(), ApiPropertyOptional());
