import { Controller, Get, Header, HttpCode, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Needs, Public } from '@provident/access/guard/needs';
import { DomainError } from '@provident/kernel';
import { AttestationAnswer, CheckpointAnswer, CheckpointListQuery, KeyAnswer } from './answers.js';
import { CheckpointDesk } from './checkpoint-desk.js';
import { CheckpointReader, type PublishedCheckpoint } from './checkpoint-reader.js';
import { checkpointUnknown } from './refusals.js';

const FOR_EVERYBODY = 'Checkpoints are made to be handed to anybody: they hold hashes and signatures only.';
const TEXT = 'text/plain; charset=utf-8';

/** Signed checkpoints of the log, the keys they are signed with, and the daily attestations. */
@ApiTags('supervision')
@Controller('api/supervision')
export class CheckpointsController {
  constructor(
    private readonly reader: CheckpointReader,
    private readonly desk: CheckpointDesk,
  ) {}

  @Get('checkpoints')
  @Public(FOR_EVERYBODY)
  @ApiOperation({ summary: 'Signed checkpoints, the latest first' })
  @ApiOkResponse({ type: [CheckpointAnswer] })
  async list(@Query() { before, limit = '50' }: CheckpointListQuery): Promise<CheckpointAnswer[]> {
    const all = await this.reader.checkpoints();
    const end = before === undefined ? all : all.filter(({ size }) => size < Number(before));
    return end
      .slice(-Number(limit))
      .reverse()
      .map((each) => CheckpointAnswer.of(each));
  }

  @Get('checkpoint')
  @Public(FOR_EVERYBODY)
  @Header('content-type', TEXT)
  @Header('cache-control', 'no-cache')
  @ApiProduces('text/plain')
  @ApiOperation({ summary: 'The latest checkpoint as a signed note, as it is handed out' })
  async latest(): Promise<string> {
    return found(await this.reader.checkpoint(), 0).note;
  }

  @Get('checkpoints/:size')
  @Public(FOR_EVERYBODY)
  @Header('content-type', TEXT)
  @ApiProduces('text/plain')
  @ApiOperation({ summary: 'The checkpoint of so many events as a signed note' })
  async note(@Param('size', ParseIntPipe) size: number): Promise<string> {
    return found(await this.reader.checkpoint(size), size).note;
  }

  @Post('checkpoints')
  @Needs('system.run')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign a checkpoint of the log as it is now' })
  @ApiOkResponse({ type: CheckpointAnswer })
  async sign(): Promise<CheckpointAnswer> {
    return CheckpointAnswer.of(await this.desk.sign('request'));
  }

  @Get('keys')
  @Public(FOR_EVERYBODY)
  @ApiOperation({ summary: 'Public keys of the log, the present one last, with their handovers' })
  @ApiOkResponse({ type: [KeyAnswer] })
  async keys(): Promise<readonly KeyAnswer[]> {
    return this.reader.signingKeys();
  }

  @Get('attestations')
  @Needs('supervision.read')
  @ApiOperation({
    summary: 'Daily attestations, the latest first: checkpoint, digests of all tables, what the checks found',
  })
  @ApiOkResponse({ type: [AttestationAnswer] })
  async attestations(): Promise<readonly AttestationAnswer[]> {
    return [...(await this.reader.attestations())].reverse();
  }

  @Get('attestations/:day')
  @Needs('supervision.read')
  @Header('content-type', TEXT)
  @ApiProduces('text/plain')
  @ApiOperation({ summary: 'The attestation of a day as a signed note' })
  async attestation(@Param('day') day: string): Promise<string> {
    const attested = (await this.reader.attestations()).find((each) => each.day === day);
    if (attested !== undefined) return attested.note;
    throw new DomainError(
      'day-not-attested',
      'This day was not attested.',
      'A day is attested after its end, from the first day with a checkpoint on.',
      'List the attestations.',
    );
  }
}

function found(checkpoint: PublishedCheckpoint | undefined, size: number): PublishedCheckpoint {
  if (checkpoint === undefined) throw checkpointUnknown(size);
  return checkpoint;
}
