import { Body, Controller, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { AREA } from '@provident/event-store';
import { CommandAnswer, type RequestContext } from '@provident/http';
import { FileBody } from '@provident/http/file-body';
import { CLOCK, type Clock, month, today } from '@provident/kernel';
import { answerFile, FileAnswer, FileQuery } from '@provident/http/file-answer';
import { FileDeclaration, IdentifyReceipt, IdentifyReceiptBody, ImportReceipts } from './commands.js';

@ApiTags('collection')
@Controller('api')
export class CollectionController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('employers/:creditCode/declarations/:month')
  @Needs('declaration.file', { employer: 'param:creditCode' })
  @ApiOperation({ summary: "File an employer's monthly declaration (缴费申报): CSV or XLSX as the body" })
  @ApiConsumes('text/csv', 'application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: FileAnswer })
  async fileDeclaration(
    @Param('creditCode') creditCode: string,
    @Param('month') declaredMonth: string,
    @Query() query: FileQuery,
    @FileBody() file: Buffer,
    @FromUser() request: RequestContext,
  ): Promise<FileAnswer> {
    const context = { ...request, area: this.area, effectiveDate: query.on ?? today(this.clock) };
    const options = { acceptGoodRows: query.acceptGoodRows === 'true' };
    return answerFile(
      await this.commands.execute(new FileDeclaration(creditCode, month(declaredMonth), file, options, context)),
    );
  }

  @Post('receipts')
  @Needs('receipt.enter')
  @ApiOperation({ summary: "Take in the bank's receipts of the income accounts: CSV or XLSX as the body" })
  @ApiConsumes('text/csv', 'application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: FileAnswer })
  async importReceipts(
    @Query() query: FileQuery,
    @FileBody() file: Buffer,
    @FromUser() request: RequestContext,
  ): Promise<FileAnswer> {
    const context = { ...request, area: this.area, effectiveDate: query.on ?? today(this.clock) };
    const options = { acceptGoodRows: query.acceptGoodRows === 'true' };
    return answerFile(await this.commands.execute(new ImportReceipts(file, options, context)));
  }

  @Post('receipts/identifications')
  @Needs('receipt.enter')
  @ApiOperation({ summary: 'Name the payer of an unidentified receipt' })
  @ApiCreatedResponse({ type: CommandAnswer })
  async identify(@Body() body: IdentifyReceiptBody, @FromUser() request: RequestContext): Promise<CommandAnswer> {
    const context = { ...request, area: this.area, effectiveDate: body.identifiedOn };
    return CommandAnswer.of(await this.commands.execute(new IdentifyReceipt(body, context)));
  }
}
