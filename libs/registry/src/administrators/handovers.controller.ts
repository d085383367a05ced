import { Body, Controller, Get, Param, ParseIntPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { EventStore } from '@provident/event-store';
import { CommandAnswer, type RequestContext } from '@provident/http';
import { RegistryDesk } from '../desk.js';
import { administrators, handoverIdOf } from './administrators.js';
import { HandoverAnswer, HandoverStartedAnswer } from './answers.js';
import {
  ConfirmItem,
  ConfirmItemBody,
  ExceptItem,
  ExceptItemBody,
  SignHandover,
  SignHandoverBody,
  StartHandover,
  StartHandoverBody,
  WithdrawHandover,
  WithdrawHandoverBody,
} from './commands.js';
import { handoverOf } from './handover.js';

const OF_HANDOVER = { by: { finder: 'handover', id: 'param:creditCode' } } as const;

/** Handovers from one administrator to the next (专管员交接): the list, its items, both signatures. */
@ApiTags('administrators')
@Controller('api/employers/:creditCode/handovers')
export class HandoversController {
  constructor(
    private readonly desk: RegistryDesk,
    private readonly store: EventStore,
  ) {}

  @Post()
  @Needs('administrator.hand-over', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Draw up the list of a handover; it names all five kinds' })
  @ApiCreatedResponse({ type: HandoverStartedAnswer })
  async start(
    @Param('creditCode') creditCode: string,
    @Body() body: StartHandoverBody,
    @FromUser() request: RequestContext,
  ): Promise<HandoverStartedAnswer> {
    const answer = await this.desk.give(
      request,
      body.startedOn,
      (context) => new StartHandover(creditCode, body, context),
    );
    return { ...answer, handoverId: handoverIdOf(request.commandId) };
  }

  @Get(':handoverId')
  @Needs('administrator.read-handover', OF_HANDOVER)
  @ApiOperation({ summary: 'A handover as it stands' })
  @ApiOkResponse({ type: HandoverAnswer })
  async handover(
    @Param('creditCode') creditCode: string,
    @Param('handoverId') handoverId: string,
  ): Promise<HandoverAnswer> {
    return HandoverAnswer.of(handoverOf((await this.store.load(administrators, creditCode)).state, handoverId));
  }

  @Post(':handoverId/items/:item/confirmation')
  @Needs('administrator.take-over', OF_HANDOVER)
  @ApiOperation({ summary: 'The incoming administrator found an item complete' })
  @ApiCreatedResponse({ type: CommandAnswer })
  confirm(
    @Param('creditCode') creditCode: string,
    @Param('handoverId') handoverId: string,
    @Param('item', ParseIntPipe) item: number,
    @Body() body: ConfirmItemBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const of = { ...body, handoverId, item };
    return this.desk.give(request, body.confirmedOn, (context) => new ConfirmItem(creditCode, of, context));
  }

  @Post(':handoverId/items/:item/exception')
  @Needs('administrator.take-over', OF_HANDOVER)
  @ApiOperation({ summary: 'The incoming administrator sets a missing or differing item down as an exception' })
  @ApiCreatedResponse({ type: CommandAnswer })
  except(
    @Param('creditCode') creditCode: string,
    @Param('handoverId') handoverId: string,
    @Param('item', ParseIntPipe) item: number,
    @Body() body: ExceptItemBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const of = { ...body, handoverId, item };
    return this.desk.give(request, body.exceptedOn, (context) => new ExceptItem(creditCode, of, context));
  }

  @Post(':handoverId/signatures')
  @Needs('administrator.sign', OF_HANDOVER)
  @ApiOperation({ summary: 'Sign the settled list; with the second signature access moves' })
  @ApiCreatedResponse({ type: CommandAnswer })
  sign(
    @Param('creditCode') creditCode: string,
    @Param('handoverId') handoverId: string,
    @Body() body: SignHandoverBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const of = { ...body, handoverId };
    return this.desk.give(request, body.signedOn, (context) => new SignHandover(creditCode, of, context));
  }

  @Post(':handoverId/withdrawal')
  @Needs('administrator.hand-over', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Give a handover up; access stays where it is' })
  @ApiCreatedResponse({ type: CommandAnswer })
  withdraw(
    @Param('creditCode') creditCode: string,
    @Param('handoverId') handoverId: string,
    @Body() body: WithdrawHandoverBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const of = { ...body, handoverId };
    return this.desk.give(request, body.withdrawnOn, (context) => new WithdrawHandover(creditCode, of, context));
  }
}
