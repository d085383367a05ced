import { Inject, Injectable } from '@nestjs/common';
import { type Command, CommandBus } from '@nestjs/cqrs';
import { AREA, type CommandResult } from '@provident/event-store';
import { CommandAnswer, type RequestContext } from '@provident/http';
import { type BusinessDate, CLOCK, type Clock, type CommandContext, today } from '@provident/kernel';

/** Gives the commands of requests to the bus, in the area that this process serves. */
@Injectable()
export class RegistryDesk {
  constructor(
    private readonly commands: CommandBus,
    @Inject(AREA) readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  get today(): BusinessDate {
    return today(this.clock);
  }

  async give(
    request: RequestContext,
    effectiveDate: BusinessDate,
    make: (context: CommandContext) => Command<CommandResult>,
  ): Promise<CommandAnswer> {
    return CommandAnswer.of(await this.commands.execute(make({ ...request, area: this.area, effectiveDate })));
  }
}
