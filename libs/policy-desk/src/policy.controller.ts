import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import { AREA } from '@provident/event-store';
import { IsOptional, Matches } from 'class-validator';
import { LivePolicy } from './live-policy.js';
import { ProposalAnswer, proposalAnswers } from './proposal-answer.js';

class ProposalsQuery {
  @ApiPropertyOptional({ description: "division code; the ledger's own area when absent", example: '310000' })
  @IsOptional()
  @Matches(/^\d{6}$/, { message: 'area must be a division code (GB/T 2260), for example 310000' })
  area?: string;
}

/** Changes of parameters: what became of each. They are made by cases, which three people carry. */
@ApiTags('policy')
@Controller('api/policy')
export class PolicyController {
  constructor(
    private readonly policy: LivePolicy,
    @Inject(AREA) private readonly area: string,
  ) {}

  @Get('proposals')
  @Needs('policy.read')
  @ApiOperation({ summary: 'The proposed, reviewed, approved and superseded changes of an area' })
  @ApiOkResponse({ type: ProposalAnswer, isArray: true })
  async proposals(@Query() query: ProposalsQuery): Promise<ProposalAnswer[]> {
    return proposalAnswers(await this.policy.changesOf(query.area ?? this.area));
  }
}
