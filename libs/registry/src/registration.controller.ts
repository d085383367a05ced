import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { EventStore } from '@provident/event-store';
import { CommandAnswer, type RequestContext } from '@provident/http';
import { firstDayOf } from '@provident/kernel';
import {
  ChangeParticulars,
  ChangeParticularsBody,
  EraseContacts,
  ErasureBody,
  ResumeRegistration,
  ResumeRegistrationBody,
  SuspendRegistration,
  SuspendRegistrationBody,
} from './commands.js';
import { RegistryDesk } from './desk.js';
import { RegistrationAnswer } from './registration-answer.js';
import { knownEmployer } from './standing.js';

/** The life of an employer's registration: change, suspension, resumption. It is cancelled by a case. */
@ApiTags('registry')
@Controller('api/employers/:creditCode')
export class RegistrationController {
  constructor(
    private readonly desk: RegistryDesk,
    private readonly store: EventStore,
  ) {}

  @Get('registration')
  @Needs('employer.read', { employer: 'param:creditCode' })
  @ApiOperation({ summary: "An employer's registration as it stands" })
  @ApiOkResponse({ type: RegistrationAnswer })
  async registration(@Param('creditCode') creditCode: string): Promise<RegistrationAnswer> {
    return RegistrationAnswer.of(await knownEmployer(this.store, creditCode));
  }

  @Post('changes')
  @Needs('employer.change', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'File changed particulars (变更登记): only those that are named' })
  @ApiCreatedResponse({ type: CommandAnswer })
  change(
    @Param('creditCode') creditCode: string,
    @Body() body: ChangeParticularsBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.desk.give(request, body.changedOn, (context) => new ChangeParticulars(creditCode, body, context));
  }

  @Post('contacts/erasure')
  @Needs('person.erase', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Destroy what makes the people in the particulars readable, for ever' })
  @ApiCreatedResponse({ type: CommandAnswer })
  eraseContacts(
    @Param('creditCode') creditCode: string,
    @Body() body: ErasureBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.desk.give(request, body.erasedOn, (context) => new EraseContacts(creditCode, body, context));
  }

  @Post('suspension')
  @Needs('employer.change', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Suspend the registration from a month on: nothing is declared' })
  @ApiCreatedResponse({ type: CommandAnswer })
  suspend(
    @Param('creditCode') creditCode: string,
    @Body() body: SuspendRegistrationBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const from = firstDayOf(body.from);
    return this.desk.give(request, from, (context) => new SuspendRegistration(creditCode, body, context));
  }

  @Post('resumption')
  @Needs('employer.change', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Resume a suspended registration from a month on' })
  @ApiCreatedResponse({ type: CommandAnswer })
  resume(
    @Param('creditCode') creditCode: string,
    @Body() body: ResumeRegistrationBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const from = firstDayOf(body.from);
    return this.desk.give(request, from, (context) => new ResumeRegistration(creditCode, body, context));
  }
}
