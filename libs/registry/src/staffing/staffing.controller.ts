import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { EventStore } from '@provident/event-store';
import { CommandAnswer, type RequestContext } from '@provident/http';
import { month, SCHEMES } from '@provident/kernel';
import { RegistryDesk } from '../desk.js';
import { knownEmployer } from '../standing.js';
import {
  AcceptForm,
  AcceptFormBody,
  AddPerson,
  AddPersonBody,
  OpenStaffing,
  OpenStaffingBody,
  ReducePerson,
  ReducePersonBody,
  RemoveRow,
  RemoveRowBody,
  ReturnForm,
  ReturnFormBody,
  SubmitForm,
  SubmitFormBody,
} from './commands.js';
import { staffing } from './staffing.js';

class ChangeRowAnswer {
  @ApiProperty({ format: 'uuid' })
  personId: string;
  @ApiProperty({ enum: ['add', 'reduce'] })
  change: string;
  @ApiProperty({ enum: SCHEMES, isArray: true })
  schemes: string[];
  @ApiProperty()
  reason: string;
}

class ChangeFormAnswer {
  @ApiProperty({ example: '2025-07' })
  month: string;
  @ApiProperty({ enum: ['draft', 'submitted', 'returned'] })
  status: string;
  @ApiProperty({ type: ChangeRowAnswer, isArray: true })
  rows: ChangeRowAnswer[];
}

class StaffingAnswer {
  @ApiPropertyOptional({ description: 'the month up to which forms are accepted', example: '2025-06' })
  month?: string;
  @ApiPropertyOptional({ description: 'people insured in that month' })
  headcount?: number;
  @ApiPropertyOptional({ type: ChangeFormAnswer, description: 'the form that is being filled in or examined' })
  form?: ChangeFormAnswer;
}

/** The monthly change form (增减变动表): rows, handing in, giving back, accepting. */
@ApiTags('registry')
@Controller('api/employers/:creditCode')
export class StaffingController {
  constructor(
    private readonly desk: RegistryDesk,
    private readonly store: EventStore,
  ) {}

  @Get('staffing')
  @Needs('employer.read', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'The headcount up to the last accepted form, and the form that is open' })
  @ApiOkResponse({ type: StaffingAnswer })
  async staffing(@Param('creditCode') creditCode: string): Promise<StaffingAnswer> {
    await knownEmployer(this.store, creditCode);
    const { accepted, form } = (await this.store.load(staffing, creditCode)).state;
    return {
      ...accepted,
      ...(form === undefined
        ? {}
        : {
            form: {
              month: form.month,
              status: form.status,
              rows: form.rows.map((row) => ({ ...row, schemes: [...row.schemes] })),
            },
          }),
    };
  }

  @Post('staffing')
  @Needs('employer.change', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Set the headcount that the change forms go on from' })
  @ApiCreatedResponse({ type: CommandAnswer })
  open(
    @Param('creditCode') creditCode: string,
    @Body() body: OpenStaffingBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.desk.give(request, this.desk.today, (context) => new OpenStaffing(creditCode, body, context));
  }

  @Post('change-forms/:month/additions')
  @Needs('change-form.fill-in', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Put a joiner on the form (增员)' })
  @ApiCreatedResponse({ type: CommandAnswer })
  add(
    @Param('creditCode') creditCode: string,
    @Param('month') of: string,
    @Body() body: AddPersonBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const row = { ...body, month: month(of) };
    return this.desk.give(request, this.desk.today, (context) => new AddPerson(creditCode, row, context));
  }

  @Post('change-forms/:month/reductions')
  @Needs('change-form.fill-in', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Put a leaver on the form (减员)' })
  @ApiCreatedResponse({ type: CommandAnswer })
  reduce(
    @Param('creditCode') creditCode: string,
    @Param('month') of: string,
    @Body() body: ReducePersonBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const row = { ...body, month: month(of) };
    return this.desk.give(request, this.desk.today, (context) => new ReducePerson(creditCode, row, context));
  }

  @Post('change-forms/:month/removals')
  @Needs('change-form.fill-in', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Take a row off the form' })
  @ApiCreatedResponse({ type: CommandAnswer })
  remove(
    @Param('creditCode') creditCode: string,
    @Param('month') of: string,
    @Body() body: RemoveRowBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const row = { ...body, month: month(of) };
    return this.desk.give(request, this.desk.today, (context) => new RemoveRow(creditCode, row, context));
  }

  @Post('change-forms/:month/submission')
  @Needs('change-form.fill-in', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Hand the form in, until the cut-off date; the counts must agree' })
  @ApiCreatedResponse({ type: CommandAnswer })
  submit(
    @Param('creditCode') creditCode: string,
    @Param('month') of: string,
    @Body() body: SubmitFormBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const row = { ...body, month: month(of) };
    return this.desk.give(request, body.submittedOn, (context) => new SubmitForm(creditCode, row, context));
  }

  @Post('change-forms/:month/return')
  @Needs('change-form.examine', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Give the form back to be mended' })
  @ApiCreatedResponse({ type: CommandAnswer })
  giveBack(
    @Param('creditCode') creditCode: string,
    @Param('month') of: string,
    @Body() body: ReturnFormBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const row = { ...body, month: month(of) };
    return this.desk.give(request, body.returnedOn, (context) => new ReturnForm(creditCode, row, context));
  }

  @Post('change-forms/:month/acceptance')
  @Needs('change-form.examine', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Accept the form: its changes take effect with the month' })
  @ApiCreatedResponse({ type: CommandAnswer })
  accept(
    @Param('creditCode') creditCode: string,
    @Param('month') of: string,
    @Body() body: AcceptFormBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const row = { ...body, month: month(of) };
    return this.desk.give(request, body.acceptedOn, (context) => new AcceptForm(creditCode, row, context));
  }
}
