import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access';
import { TellsOf } from '@provident/access/records/tells-of';
import { AREA } from '@provident/event-store';
import { AtLeast, CommandAnswer, Reason, type RequestContext } from '@provident/http';
import { CLOCK, type Clock, today } from '@provident/kernel';
import { ReadPosition } from '@provident/projections';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { peopleNamed } from '../people-named.js';
import { AlertDesk } from './alerts/alert-desk.js';
import { ALERT_STATES, AlertQueries, type AlertStateAsked } from './alerts/alert-queries.js';
import { AlertAnswer, ControlReportAnswer, RuleAnswer } from './answers.js';
import { ControlDesk } from './control-desk.js';
import { loadRules } from './rules/load-rules.js';
import { RULE_STATEMENTS } from './rules/rule-statements.js';

class AlertsQuery {
  @ApiPropertyOptional({ enum: ALERT_STATES, default: 'open' })
  @IsOptional()
  @IsIn(ALERT_STATES)
  state?: AlertStateAsked;

  @ApiPropertyOptional({ type: String, description: 'a check or rule' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  check?: string;

  @ApiPropertyOptional({ type: String, description: 'a role or an account' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  owner?: string;

  @AtLeast()
  atLeast?: string;
}

class AcknowledgeBody {
  @ApiPropertyOptional({ type: String, description: 'for the record' })
  @IsOptional()
  @Reason()
  remark?: string;
}

class ResolveBody {
  @Reason()
  resolution: string;
}

/** Continuous control: what it looks for, what it found, and what became of that. */
@ApiTags('supervision')
@Controller('api/supervision')
export class ControlController {
  constructor(
    private readonly alertsFound: AlertQueries,
    private readonly alertDesk: AlertDesk,
    private readonly desk: ControlDesk,
    private readonly position: ReadPosition,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('alerts')
  @Needs('supervision.read')
  @TellsOf(peopleNamed)
  @ApiOperation({
    summary: 'Alerts with owner and state, errors first; those that are open unless others are asked for',
  })
  @ApiOkResponse({ type: [AlertAnswer] })
  async alerts(@Query() { state, check, owner, atLeast }: AlertsQuery): Promise<AlertAnswer[]> {
    await this.position.waitForText(atLeast);
    return this.alertsFound.alerts({ state: state ?? 'open', check, owner });
  }

  @Post('alerts/:alertId/acknowledgement')
  @Needs('alert.handle')
  @ApiOperation({ summary: 'Take an alert over: it is the business of whoever acts' })
  @ApiCreatedResponse({ type: CommandAnswer })
  async acknowledge(
    @Param('alertId', ParseUUIDPipe) alertId: string,
    @Body() { remark }: AcknowledgeBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return CommandAnswer.of(await this.alertDesk.acknowledge(alertId, remark, this.todays(request)));
  }

  @Post('alerts/:alertId/resolution')
  @Needs('alert.handle')
  @ApiOperation({ summary: 'Say how what an alert tells of was settled' })
  @ApiCreatedResponse({ type: CommandAnswer })
  async resolve(
    @Param('alertId', ParseUUIDPipe) alertId: string,
    @Body() { resolution }: ResolveBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return CommandAnswer.of(await this.alertDesk.resolve(alertId, resolution, this.todays(request)));
  }

  @Get('rules')
  @Needs('supervision.read')
  @ApiOperation({
    summary: 'The rules of continuous control with their legal basis, and which have nothing to look at',
  })
  @ApiOkResponse({ type: [RuleAnswer] })
  rules(): RuleAnswer[] {
    return loadRules().map((rule) => RuleAnswer.of(rule, RULE_STATEMENTS[rule.id] !== undefined));
  }

  @Post('examinations')
  @Needs('alert.handle')
  @ApiOperation({ summary: 'Examine the ledger now; findings become alerts' })
  @ApiCreatedResponse({ type: ControlReportAnswer })
  async examine(): Promise<ControlReportAnswer> {
    return ControlReportAnswer.of(await this.desk.examine());
  }

  private todays(request: RequestContext) {
    return { ...request, area: this.area, effectiveDate: today(this.clock) };
  }
}
