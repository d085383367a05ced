import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AtLeast, DateText, KnownAt } from '@provident/http';
import type { BusinessDate } from '@provident/kernel';
import { IsIn, IsOptional, Matches, MaxLength } from 'class-validator';
import { CheckpointAnswer } from '../checkpoints/answers.js';

const FORMATS = ['json', 'text'] as const;

class ProofQuery {
  @ApiPropertyOptional({
    description: 'a checkpoint by its number of events; the latest when absent',
    example: '42613',
  })
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'size must be the number of events of a checkpoint' })
  size?: string;

  @ApiPropertyOptional({ enum: FORMATS, default: 'json', description: 'text: as C2SP has it' })
  @IsOptional()
  @IsIn(FORMATS)
  format?: (typeof FORMATS)[number];
}

/** The event is named in one of three ways. */
export class InclusionQuery extends ProofQuery {
  @ApiPropertyOptional({ description: 'log position of the event' })
  @IsOptional()
  @Matches(/^\d{1,19}$/, { message: 'position must be a log position' })
  position?: string;

  @ApiPropertyOptional({ description: 'id of the event' })
  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/, { message: 'event must be the id of an event' })
  event?: string;

  @ApiPropertyOptional({ description: 'stream of the event, together with revision' })
  @IsOptional()
  @MaxLength(300)
  stream?: string;

  @ApiPropertyOptional({ description: 'place of the event in its stream, from 0' })
  @IsOptional()
  @Matches(/^\d{1,19}$/, { message: 'revision must be a whole number' })
  revision?: string;
}

export class ConsistencyQuery {
  @ApiProperty({ description: 'the older checkpoint, by its number of events' })
  @Matches(/^\d{1,15}$/, { message: 'from must be the number of events of a checkpoint' })
  from: string;

  @ApiPropertyOptional({ description: 'the newer one; the latest when absent' })
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'to must be the number of events of a checkpoint' })
  to?: string;

  @ApiPropertyOptional({
    enum: FORMATS,
    default: 'json',
    description: 'text: a request to a witness (C2SP tlog-witness)',
  })
  @IsOptional()
  @IsIn(FORMATS)
  format?: (typeof FORMATS)[number];
}

export class StatementProofQuery {
  @ApiPropertyOptional({ description: 'a checkpoint by its number of events; the latest when absent' })
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'size must be the number of events of a checkpoint' })
  size?: string;

  @ApiPropertyOptional({ type: String, description: 'the last day that counts; every day when absent' })
  @IsOptional()
  @DateText()
  asOf?: BusinessDate;

  @KnownAt()
  knownAt?: string;

  @AtLeast()
  atLeast?: string;
}

export class EventProofAnswer {
  @ApiProperty({
    description: 'the record as the log has it, in canonical JSON (RFC 8785); sealed fields are ciphertext',
  })
  record: string;
  @ApiProperty({ description: 'how many events came before it' })
  index: number;
  @ApiProperty({ description: 'audit path, SHA-256 in base64, from the leaf’s sibling up' })
  hashes: readonly string[];
}

export class InclusionAnswer extends EventProofAnswer {
  @ApiProperty({ description: 'the signed checkpoint' })
  checkpoint: string;
}

export class ConsistencyAnswer {
  @ApiProperty()
  older: CheckpointAnswer;
  @ApiProperty()
  newer: CheckpointAnswer;
  @ApiProperty({ description: 'consistency proof, SHA-256 in base64 (RFC 9162, 2.1.4)' })
  hashes: readonly string[];
  @ApiProperty({ description: 'the same as a text, for the verifier and for witnesses' })
  text: string;
}

export class ProvenStatementAnswer {
  @ApiProperty({ description: 'the statement, as the statement route gives it' })
  statement: object;
  @ApiPropertyOptional({ description: 'the last day that counts, where one was asked for' })
  asOf?: string;
  @ApiProperty({ description: 'the signed checkpoint' })
  checkpoint: string;
  @ApiProperty({
    type: [EventProofAnswer],
    description: 'every entry of the account that it rests on, and of those merged into it, without a gap',
  })
  events: readonly EventProofAnswer[];
}
