import { hash } from 'node:crypto';
import { Controller, Get, Inject, Param, ParseUUIDPipe, Post, Query, StreamableFile } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { SealedFiles } from '@provident/access/personal/sealed-files';
import { AREA, EventStore } from '@provident/event-store';
import { documentTypeOf, MEDIA_TYPES } from '@provident/files/media-type';
import type { RequestContext } from '@provident/http';
import { FileBody } from '@provident/http/file-body';
import { dispositionOf, FileName } from '@provident/http/file-name';
import { CLOCK, type Clock, deterministicId, DomainError, today } from '@provident/kernel';
import { CaseAnswer } from './answers.js';
import { caseAggregate } from './case.js';
import { TakeCaseStep } from './commands.js';
import type { EnteredDocument } from './evidence.js';
import { Words } from './fields.js';

const OF_CASE = { by: { finder: 'case', id: 'param:caseId' } } as const;
const ID = new ParseUUIDPipe();

/** What is said of a file that is sent as the request's body. */
class DocumentFileQuery {
  @Words(100, 'legal-document') kind: string;
}

/** The same content of the same kind is the same document of its case. */
function documentIdOf(caseId: string, { kind, sha256 }: EnteredDocument): string {
  return deterministicId('case-document', caseId, kind, sha256);
}

class CaseDocumentAnswer {
  @ApiProperty({ format: 'uuid' }) documentId: string;
  @ApiProperty({ example: 'legal-document' }) kind: string;
  @ApiProperty({ description: 'SHA-256 of the file as it was sent' }) sha256: string;
  @ApiPropertyOptional({ description: 'absent where the document was entered by its hash alone' }) fileName?: string;
  @ApiPropertyOptional({ enum: MEDIA_TYPES }) mediaType?: string;
  @ApiPropertyOptional() bytes?: number;

  static of(caseId: string, document: EnteredDocument): CaseDocumentAnswer {
    const { kind, sha256, file } = document;
    const documentId = documentIdOf(caseId, document);
    const { name: fileName, mediaType, bytes } = file ?? {};
    return {
      documentId,
      kind,
      sha256,
      ...(file === undefined ? {} : { fileName, mediaType, bytes }),
    } as CaseDocumentAnswer;
  }
}

/** The files that a case rests on: kept sealed under the key of the case, and given as they were sent. */
@ApiTags('cases')
@Controller('api/cases/:caseId/documents')
export class CaseDocumentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly store: EventStore,
    private readonly files: SealedFiles,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('case.read', OF_CASE)
  @ApiOperation({ summary: 'The documents that a case rests on' })
  @ApiOkResponse({ type: CaseDocumentAnswer, isArray: true })
  async list(@Param('caseId', ID) caseId: string): Promise<CaseDocumentAnswer[]> {
    return (await this.documentsOf(caseId)).map((each) => CaseDocumentAnswer.of(caseId, each));
  }

  @Get(':documentId/file')
  @Needs('case.read', OF_CASE)
  @ApiOperation({ summary: 'The file of a document, proven to be what was sent' })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(
    @Param('caseId', ID) caseId: string,
    @Param('documentId', ID) documentId: string,
  ): Promise<StreamableFile> {
    const found = (await this.documentsOf(caseId)).find((each) => documentIdOf(caseId, each) === documentId);
    if (found?.file === undefined) throw fileUnknown();
    const { sha256, file } = found;
    const { name, mediaType, sealedAs } = file;
    // Whoever follows the address saves the file; the portal shows what it knows to be harmless.
    const bytes = await this.files.get({ keyId: caseId, sha256, sealedAs });
    return new StreamableFile(bytes, { type: mediaType, disposition: dispositionOf(name) });
  }

  @Post('files')
  @Needs('case.open', OF_CASE)
  @ApiOperation({
    summary: 'Enter a document with its file, the file as the body. The same file again changes nothing',
  })
  @ApiConsumes('application/octet-stream', 'text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: CaseAnswer })
  async enter(
    @Param('caseId', ID) caseId: string,
    @Query() { kind }: DocumentFileQuery,
    @FileName() name: string,
    @FileBody() bytes: Buffer,
    @FromUser() request: RequestContext,
  ): Promise<CaseAnswer> {
    const mediaType = documentTypeOf(bytes);
    // First the file, then the event that names it, so that no document on record lacks its file.
    const sealedAs = await this.files.put(caseId, bytes);
    const file = { name, mediaType, bytes: bytes.length, sealedAs };
    const step = { type: 'EnterDocument', kind, sha256: hash('sha256', bytes, 'hex'), file } as const;
    const context = { ...request, area: this.area, effectiveDate: today(this.clock) };
    return CaseAnswer.ofCase(caseId, await this.commands.execute(new TakeCaseStep(caseId, step, context)));
  }

  private async documentsOf(caseId: string): Promise<readonly EnteredDocument[]> {
    const { state } = await this.store.load(caseAggregate, caseId);
    return state.status === 'none' ? [] : state.documents;
  }
}

function fileUnknown(): DomainError {
  return new DomainError(
    'document-unknown',
    'The case has no such file.',
    'A case gives the files that were sent to it; a document that was entered by its hash alone is kept elsewhere.',
    "Take the id from the case's list of documents.",
  );
}
