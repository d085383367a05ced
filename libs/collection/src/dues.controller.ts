import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { type Command, CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { AREA, type CommandResult, EventStore } from '@provident/event-store';
import { CommandAnswer, OptionalDate, type RequestContext } from '@provident/http';
import { type BusinessDate, CLOCK, type Clock, type CommandContext, today } from '@provident/kernel';
import { DuesAnswer } from './dues-answer.js';
import { EnterFinePayment, FinePaymentBody } from './fines/commands.js';
import { checkRegistered } from './known-employer.js';
import { AssessmentBody, ChargeLateFees } from './late-fees/commands.js';
import { WhatIsOwed } from './what-is-owed.js';

class DuesQuery {
  @OptionalDate('day to which unpaid contributions bear late fees; today when absent') on?: BusinessDate;
}

/** What one employer owes: contributions, late fees (滞纳金), fines (罚款). */
@ApiTags('collection')
@Controller('api/employers/:creditCode')
export class DuesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly owed: WhatIsOwed,
    private readonly store: EventStore,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('dues')
  @Needs('declaration.read', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'What an employer owes now, with the late fees that are to be assessed or still run' })
  @ApiOkResponse({ type: DuesAnswer })
  async dues(@Param('creditCode') creditCode: string, @Query() query: DuesQuery): Promise<DuesAnswer> {
    await checkRegistered(this.store, creditCode);
    const on = query.on ?? today(this.clock);
    const { state, position } = await this.owed.by(creditCode, on);
    return DuesAnswer.of(on, state, position);
  }

  @Post('late-fees/assessments')
  @Needs('late-fee.assess', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Charge the late fees on all that was paid late until a day; again, it charges nothing' })
  @ApiCreatedResponse({ type: CommandAnswer })
  assess(
    @Param('creditCode') creditCode: string,
    @Body() body: AssessmentBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.give(request, body.assessedOn, (context) => new ChargeLateFees(creditCode, body, context));
  }

  @Post('fines/:fineId/payments')
  @Needs('receipt.enter', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Enter the treasury’s receipt for a fine: the money is none of a fund' })
  @ApiCreatedResponse({ type: CommandAnswer })
  payFine(
    @Param('creditCode') creditCode: string,
    @Param('fineId', ParseUUIDPipe) fineId: string,
    @Body() body: FinePaymentBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.give(request, body.paidOn, (context) => new EnterFinePayment(creditCode, fineId, body, context));
  }

  private async give(
    request: RequestContext,
    effectiveDate: BusinessDate,
    make: (context: CommandContext) => Command<CommandResult>,
  ): Promise<CommandAnswer> {
    return CommandAnswer.of(await this.commands.execute(make({ ...request, area: this.area, effectiveDate })));
  }
}
