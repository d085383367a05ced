import { Body, Controller, Get, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { SealedFiles } from '@provident/access/personal/sealed-files';
import { EventStore } from '@provident/event-store';
import { CommandAnswer, MonthText, type RequestContext } from '@provident/http';
import { FileBody } from '@provident/http/file-body';
import { dispositionOf, FileName } from '@provident/http/file-name';
import type { Month } from '@provident/kernel';
import { RegistryDesk } from '../desk.js';
import { knownEmployer } from '../standing.js';
import { DocumentAnswer, DocumentStoredAnswer, MonthGapAnswer } from './answers.js';
import {
  CheckOutDocument,
  CheckOutDocumentBody,
  RecordGaps,
  RecordGapsBody,
  ReturnDocument,
  ReturnDocumentBody,
  SetChecklist,
  SetChecklistBody,
  StoreDocument,
  StoreDocumentQuery,
} from './commands.js';
import { documentOf, documents } from './documents.js';
import { missingDocuments } from './missing-documents.js';

class MonthsQuery {
  @MonthText() from: Month;
  @MonthText() to: Month;
}

/** An employer's file of documents: stored by content, lent out and given back, checked month by month. */
@ApiTags('documents')
@Controller('api/employers/:creditCode/documents')
export class DocumentsController {
  constructor(
    private readonly desk: RegistryDesk,
    private readonly commands: CommandBus,
    private readonly store: EventStore,
    private readonly files: SealedFiles,
  ) {}

  @Get()
  @Needs('document.read', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'The documents on file, each with where its original has been' })
  @ApiOkResponse({ type: DocumentAnswer, isArray: true })
  async list(@Param('creditCode') creditCode: string): Promise<DocumentAnswer[]> {
    await knownEmployer(this.store, creditCode);
    const { state } = await this.store.load(documents, creditCode);
    return state.documents.map((each) => DocumentAnswer.of(each));
  }

  @Get('missing')
  @Needs('document.read', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'The months of a range that lack what their checklist asks for' })
  @ApiOkResponse({ type: MonthGapAnswer, isArray: true })
  async missing(
    @Param('creditCode') creditCode: string,
    @Query() { from, to }: MonthsQuery,
  ): Promise<MonthGapAnswer[]> {
    await knownEmployer(this.store, creditCode);
    const { state } = await this.store.load(documents, creditCode);
    return missingDocuments(state, from, to).map(({ month, missing }) => ({ month, missing: [...missing] }));
  }

  @Get(':documentId/file')
  @Needs('document.read', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'The file of a document, proven to be what was stored' })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(
    @Param('creditCode') creditCode: string,
    @Param('documentId') documentId: string,
  ): Promise<StreamableFile> {
    const { state } = await this.store.load(documents, creditCode);
    const document = documentOf(state, documentId);
    const { mediaType, fileName } = document;
    // Always saved, never shown in the browser's own pages.
    const disposition = dispositionOf(fileName);
    const bytes = await this.files.get({ keyId: documentId, ...document });
    return new StreamableFile(bytes, { type: mediaType, disposition });
  }

  @Post()
  @Needs('document.store', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Take a document in: the file as the body. The same file again changes nothing' })
  @ApiConsumes('application/octet-stream', 'text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: DocumentStoredAnswer })
  async take(
    @Param('creditCode') creditCode: string,
    @Query() query: StoreDocumentQuery,
    @FileName() fileName: string,
    @FileBody() bytes: Buffer,
    @FromUser() request: RequestContext,
  ): Promise<DocumentStoredAnswer> {
    const context = { ...request, area: this.desk.area, effectiveDate: query.storedOn };
    const stored = await this.commands.execute(new StoreDocument(creditCode, { ...query, fileName, bytes }, context));
    return { ...CommandAnswer.of(stored), documentId: stored.documentId };
  }

  @Post(':documentId/loans')
  @Needs('document.keep', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Lend the paper original out (借出)' })
  @ApiCreatedResponse({ type: CommandAnswer })
  checkOut(
    @Param('creditCode') creditCode: string,
    @Param('documentId') documentId: string,
    @Body() body: CheckOutDocumentBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const of = { ...body, documentId };
    return this.desk.give(request, body.checkedOutOn, (context) => new CheckOutDocument(creditCode, of, context));
  }

  @Post(':documentId/return')
  @Needs('document.keep', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'The paper original came back (归还)' })
  @ApiCreatedResponse({ type: CommandAnswer })
  giveBack(
    @Param('creditCode') creditCode: string,
    @Param('documentId') documentId: string,
    @Body() body: ReturnDocumentBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const of = { ...body, documentId };
    return this.desk.give(request, body.returnedOn, (context) => new ReturnDocument(creditCode, of, context));
  }

  @Post('checklists')
  @Needs('document.keep', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Set what every month must hold, from a month on' })
  @ApiCreatedResponse({ type: CommandAnswer })
  setChecklist(
    @Param('creditCode') creditCode: string,
    @Body() body: SetChecklistBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.desk.give(request, this.desk.today, (context) => new SetChecklist(creditCode, body, context));
  }

  @Post('gaps')
  @Needs('document.keep', { employer: 'param:creditCode' })
  @ApiOperation({
    summary: 'Set down which months of a range lack documents; what is on record already is not repeated',
  })
  @ApiCreatedResponse({ type: CommandAnswer })
  recordGaps(
    @Param('creditCode') creditCode: string,
    @Body() body: RecordGapsBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.desk.give(request, body.foundOn, (context) => new RecordGaps(creditCode, body, context));
  }
}
