import { Body, Controller, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { PersonIndex } from '@provident/access/personal/person-index';
import { AREA, EventStore } from '@provident/event-store';
import { CommandAnswer, type RequestContext } from '@provident/http';
import { answerFile, FileAnswer, FileQuery } from '@provident/http/file-answer';
import { FileBody } from '@provident/http/file-body';
import { CLOCK, type Clock, firstDayOf, lastDayOf, today } from '@provident/kernel';
import {
  ChangeRiskClass,
  ChangeRiskClassBody,
  EndEnrolment,
  EndEnrolmentBody,
  Enrol,
  EnrolBody,
  ImportEmployers,
  ImportPeople,
  RegisterEmployer,
  RegisterEmployerBody,
  RegisterPerson,
  RegisterPersonBody,
  SearchPersonBody,
} from './commands.js';
import { known } from './identity.js';
import { insured } from './insured.js';
import { FoundPersonAnswer } from './person-answer.js';

@ApiTags('registry')
@Controller('api')
export class RegistryController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly store: EventStore,
    private readonly index: PersonIndex,
  ) {}

  @Post('employers/imports')
  @Needs('register.import')
  @ApiOperation({ summary: 'Take a file of employers into the register: CSV or XLSX as the body' })
  @ApiConsumes('text/csv', 'application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: FileAnswer })
  async importEmployers(
    @Query() query: FileQuery,
    @FileBody() file: Buffer,
    @FromUser() request: RequestContext,
  ): Promise<FileAnswer> {
    const context = { ...request, area: this.area, effectiveDate: query.on ?? today(this.clock) };
    const options = { acceptGoodRows: query.acceptGoodRows === 'true' };
    return answerFile(await this.commands.execute(new ImportEmployers(file, options, context)));
  }

  @Post('people/imports')
  @Needs('register.import')
  @ApiOperation({ summary: 'Take a file of people into the register and enrol them: CSV or XLSX as the body' })
  @ApiConsumes('text/csv', 'application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: FileAnswer })
  async importPeople(
    @Query() query: FileQuery,
    @FileBody() file: Buffer,
    @FromUser() request: RequestContext,
  ): Promise<FileAnswer> {
    const context = { ...request, area: this.area, effectiveDate: query.on ?? today(this.clock) };
    const options = { acceptGoodRows: query.acceptGoodRows === 'true' };
    return answerFile(await this.commands.execute(new ImportPeople(file, options, context)));
  }

  @Post('employers')
  @Needs('employer.register')
  @ApiOperation({ summary: 'Register an employer (用人单位登记)' })
  @ApiCreatedResponse({ type: CommandAnswer })
  async registerEmployer(@Body() body: RegisterEmployerBody, @FromUser() request: RequestContext) {
    const context = { ...request, area: this.area, effectiveDate: body.registeredOn };
    return CommandAnswer.of(await this.commands.execute(new RegisterEmployer(body, context)));
  }

  @Post('employers/:creditCode/risk-class')
  @Needs('employer.change', { employer: 'param:creditCode' })
  @ApiOperation({ summary: "Change an employer's work-injury risk class from a month on" })
  @ApiCreatedResponse({ type: CommandAnswer })
  async changeRiskClass(
    @Param('creditCode') creditCode: string,
    @Body() body: ChangeRiskClassBody,
    @FromUser() request: RequestContext,
  ) {
    const context = { ...request, area: this.area, effectiveDate: firstDayOf(body.from) };
    return CommandAnswer.of(await this.commands.execute(new ChangeRiskClass(creditCode, body, context)));
  }

  @Post('people')
  @Needs('person.register', { employer: 'body:employer' })
  @ApiOperation({ summary: 'Register a person (参保人登记)' })
  @ApiCreatedResponse({ type: CommandAnswer })
  async registerPerson(@Body() body: RegisterPersonBody, @FromUser() request: RequestContext) {
    const context = { ...request, area: this.area, effectiveDate: today(this.clock) };
    return CommandAnswer.of(await this.commands.execute(new RegisterPerson(body, context)));
  }

  @Post('people/search')
  @HttpCode(200)
  @Needs('person.read', { by: { finder: 'citizen-number', id: 'body:citizenNumber' } })
  @ApiOperation({ summary: 'Find a registered person by citizen number, which no address of a page may hold' })
  @ApiOkResponse({ type: FoundPersonAnswer })
  async search(@Body() { citizenNumber }: SearchPersonBody): Promise<FoundPersonAnswer> {
    const { state } = await this.store.load(insured, this.index.personIdOf(citizenNumber));
    return { personId: known(state) };
  }

  @Post('people/:personId/enrolments')
  @Needs('person.enrol', { person: 'param:personId', employer: 'body:employer' })
  @ApiOperation({ summary: 'Enrol a person in schemes through an employer (参保)' })
  @ApiCreatedResponse({ type: CommandAnswer })
  async enrol(@Param('personId') personId: string, @Body() body: EnrolBody, @FromUser() request: RequestContext) {
    const context = { ...request, area: this.area, effectiveDate: firstDayOf(body.from) };
    return CommandAnswer.of(await this.commands.execute(new Enrol(personId, body, context)));
  }

  @Post('people/:personId/enrolments/end')
  @Needs('person.enrol', { person: 'param:personId', employer: 'body:employer' })
  @ApiOperation({ summary: "End a person's participation through an employer (停保)" })
  @ApiCreatedResponse({ type: CommandAnswer })
  async endEnrolment(
    @Param('personId') personId: string,
    @Body() body: EndEnrolmentBody,
    @FromUser() request: RequestContext,
  ) {
    const context = { ...request, area: this.area, effectiveDate: lastDayOf(body.lastMonth) };
    return CommandAnswer.of(await this.commands.execute(new EndEnrolment(personId, body, context)));
  }
}
