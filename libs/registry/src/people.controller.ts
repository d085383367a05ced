import { Body, Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { EventStore } from '@provident/event-store';
import { CommandAnswer, type RequestContext } from '@provident/http';
import { firstDayOf } from '@provident/kernel';
import {
  ChangePerson,
  ChangePersonBody,
  EnrolBody,
  ErasePerson,
  ErasureBody,
  ResumeEnrolment,
  SuspendEnrolment,
  SuspendEnrolmentBody,
} from './commands.js';
import { RegistryDesk } from './desk.js';
import { insured } from './insured.js';
import { PersonAnswer } from './person-answer.js';

const ID = new ParseUUIDPipe();

/** The life of a person's record: change, rest of a participation, erasure. Identities are merged by a case. */
@ApiTags('registry')
@Controller('api/people/:personId')
export class PeopleController {
  constructor(
    private readonly desk: RegistryDesk,
    private readonly store: EventStore,
  ) {}

  @Get('registration')
  @Needs('person.read', { person: 'param:personId' })
  @ApiOperation({ summary: "A person's record in the register, a merged identity's too" })
  @ApiOkResponse({ type: PersonAnswer })
  async registration(@Param('personId') personId: string): Promise<PersonAnswer> {
    return PersonAnswer.of((await this.store.load(insured, personId)).state);
  }

  @Post('changes')
  @Needs('person.change', { person: 'param:personId' })
  @ApiOperation({ summary: 'File changed particulars of a person: only those that are named' })
  @ApiCreatedResponse({ type: CommandAnswer })
  change(
    @Param('personId') personId: string,
    @Body() body: ChangePersonBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.desk.give(request, body.changedOn, (context) => new ChangePerson(personId, body, context));
  }

  @Post('erasure')
  @Needs('person.erase', { person: 'param:personId' })
  @ApiOperation({ summary: "Destroy what makes the person's data readable, for ever; every figure stays as it is" })
  @ApiCreatedResponse({ type: CommandAnswer })
  erase(
    @Param('personId', ID) personId: string,
    @Body() body: ErasureBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.desk.give(request, body.erasedOn, (context) => new ErasePerson(personId, body, context));
  }

  @Post('enrolments/suspension')
  @Needs('person.enrol', { person: 'param:personId', employer: 'body:employer' })
  @ApiOperation({ summary: 'Let a participation rest from a month on (暂停参保)' })
  @ApiCreatedResponse({ type: CommandAnswer })
  suspend(
    @Param('personId') personId: string,
    @Body() body: SuspendEnrolmentBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const from = firstDayOf(body.from);
    return this.desk.give(request, from, (context) => new SuspendEnrolment(personId, body, context));
  }

  @Post('enrolments/resumption')
  @Needs('person.enrol', { person: 'param:personId', employer: 'body:employer' })
  @ApiOperation({ summary: 'Let a participation count again from a month on (恢复参保)' })
  @ApiCreatedResponse({ type: CommandAnswer })
  resume(
    @Param('personId') personId: string,
    @Body() body: EnrolBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const from = firstDayOf(body.from);
    return this.desk.give(request, from, (context) => new ResumeEnrolment(personId, body, context));
  }
}
