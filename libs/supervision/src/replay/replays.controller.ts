import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Identity, SignedIn } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { actorOf } from '@provident/access/user';
import { DomainError } from '@provident/kernel';
import { ReplayAnswer } from './replay-answers.js';
import { ReplayDesk } from './replay-desk.js';

/** Replays that a regulator starts and watches. Towards production they only read. */
@ApiTags('supervision')
@Controller('api/supervision/replays')
export class ReplaysController {
  constructor(private readonly desk: ReplayDesk) {}

  @Post()
  @HttpCode(202)
  @Needs('supervision.read')
  @ApiOperation({ summary: 'Compute every figure anew from the log and compare with production; answers at once' })
  @ApiAcceptedResponse({ type: ReplayAnswer })
  async start(@SignedIn() { userId }: Identity): Promise<ReplayAnswer> {
    return ReplayAnswer.of(await this.desk.start(actorOf(userId)));
  }

  @Get('latest')
  @Needs('supervision.read')
  @ApiOperation({ summary: 'How far the last replay is, and what it found' })
  @ApiOkResponse({ type: ReplayAnswer })
  latest(): ReplayAnswer {
    const { latest } = this.desk;
    if (latest !== undefined) return ReplayAnswer.of(latest);
    throw new DomainError(
      'replay-unknown',
      'No replay was started since this process began.',
      'Replays are not kept beyond the process that runs them.',
      'Start one.',
    );
  }
}
