import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import { AREA } from '@provident/event-store';
import { ACTOR_FORM, CommandAnswer, FromActor, type RequestContext } from '@provident/http';
import { CLOCK, type Clock, today } from '@provident/kernel';
import { IsOptional, Matches } from 'class-validator';
import {
  ApproveProposal,
  ApproveProposalBody,
  ProposeParameter,
  ProposeParameterBody,
  ReviewProposal,
  ReviewProposalBody,
} from './commands.js';
import { LivePolicy } from './live-policy.js';
import { ProposalAnswer, proposalAnswers, ProposedAnswer } from './proposal-answer.js';

class ProposalsQuery {
  @ApiPropertyOptional({ description: "division code; the ledger's own area when absent", example: '310000' })
  @IsOptional()
  @Matches(/^\d{6}$/, { message: 'area must be a division code (GB/T 2260), for example 310000' })
  area?: string;
}

const ByActor = (): MethodDecorator & ClassDecorator =>
  ApiHeader({ name: 'X-Actor', required: true, description: ACTOR_FORM });

/** Changes of parameters: proposed, reviewed and approved by three people. */
@ApiTags('policy')
@Controller('api/policy')
export class PolicyController {
  constructor(
    private readonly commands: CommandBus,
    private readonly policy: LivePolicy,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('proposals')
  @Needs('policy.read')
  @ApiOperation({ summary: 'The proposed, reviewed, approved and superseded changes of an area' })
  @ApiOkResponse({ type: ProposalAnswer, isArray: true })
  async proposals(@Query() query: ProposalsQuery): Promise<ProposalAnswer[]> {
    return proposalAnswers(await this.policy.changesOf(query.area ?? this.area));
  }

  @Post('proposals')
  @ByActor()
  @ApiOperation({ summary: 'Propose a value of a parameter, with its legal basis' })
  @ApiCreatedResponse({ type: ProposedAnswer })
  async propose(@Body() body: ProposeParameterBody, @FromActor() request: RequestContext): Promise<ProposedAnswer> {
    const context = { ...request, area: this.area, effectiveDate: body.from };
    const result = await this.commands.execute(new ProposeParameter(body, context));
    return { ...CommandAnswer.of(result), proposalId: result.proposalId };
  }

  @Post('reviews')
  @ByActor()
  @ApiOperation({ summary: 'Confirm that a proposal agrees with its legal basis (复核); not the proposer' })
  @ApiCreatedResponse({ type: CommandAnswer })
  async review(@Body() body: ReviewProposalBody, @FromActor() request: RequestContext): Promise<CommandAnswer> {
    return CommandAnswer.of(await this.commands.execute(new ReviewProposal(body, this.todays(request))));
  }

  @Post('approvals')
  @ByActor()
  @ApiOperation({ summary: 'Put a reviewed proposal in force (审批); neither the proposer nor the reviewer' })
  @ApiCreatedResponse({ type: CommandAnswer })
  async approve(@Body() body: ApproveProposalBody, @FromActor() request: RequestContext): Promise<CommandAnswer> {
    return CommandAnswer.of(await this.commands.execute(new ApproveProposal(body, this.todays(request))));
  }

  private todays(request: RequestContext) {
    return { ...request, area: this.area, effectiveDate: today(this.clock) };
  }
}
