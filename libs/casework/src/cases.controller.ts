import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { AREA } from '@provident/event-store';
import { type RequestContext } from '@provident/http';
import { CLOCK, type Clock, deterministicId, today } from '@provident/kernel';
import { CaseAnswer, ProcedureAnswer } from './answers.js';
import {
  CheckBody,
  DebtBody,
  DocumentBody,
  EmergencyBody,
  OpenCaseBody,
  ReasonBody,
  ResubmitBody,
  ReturnBody,
  StopBody,
} from './bodies.js';
import { TakeCaseStep } from './commands.js';
import { PROCEDURES } from './procedures.js';

const OF_CASE = { by: { finder: 'case', id: 'param:caseId' } } as const;

/**
 * Cases: opened, evidenced, reviewed, approved, carried out. Whoever enters neither reviews nor approves, and whoever reviews
 * does not approve. The day of a step is today.
 */
@ApiTags('cases')
@Controller('api')
export class CasesController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('procedures')
  @Needs('procedure.read')
  @ApiOperation({ summary: 'Every procedure: roles, documents, limits in working days, and the schema of its request' })
  @ApiOkResponse({ type: [ProcedureAnswer] })
  procedures(): ProcedureAnswer[] {
    return Object.values(PROCEDURES);
  }

  @Post('cases')
  @Needs('case.open', { by: { finder: 'new-case', id: 'body:procedure' } })
  @ApiOperation({ summary: 'Open a case of a procedure (受理)' })
  @ApiCreatedResponse({ type: CaseAnswer })
  open(@Body() body: OpenCaseBody, @FromUser() request: RequestContext): Promise<CaseAnswer> {
    const caseId = deterministicId('case', request.commandId);
    return this.take(caseId, { type: 'OpenCase', caseId, ...body }, request);
  }

  @Post('cases/:caseId/documents')
  @Needs('case.open', OF_CASE)
  @ApiOperation({ summary: 'Enter a document that the case rests on' })
  @ApiCreatedResponse({ type: CaseAnswer })
  enterDocument(
    @Param('caseId') caseId: string,
    @Body() body: DocumentBody,
    @FromUser() request: RequestContext,
  ): Promise<CaseAnswer> {
    return this.take(caseId, { type: 'EnterDocument', ...body }, request);
  }

  @Post('cases/:caseId/reviews')
  @Needs('case.review', OF_CASE)
  @ApiOperation({ summary: 'Find the case right (复核); not by who made it' })
  @ApiCreatedResponse({ type: CaseAnswer })
  review(
    @Param('caseId') caseId: string,
    @Body() body: CheckBody,
    @FromUser() request: RequestContext,
  ): Promise<CaseAnswer> {
    return this.take(caseId, { type: 'ReviewCase', ...body }, request);
  }

  @Post('cases/:caseId/approvals')
  @Needs('case.approve', OF_CASE)
  @ApiOperation({ summary: 'Approve the case (审批), so that it is carried out; not by who made or reviewed it' })
  @ApiCreatedResponse({ type: CaseAnswer })
  approve(
    @Param('caseId') caseId: string,
    @Body() body: CheckBody,
    @FromUser() request: RequestContext,
  ): Promise<CaseAnswer> {
    return this.take(caseId, { type: 'ApproveCase', ...body }, request);
  }

  @Post('cases/:caseId/emergency-approvals')
  @Needs('case.approve', OF_CASE)
  @ApiOperation({ summary: 'Approve without review where waiting would do harm; the review stays owing' })
  @ApiCreatedResponse({ type: CaseAnswer })
  approveInEmergency(
    @Param('caseId') caseId: string,
    @Body() body: EmergencyBody,
    @FromUser() request: RequestContext,
  ): Promise<CaseAnswer> {
    return this.take(caseId, { type: 'ApproveInEmergency', ...body }, request);
  }

  @Post('cases/:caseId/debt-reviews')
  @Needs('case.review', OF_CASE)
  @ApiOperation({ summary: 'Make the review that an emergency left owing' })
  @ApiCreatedResponse({ type: CaseAnswer })
  clearDebt(
    @Param('caseId') caseId: string,
    @Body() body: DebtBody,
    @FromUser() request: RequestContext,
  ): Promise<CaseAnswer> {
    return this.take(caseId, { type: 'ClearEmergencyDebt', ...body }, request);
  }

  @Post('cases/:caseId/refusals')
  @Needs('case.check', OF_CASE)
  @ApiOperation({ summary: 'Refuse the case' })
  @ApiCreatedResponse({ type: CaseAnswer })
  refuse(
    @Param('caseId') caseId: string,
    @Body() body: ReasonBody,
    @FromUser() request: RequestContext,
  ): Promise<CaseAnswer> {
    return this.take(caseId, { type: 'RefuseCase', ...body }, request);
  }

  @Post('cases/:caseId/returns')
  @Needs('case.check', OF_CASE)
  @ApiOperation({ summary: 'Return the case for supplement or amendment (补正)' })
  @ApiCreatedResponse({ type: CaseAnswer })
  returnCase(
    @Param('caseId') caseId: string,
    @Body() body: ReturnBody,
    @FromUser() request: RequestContext,
  ): Promise<CaseAnswer> {
    return this.take(caseId, { type: 'ReturnCase', ...body }, request);
  }

  @Post('cases/:caseId/resubmissions')
  @Needs('case.open', OF_CASE)
  @ApiOperation({ summary: 'Hand a returned case in again, amended if need be' })
  @ApiCreatedResponse({ type: CaseAnswer })
  resubmit(
    @Param('caseId') caseId: string,
    @Body() body: ResubmitBody,
    @FromUser() request: RequestContext,
  ): Promise<CaseAnswer> {
    return this.take(caseId, { type: 'ResubmitCase', ...body }, request);
  }

  @Post('cases/:caseId/withdrawals')
  @Needs('case.open', OF_CASE)
  @ApiOperation({ summary: 'Withdraw the case; by who made it' })
  @ApiCreatedResponse({ type: CaseAnswer })
  withdraw(
    @Param('caseId') caseId: string,
    @Body() body: ReasonBody,
    @FromUser() request: RequestContext,
  ): Promise<CaseAnswer> {
    return this.take(caseId, { type: 'WithdrawCase', ...body }, request);
  }

  @Post('cases/:caseId/clock-stops')
  @Needs('case.handle', OF_CASE)
  @ApiOperation({ summary: 'Stop the clock for a cause that the procedure knows' })
  @ApiCreatedResponse({ type: CaseAnswer })
  stopClock(
    @Param('caseId') caseId: string,
    @Body() body: StopBody,
    @FromUser() request: RequestContext,
  ): Promise<CaseAnswer> {
    return this.take(caseId, { type: 'StopClock', ...body }, request);
  }

  @Post('cases/:caseId/clock-resumptions')
  @Needs('case.handle', OF_CASE)
  @ApiOperation({ summary: 'Let the clock go on' })
  @ApiCreatedResponse({ type: CaseAnswer })
  resumeClock(@Param('caseId') caseId: string, @FromUser() request: RequestContext): Promise<CaseAnswer> {
    return this.take(caseId, { type: 'ResumeClock' }, request);
  }

  @Post('cases/:caseId/retries')
  @Needs('case.handle', OF_CASE)
  @ApiOperation({ summary: 'Have an approved case that could not be carried out tried again' })
  @ApiCreatedResponse({ type: CaseAnswer })
  retry(
    @Param('caseId') caseId: string,
    @Body() body: ReasonBody,
    @FromUser() request: RequestContext,
  ): Promise<CaseAnswer> {
    return this.take(caseId, { type: 'RetryCarryOut', ...body }, request);
  }

  @Post('cases/:caseId/closings')
  @Needs('case.approve', OF_CASE)
  @ApiOperation({ summary: 'Give up an approved case that cannot be carried out' })
  @ApiCreatedResponse({ type: CaseAnswer })
  giveUp(
    @Param('caseId') caseId: string,
    @Body() body: ReasonBody,
    @FromUser() request: RequestContext,
  ): Promise<CaseAnswer> {
    return this.take(caseId, { type: 'GiveUpCase', ...body }, request);
  }

  private async take(caseId: string, step: TakeCaseStep['step'], request: RequestContext): Promise<CaseAnswer> {
    const context = { ...request, area: this.area, effectiveDate: today(this.clock) };
    return CaseAnswer.ofCase(caseId, await this.commands.execute(new TakeCaseStep(caseId, step, context)));
  }
}
