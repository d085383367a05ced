import { setTimeout as delay } from 'node:timers/promises';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import { ReactionRunner, StoreClient } from '@provident/event-store';

/** Longest time that an answer is held back; who asked asks again. */
const ANSWER_LIMIT_MS = 10_000;

class ReactionsAnswer {
  @ApiProperty({ description: 'true: everything that was appended before the question has been reacted to' })
  settled: boolean;
  @ApiProperty({ description: 'the end of the log; when settled, give it as atLeast to see all of it' })
  position: string;
}

@ApiTags('reactions')
@Controller('api/reactions')
export class ReactionsController {
  private looking: Promise<void> | undefined;
  private nextLook: Promise<void> | undefined;

  constructor(
    private readonly reactions: ReactionRunner,
    private readonly client: StoreClient,
  ) {}

  @Get()
  @Needs('position.read')
  @ApiOperation({ summary: 'Waits, for ten seconds at most, until everything that commands set off has been done' })
  @ApiOkResponse({ type: ReactionsAnswer })
  async settled(): Promise<ReactionsAnswer> {
    const settled = await Promise.race([this.look().then(() => true), delay(ANSWER_LIMIT_MS, false, { ref: false })]);
    return { settled, position: ((await this.client.head()) ?? 0n).toString() };
  }

  /** One look at a time for all who ask. A look under way may have begun before the asker's command: one more follows it. */
  private look(): Promise<void> {
    if (this.looking === undefined) {
      this.looking = this.reactions.idle().finally(() => {
        this.looking = undefined;
      });
      return this.looking;
    }
    this.nextLook ??= this.looking
      .catch(() => undefined)
      .then(() => {
        this.nextLook = undefined;
        return this.look();
      });
    return this.nextLook;
  }
}
