import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MEDIA_TYPES } from '@provident/files/media-type';
import { CommandAnswer } from '@provident/http';
import { without } from '../particulars.js';
import type { StoredDocument } from './documents.js';
import { DOCUMENT_KINDS } from './events.js';

export class DocumentStoredAnswer extends CommandAnswer {
  @ApiProperty({ format: 'uuid' })
  documentId: string;
}

class LoanAnswer {
  @ApiProperty()
  borrower: string;
  @ApiProperty()
  purpose: string;
  @ApiProperty()
  from: string;
  @ApiProperty()
  dueBack: string;
  @ApiPropertyOptional({ description: 'absent while the original is out' })
  returnedOn?: string;
}

export class DocumentAnswer {
  @ApiProperty({ format: 'uuid' })
  documentId: string;
  @ApiProperty({ enum: DOCUMENT_KINDS })
  kind: string;
  @ApiPropertyOptional({ example: '2025-07' })
  month?: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'whom it is about, where it is one person' })
  personId?: string;
  @ApiProperty()
  fileName: string;
  @ApiProperty()
  sha256: string;
  @ApiProperty()
  bytes: number;
  @ApiProperty({ enum: MEDIA_TYPES })
  mediaType: string;
  @ApiProperty()
  storedOn: string;
  @ApiProperty({ type: LoanAnswer, isArray: true, description: 'where the original has been, the latest last' })
  custody: LoanAnswer[];

  static of({ month, personId, custody, ...document }: StoredDocument): DocumentAnswer {
    return {
      ...without(document, 'sealedAs'),
      ...(personId === undefined ? {} : { personId }),
      ...(month === undefined ? {} : { month }),
      custody: custody.map(({ returnedOn, ...loan }) => ({
        ...loan,
        ...(returnedOn === undefined ? {} : { returnedOn }),
      })),
    };
  }
}

export class MonthGapAnswer {
  @ApiProperty({ example: '2025-07' })
  month: string;
  @ApiProperty({ enum: DOCUMENT_KINDS, isArray: true })
  missing: string[];
}
