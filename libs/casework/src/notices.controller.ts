import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { AREA } from '@provident/event-store';
import { CommandAnswer, type RequestContext } from '@provident/http';
import { CLOCK, type Clock, deterministicId, today } from '@provident/kernel';
import { OpenedAnswer } from './answers.js';
import { NoticeBody, ReasonBody, ReceiptBody } from './bodies.js';
import { TakeNoticeStep } from './commands.js';

const OF_NOTICE = { by: { finder: 'notice', id: 'param:noticeId' } } as const;

/** Notices to insured people, by their employer or the agency, with receipts of who read them. */
@ApiTags('notices')
@Controller('api/notices')
export class NoticesController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Needs('notice.publish', { employer: 'body:employer' })
  @ApiOperation({ summary: 'Publish a notice to named people' })
  @ApiCreatedResponse({ type: OpenedAnswer })
  async publish(@Body() body: NoticeBody, @FromUser() request: RequestContext): Promise<OpenedAnswer> {
    const noticeId = deterministicId('notice', request.commandId);
    return { id: noticeId, ...(await this.take(noticeId, { type: 'PublishNotice', noticeId, ...body }, request)) };
  }

  @Post(':noticeId/receipts')
  @Needs('notice.receive', { ...OF_NOTICE, person: 'body:personId' })
  @ApiOperation({ summary: 'Record that a recipient has read it' })
  @ApiCreatedResponse({ type: CommandAnswer })
  read(
    @Param('noticeId') noticeId: string,
    @Body() body: ReceiptBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.take(noticeId, { type: 'ReadNotice', ...body }, request);
  }

  @Post(':noticeId/withdrawal')
  @Needs('notice.publish', OF_NOTICE)
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a notice back; receipts stay' })
  @ApiOkResponse({ type: CommandAnswer })
  withdraw(
    @Param('noticeId') noticeId: string,
    @Body() body: ReasonBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.take(noticeId, { type: 'WithdrawNotice', ...body }, request);
  }

  private async take(noticeId: string, step: TakeNoticeStep['step'], request: RequestContext): Promise<CommandAnswer> {
    const context = { ...request, area: this.area, effectiveDate: today(this.clock) };
    return CommandAnswer.of(await this.commands.execute(new TakeNoticeStep(noticeId, step, context)));
  }
}
