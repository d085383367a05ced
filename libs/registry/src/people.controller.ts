import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import { EventStore } from '@provident/event-store';
import { CommandAnswer, FromRequest, type RequestContext } from '@provident/http';
import { firstDayOf } from '@provident/kernel';
import {
  ChangePerson,
  ChangePersonBody,
  EnrolBody,
  MergeIdentity,
  MergeIdentityBody,
  ResumeEnrolment,
  SuspendEnrolment,
  SuspendEnrolmentBody,
} from './commands.js';
import { RegistryDesk } from './desk.js';
import { insured } from './insured.js';
import { PersonAnswer } from './person-answer.js';

/** The life of a person's record: change, rest of a participation, merging of a second identity. */
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
    @FromRequest() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.desk.give(request, body.changedOn, (context) => new ChangePerson(personId, body, context));
  }

  @Post('enrolments/suspension')
  @Needs('person.enrol', { person: 'param:personId', employer: 'body:employer' })
  @ApiOperation({ summary: 'Let a participation rest from a month on (暂停参保)' })
  @ApiCreatedResponse({ type: CommandAnswer })
  suspend(
    @Param('personId') personId: string,
    @Body() body: SuspendEnrolmentBody,
    @FromRequest() request: RequestContext,
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
    @FromRequest() request: RequestContext,
  ): Promise<CommandAnswer> {
    const from = firstDayOf(body.from);
    return this.desk.give(request, from, (context) => new ResumeEnrolment(personId, body, context));
  }

  @Post('merge')
  @ApiOperation({ summary: 'Merge this second identity of a person into the one that goes on (重复参保信息归并)' })
  @ApiCreatedResponse({ type: CommandAnswer })
  merge(
    @Param('personId') personId: string,
    @Body() body: MergeIdentityBody,
    @FromRequest() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.desk.give(request, body.mergedOn, (context) => new MergeIdentity(personId, body, context));
  }
}
