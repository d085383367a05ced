import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import type { PublishedCheckpoint } from './checkpoint-reader.js';
import { CHECKPOINT_REASONS } from './events.js';

export class CheckpointAnswer {
  @ApiProperty({ description: 'events of the log under it' })
  size: number;
  @ApiProperty({ description: 'root of the Merkle tree, SHA-256 in base64' })
  root: string;
  @ApiProperty({ enum: CHECKPOINT_REASONS })
  reason: string;
  @ApiProperty({ description: 'when, in UTC' })
  signedAt: string;
  @ApiProperty({ type: [String], description: 'public keys of the witnesses who cosigned it' })
  witnesses: readonly string[];
  @ApiProperty({ description: 'the signed note (C2SP tlog-checkpoint) with all cosignatures' })
  note: string;

  static of({ size, root, reason, signedAt, witnesses, note }: PublishedCheckpoint): CheckpointAnswer {
    return { size, root, reason, signedAt: signedAt.toISOString(), witnesses, note };
  }
}

export class KeyAnswer {
  @ApiProperty({ description: 'public key: name+id+base64 (C2SP signed-note)' })
  key: string;
  @ApiProperty({ description: 'day from which it signs' })
  on: string;
  @ApiPropertyOptional({ description: 'a note in which the key before it signed that this one follows' })
  handover?: string;
}

export class WitnessAnswer {
  @ApiProperty()
  key: string;
  @ApiProperty()
  institution: string;
  @ApiProperty()
  admittedOn: string;
  @ApiPropertyOptional()
  dismissedOn?: string;
}

export class AttestationAnswer {
  @ApiProperty()
  day: string;
  @ApiProperty({ description: 'the checkpoint that it names' })
  size: number;
  @ApiProperty({ description: 'log position of the tables whose digests it holds' })
  tablesAt: string;
  @ApiProperty({ description: 'what all checks together found' })
  findings: number;
  @ApiProperty({ description: 'the signed statement' })
  note: string;
}

export class CheckpointListQuery {
  @ApiPropertyOptional({ type: Number, description: 'only those of fewer events; to page back', minimum: 0 })
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'before must be a number of events' })
  before?: string;

  @ApiPropertyOptional({ type: Number, description: 'how many, the latest first', default: 50, maximum: 500 })
  @IsOptional()
  @Matches(/^([1-9]\d?|[1-4]\d\d|500)$/, { message: 'limit must be from 1 to 500' })
  limit?: string;
}

export class CosignatureBody {
  @ApiProperty({ description: 'the checkpoint that was cosigned', example: 42613 })
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  size: number;

  @ApiProperty({ description: 'lines of signatures (C2SP tlog-cosignature), or the whole cosigned note' })
  @IsString()
  @MaxLength(100_000)
  signatures: string;
}

const KEY = /^[^+\s]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/;

export class WitnessBody {
  @ApiProperty({ description: 'its public key: name+id+base64' })
  @Matches(KEY, { message: 'key must be a public key name+id+base64' })
  key: string;

  @ApiProperty({ description: 'the institution that holds the private key' })
  @Length(1, 200)
  institution: string;
}

export class DismissalBody {
  @ApiProperty({ description: 'the public key of the witness' })
  @Matches(KEY, { message: 'key must be a public key name+id+base64' })
  key: string;

  @ApiProperty()
  @Length(1, 500)
  reason: string;
}
