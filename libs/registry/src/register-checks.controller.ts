import { Controller, HttpCode, Inject, Post, Query, type StreamableFile } from '@nestjs/common';
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
import { CLOCK, type Clock, today } from '@provident/kernel';
import { ImportEmployers, ImportPeople } from './commands.js';

const FILE = { schema: { type: 'string', format: 'binary' } } as const;
const ONLY_LOOK = { checkOnly: true };

/** Looks at a file of employers or people as taking it in would, and tells the faults in the sheet's own rows. */
@ApiTags('registry')
@ApiConsumes('text/csv', 'application/octet-stream')
@Controller('api')
export class RegisterChecksController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('employers/imports/checks')
  @HttpCode(200)
  @ApiBody(FILE)
  @Needs('register.import')
  @ApiOperation({ summary: 'What taking these employers in would find; nothing is written' })
  @ApiOkResponse({ type: SheetCheckAnswer })
  async checkEmployers(
    @Query() query: FileQuery,
    @FileBody() file: Buffer,
    @FromUser() request: RequestContext,
  ): Promise<SheetCheckAnswer> {
    return sheetCheck(file, await this.look(ImportEmployers, file, query, request));
  }

  @Post('employers/imports/marked-copies')
  @HttpCode(200)
  @ApiBody(FILE)
  @Needs('register.import')
  @ApiOperation({ summary: 'The file of employers that was sent, with its faults in its own rows; nothing is written' })
  @ApiProduces('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async markEmployers(
    @Query() query: MarkedCopyQuery,
    @FileBody() file: Buffer,
    @FromUser() request: RequestContext,
  ): Promise<StreamableFile> {
    return answerMarkedCopy(file, await this.look(ImportEmployers, file, query, request), query);
  }

  @Post('people/imports/checks')
  @HttpCode(200)
  @ApiBody(FILE)
  @Needs('register.import')
  @ApiOperation({ summary: 'What taking these people in would find; nothing is written' })
  @ApiOkResponse({ type: SheetCheckAnswer })
  async checkPeople(
    @Query() query: FileQuery,
    @FileBody() file: Buffer,
    @FromUser() request: RequestContext,
  ): Promise<SheetCheckAnswer> {
    return sheetCheck(file, await this.look(ImportPeople, file, query, request));
  }

  @Post('people/imports/marked-copies')
  @HttpCode(200)
  @ApiBody(FILE)
  @Needs('register.import')
  @ApiOperation({ summary: 'The file of people that was sent, with its faults in its own rows; nothing is written' })
  @ApiProduces('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async markPeople(
    @Query() query: MarkedCopyQuery,
    @FileBody() file: Buffer,
    @FromUser() request: RequestContext,
  ): Promise<StreamableFile> {
    return answerMarkedCopy(file, await this.look(ImportPeople, file, query, request), query);
  }

  private look(
    Import: typeof ImportEmployers | typeof ImportPeople,
    file: Buffer,
    query: FileQuery,
    request: RequestContext,
  ): Promise<FileOutcome> {
    const context = { ...request, area: this.area, effectiveDate: query.on ?? today(this.clock) };
    return this.commands.execute(new Import(file, ONLY_LOOK, context));
  }
}
