import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { EventStore } from '@provident/event-store';
import { CommandAnswer, DateText, type RequestContext } from '@provident/http';
import type { BusinessDate } from '@provident/kernel';
import { RegistryDesk } from '../desk.js';
import { Optional } from '../fields.js';
import { knownEmployer } from '../standing.js';
import { administrators, filingIdOf } from './administrators.js';
import { AdministratorsAnswer, FiledAnswer, GapAnswer } from './answers.js';
import {
  ChangeAdministrator,
  ChangeAdministratorBody,
  FileAdministrator,
  FileAdministratorBody,
  VerifyAdministrator,
  VerifyAdministratorBody,
} from './commands.js';
import { coverageGaps } from './coverage.js';

class OnQuery {
  /** The day asked for; today when absent. */
  @Optional(DateText()) on?: BusinessDate;
}

class RangeQuery {
  @DateText() from: BusinessDate;
  @DateText() to: BusinessDate;
}

/** An employer's administrators (专管员): filed, verified, changed; and the days without one. */
@ApiTags('administrators')
@Controller('api/employers/:creditCode/administrators')
export class AdministratorsController {
  constructor(
    private readonly desk: RegistryDesk,
    private readonly store: EventStore,
  ) {}

  @Get()
  @Needs('employer.read', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'The filed administrators, and who may act on a day' })
  @ApiOkResponse({ type: AdministratorsAnswer })
  async administrators(
    @Param('creditCode') creditCode: string,
    @Query() { on = this.desk.today }: OnQuery,
  ): Promise<AdministratorsAnswer> {
    await knownEmployer(this.store, creditCode);
    return AdministratorsAnswer.of((await this.store.load(administrators, creditCode)).state, on);
  }

  @Get('gaps')
  @Needs('employer.read', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'The days of a range without a filed administrator, as runs of days' })
  @ApiOkResponse({ type: GapAnswer, isArray: true })
  async gaps(@Param('creditCode') creditCode: string, @Query() { from, to }: RangeQuery): Promise<GapAnswer[]> {
    await knownEmployer(this.store, creditCode);
    return coverageGaps((await this.store.load(administrators, creditCode)).state, from, to).map((each) => ({
      ...each,
    }));
  }

  @Post()
  @Needs('administrator.file', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'File whom the employer chose, with term and authority (专管员备案)' })
  @ApiCreatedResponse({ type: FiledAnswer })
  async file(
    @Param('creditCode') creditCode: string,
    @Body() body: FileAdministratorBody,
    @FromUser() request: RequestContext,
  ): Promise<FiledAnswer> {
    const answer = await this.desk.give(
      request,
      body.filedOn,
      (context) => new FileAdministrator(creditCode, body, context),
    );
    return { ...answer, filingId: filingIdOf(request.commandId) };
  }

  @Post(':filingId/verification')
  @Needs('administrator.verify', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Verify a filing: by somebody else than who filed it' })
  @ApiCreatedResponse({ type: CommandAnswer })
  verify(
    @Param('creditCode') creditCode: string,
    @Param('filingId') filingId: string,
    @Body() body: VerifyAdministratorBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const of = { ...body, filingId };
    return this.desk.give(request, body.verifiedOn, (context) => new VerifyAdministrator(creditCode, of, context));
  }

  @Post(':filingId/changes')
  @Needs('administrator.file', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Change telephone, authority or the end of the term' })
  @ApiCreatedResponse({ type: CommandAnswer })
  change(
    @Param('creditCode') creditCode: string,
    @Param('filingId') filingId: string,
    @Body() body: ChangeAdministratorBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const of = { ...body, filingId };
    return this.desk.give(request, body.changedOn, (context) => new ChangeAdministrator(creditCode, of, context));
  }
}
