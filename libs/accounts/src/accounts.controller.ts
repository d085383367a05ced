import { Body, Controller, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { AREA } from '@provident/event-store';
import type { RequestContext } from '@provident/http';
import { CLOCK, type Clock, today } from '@provident/kernel';
import { CloseYear, CloseYearBody } from './commands.js';

class YearClosingAnswer {
  @ApiProperty({ description: 'accounts looked at' })
  accounts: number;
  @ApiProperty({ description: 'accounts closed by this call' })
  closed: number;
  @ApiProperty({ description: 'log position to ask atLeast of' })
  position: string;
}

/** Corrections of accounts are cases; here is what concerns all accounts at once. */
@ApiTags('accounts')
@Controller('api/accounts')
export class AccountsController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('year-closings')
  @Needs('account.close-year')
  @ApiOperation({ summary: "Post the year's interest to every personal account and close the year" })
  @ApiCreatedResponse({ type: YearClosingAnswer })
  async closeYear(@Body() body: CloseYearBody, @FromUser() request: RequestContext): Promise<YearClosingAnswer> {
    const context = { ...request, area: this.area, effectiveDate: today(this.clock) };
    const { accounts, closed, position } = await this.commands.execute(new CloseYear(body, context));
    return { accounts, closed, position: (position ?? 0n).toString() };
  }
}
