import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { EventStore } from '@provident/event-store';
import { CommandAnswer, type RequestContext } from '@provident/http';
import { RegistryDesk } from '../desk.js';
import { card, cardIdOf } from './card.js';
import {
  DeliverCard,
  DeliverCardBody,
  IssueCard,
  IssueCardBody,
  ReplaceCard,
  ReplaceCardBody,
  ReportCardLost,
  ReportCardLostBody,
  RequestCard,
  RequestCardBody,
} from './commands.js';

class CardAnswer {
  @ApiProperty({ format: 'uuid' })
  cardId: string;
  @ApiProperty({ enum: ['requested', 'issued', 'active', 'lost', 'replaced'] })
  status: string;
  @ApiProperty({ description: 'the day since which it is so' })
  since: string;
}

class CardRequestedAnswer extends CommandAnswer {
  @ApiProperty({ format: 'uuid' })
  cardId: string;
}

/** A person's cards: asked for, made, handed over, lost, replaced. At most one is active. */
@ApiTags('registry')
@Controller('api/people/:personId/cards')
export class CardsController {
  constructor(
    private readonly desk: RegistryDesk,
    private readonly store: EventStore,
  ) {}

  @Get()
  @Needs('person.read', { person: 'param:personId' })
  @ApiOperation({ summary: "A person's cards, the newest last" })
  @ApiOkResponse({ type: CardAnswer, isArray: true })
  async cards(@Param('personId') personId: string): Promise<CardAnswer[]> {
    return [...(await this.store.load(card, personId)).state.cards];
  }

  @Post()
  @Needs('card.manage', { person: 'param:personId' })
  @ApiOperation({ summary: "Ask for a person's first card" })
  @ApiCreatedResponse({ type: CardRequestedAnswer })
  async request(
    @Param('personId') personId: string,
    @Body() body: RequestCardBody,
    @FromUser() request: RequestContext,
  ): Promise<CardRequestedAnswer> {
    const answer = await this.desk.give(
      request,
      body.requestedOn,
      (context) => new RequestCard(personId, body, context),
    );
    return { ...answer, cardId: cardIdOf(request.commandId) };
  }

  @Post(':cardId/issue')
  @Needs('card.manage', { person: 'param:personId' })
  @ApiOperation({ summary: 'The card was made' })
  @ApiCreatedResponse({ type: CommandAnswer })
  issue(
    @Param('personId') personId: string,
    @Param('cardId') cardId: string,
    @Body() body: IssueCardBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const of = { ...body, cardId };
    return this.desk.give(request, body.issuedOn, (context) => new IssueCard(personId, of, context));
  }

  @Post(':cardId/delivery')
  @Needs('card.manage', { person: 'param:personId' })
  @ApiOperation({ summary: 'The card was handed over and signed for' })
  @ApiCreatedResponse({ type: CommandAnswer })
  deliver(
    @Param('personId') personId: string,
    @Param('cardId') cardId: string,
    @Body() body: DeliverCardBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const of = { ...body, cardId };
    return this.desk.give(request, body.deliveredOn, (context) => new DeliverCard(personId, of, context));
  }

  @Post(':cardId/loss')
  @Needs('card.report-loss', { person: 'param:personId' })
  @ApiOperation({ summary: 'Report the card lost (挂失)' })
  @ApiCreatedResponse({ type: CommandAnswer })
  lose(
    @Param('personId') personId: string,
    @Param('cardId') cardId: string,
    @Body() body: ReportCardLostBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    const of = { ...body, cardId };
    return this.desk.give(request, body.reportedOn, (context) => new ReportCardLost(personId, of, context));
  }

  @Post(':cardId/replacement')
  @Needs('card.manage', { person: 'param:personId' })
  @ApiOperation({ summary: 'Ask for a new card in the place of this one (补换卡)' })
  @ApiCreatedResponse({ type: CardRequestedAnswer })
  async replace(
    @Param('personId') personId: string,
    @Param('cardId') cardId: string,
    @Body() body: ReplaceCardBody,
    @FromUser() request: RequestContext,
  ): Promise<CardRequestedAnswer> {
    const of = { ...body, cardId };
    const answer = await this.desk.give(request, body.replacedOn, (context) => new ReplaceCard(personId, of, context));
    return { ...answer, cardId: cardIdOf(request.commandId) };
  }
}
