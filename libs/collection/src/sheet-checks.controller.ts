import { Controller, HttpCode, Inject, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { AREA } from '@provident/event-store';
import type { FileOutcome } from '@provident/files';
import type { RequestContext } from '@provident/http';
import { FileQuery } from '@provident/http/file-answer';
import { FileBody } from '@provident/http/file-body';
import { answerMarkedCopy, MarkedCopyQuery, sheetCheck, SheetCheckAnswer } from '@provident/http/sheet-check';
import { CLOCK, type Clock, month, today } from '@provident/kernel';
import { FileDeclaration, ImportReceipts } from './commands.js';

const FILE = { schema: { type: 'string', format: 'binary' } } as const;
const ONLY_LOOK = { checkOnly: true };

/** Looks at a declaration or at receipts as taking them in would, and tells the faults in the sheet's own rows. */
@ApiTags('collection')
@ApiConsumes('text/csv', 'application/octet-stream')
@Controller('api')
export class SheetChecksController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('employers/:creditCode/declarations/:month/checks')
  @HttpCode(200)
  @ApiBody(FILE)
  @Needs('declaration.file', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'What filing this declaration would find; nothing is written' })
  @ApiOkResponse({ type: SheetCheckAnswer })
  async checkDeclaration(
    @Param('creditCode') creditCode: string,
    @Param('month') declaredMonth: string,
    @Query() query: FileQuery,
    @FileBody() file: Buffer,
    @FromUser() request: RequestContext,
  ): Promise<SheetCheckAnswer> {
    return sheetCheck(file, await this.declaration(creditCode, declaredMonth, file, query, request));
  }

  @Post('employers/:creditCode/declarations/:month/marked-copies')
  @HttpCode(200)
  @ApiBody(FILE)
  @Needs('declaration.file', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'The declaration that was sent, with its faults in its own rows; nothing is written' })
  @ApiProduces('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async markDeclaration(
    @Param('creditCode') creditCode: string,
    @Param('month') declaredMonth: string,
    @Query() query: MarkedCopyQuery,
    @FileBody() file: Buffer,
    @FromUser() request: RequestContext,
  ): Promise<StreamableFile> {
    return answerMarkedCopy(file, await this.declaration(creditCode, declaredMonth, file, query, request), query);
  }

  @Post('receipts/checks')
  @HttpCode(200)
  @ApiBody(FILE)
  @Needs('receipt.enter')
  @ApiOperation({ summary: 'What taking these receipts in would find; nothing is written' })
  @ApiOkResponse({ type: SheetCheckAnswer })
  async checkReceipts(
    @Query() query: FileQuery,
    @FileBody() file: Buffer,
    @FromUser() request: RequestContext,
  ): Promise<SheetCheckAnswer> {
    return sheetCheck(file, await this.receipts(file, query, request));
  }

  @Post('receipts/marked-copies')
  @HttpCode(200)
  @ApiBody(FILE)
  @Needs('receipt.enter')
  @ApiOperation({ summary: 'The receipts that were sent, with their faults in their own rows; nothing is written' })
  @ApiProduces('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async markReceipts(
    @Query() query: MarkedCopyQuery,
    @FileBody() file: Buffer,
    @FromUser() request: RequestContext,
  ): Promise<StreamableFile> {
    return answerMarkedCopy(file, await this.receipts(file, query, request), query);
  }

  private declaration(
    creditCode: string,
    declaredMonth: string,
    file: Buffer,
    query: FileQuery,
    request: RequestContext,
  ): Promise<FileOutcome> {
    const context = { ...request, area: this.area, effectiveDate: query.on ?? today(this.clock) };
    return this.commands.execute(new FileDeclaration(creditCode, month(declaredMonth), file, ONLY_LOOK, context));
  }

  private receipts(file: Buffer, query: FileQuery, request: RequestContext): Promise<FileOutcome> {
    const context = { ...request, area: this.area, effectiveDate: query.on ?? today(this.clock) };
    return this.commands.execute(new ImportReceipts(file, ONLY_LOOK, context));
  }
}
