import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs, Public } from '@provident/access/guard/needs';
import { AREA } from '@provident/event-store';
import { CommandAnswer, type RequestContext } from '@provident/http';
import { CLOCK, type Clock, type CommandContext, today } from '@provident/kernel';
import { CheckpointAnswer, CosignatureBody, DismissalBody, WitnessAnswer, WitnessBody } from './answers.js';
import { CheckpointDesk } from './checkpoint-desk.js';
import { CheckpointReader } from './checkpoint-reader.js';

/** Witnesses: institutions whose cosignatures say that the log they saw was only ever added to. */
@ApiTags('supervision')
@Controller('api/supervision')
export class WitnessesController {
  constructor(
    private readonly reader: CheckpointReader,
    private readonly desk: CheckpointDesk,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('witnesses')
  @Public('Whoever checks a checkpoint needs to know whose cosignatures there may be.')
  @ApiOperation({ summary: 'Witnesses and their public keys, dismissed ones with the day' })
  @ApiOkResponse({ type: [WitnessAnswer] })
  async witnesses(): Promise<readonly WitnessAnswer[]> {
    return this.reader.witnesses();
  }

  @Post('witnesses')
  @Needs('system.run')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take up the public key of a witness; its private key never comes to us' })
  @ApiOkResponse({ type: CommandAnswer })
  async admit(@Body() body: WitnessBody, @FromUser() request: RequestContext): Promise<CommandAnswer> {
    return CommandAnswer.of(await this.desk.admitWitness(body.key, body.institution, this.context(request)));
  }

  @Post('witness-dismissals')
  @Needs('system.run')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept no further cosignatures of a witness; the earlier ones stay' })
  @ApiOkResponse({ type: CommandAnswer })
  async dismiss(@Body() body: DismissalBody, @FromUser() request: RequestContext): Promise<CommandAnswer> {
    return CommandAnswer.of(await this.desk.dismissWitness(body.key, body.reason, this.context(request)));
  }

  @Post('cosignatures')
  @Needs('supervision.cosign')
  @HttpCode(200)
  @ApiOperation({ summary: 'Bring in a witness’s cosignature of a checkpoint; it is verified' })
  @ApiOkResponse({ type: CheckpointAnswer })
  async cosign(@Body() body: CosignatureBody, @FromUser() request: RequestContext): Promise<CheckpointAnswer> {
    return CheckpointAnswer.of(await this.desk.cosign(body.size, body.signatures, this.context(request)));
  }

  private context(request: RequestContext): CommandContext {
    return { ...request, area: this.area, effectiveDate: today(this.clock) };
  }
}
