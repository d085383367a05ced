import { readFile } from 'node:fs/promises';
import { Controller, Get, Header, Param, ParseIntPipe, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Needs, Public } from '@provident/access/guard/needs';
import { DomainError } from '@provident/kernel';
import { KnownTimes, ReadPosition } from '@provident/projections';
import type { FastifyReply } from 'fastify';
import { CheckpointAnswer } from '../checkpoints/answers.js';
import {
  ConsistencyAnswer,
  ConsistencyQuery,
  InclusionAnswer,
  InclusionQuery,
  ProvenStatementAnswer,
  StatementProofQuery,
} from './answers.js';
import { type EventName, ProofDesk } from './proof-desk.js';
import { proofText } from './proof-text.js';
import { StatementProofs } from './statement-proof.js';
import { verifierFile } from './verifier-file.js';

const TEXT = 'text/plain; charset=utf-8';

/** Proofs that a stranger can check with a public key and the verifier, which is handed out here too. */
@ApiTags('supervision')
@Controller('api')
export class ProofsController {
  constructor(
    private readonly proofs: ProofDesk,
    private readonly statements: StatementProofs,
    private readonly position: ReadPosition,
    private readonly times: KnownTimes,
  ) {}

  @Get('supervision/proofs/inclusion')
  @Needs('supervision.read')
  @ApiOperation({ summary: 'Proof that an event is in the log, by position, by id, or by stream and revision' })
  @ApiOkResponse({ type: InclusionAnswer })
  async inclusion(@Query() query: InclusionQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    const proof = await this.proofs.inclusion(nameOf(query), sizeOf(query.size));
    if (query.format !== 'text') return proof;
    void reply.type(TEXT);
    return proofText(proof);
  }

  @Get('supervision/proofs/consistency')
  @Public('It holds hashes only, and whoever has two checkpoints may compare them.')
  @ApiOperation({ summary: 'Proof that the log was only added to between two checkpoints' })
  @ApiOkResponse({ type: ConsistencyAnswer })
  async consistency(@Query() query: ConsistencyQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    const { older, newer, hashes, text } = await this.proofs.consistency(Number(query.from), sizeOf(query.to));
    if (query.format !== 'text') {
      return { older: CheckpointAnswer.of(older), newer: CheckpointAnswer.of(newer), hashes, text };
    }
    void reply.type(TEXT);
    return text;
  }

  @Get('people/:personId/statements/:year/proof')
  @Needs('statement.read', { person: 'param:personId' })
  @ApiOperation({
    summary: 'A personal statement with the proof of every entry it rests on, for the stand-alone verifier',
  })
  @ApiOkResponse({ type: ProvenStatementAnswer })
  async statement(
    @Param('personId') personId: string,
    @Param('year', ParseIntPipe) year: number,
    @Query() { size, asOf, knownAt, atLeast }: StatementProofQuery,
  ): Promise<ProvenStatementAnswer> {
    await this.position.waitForText(atLeast);
    const times = { asOf, knownAt: await this.times.positionOf(knownAt) };
    return this.statements.statement(personId, year, times, sizeOf(size));
  }

  @Get('supervision/verifier')
  @Public('Whoever was given a proof must be able to check it.')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="verify.mjs"')
  @ApiProduces('text/javascript')
  @ApiOperation({ summary: 'The stand-alone verifier: one file for Node and for web pages' })
  verifier(): Promise<string> {
    return readFile(verifierFile(), 'utf8');
  }
}

function sizeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** Throws `event-not-named` unless the event is named in exactly one way. */
function nameOf({ position, event, stream, revision }: InclusionQuery): EventName {
  if (position !== undefined && event === undefined && stream === undefined) return { position: BigInt(position) };
  if (event !== undefined && position === undefined && stream === undefined) return { id: event };
  if (stream !== undefined && revision !== undefined && position === undefined && event === undefined) {
    return { stream, revision: BigInt(revision) };
  }
  throw new DomainError(
    'event-not-named',
    'The event is not named, or in more than one way.',
    'A proof is of one event.',
    'Give position, or event (its id), or stream together with revision.',
  );
}
