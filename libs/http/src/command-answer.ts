import { ApiProperty } from '@nestjs/swagger';
import type { CommandResult } from '@provident/event-store';

/** What a command answers: where it stands in the log, to be asked `atLeast` of. */
export class CommandAnswer {
  @ApiProperty({ description: 'log position; give it as atLeast to a query that must include this command' })
  position: string;
  @ApiProperty({ description: 'events appended; 0 when it was already so' })
  events: number;

  static of(result: Pick<CommandResult, 'position' | 'events'>): CommandAnswer {
    return { position: (result.position ?? 0n).toString(), events: result.events.length };
  }
}
